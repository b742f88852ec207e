// Live sliders: whatever claims to be exact is the run of the link in the address bar.
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  allParameters, atRest, bar, button, control, dist, eventually, fingerprint, keepWorkers, killWorker, open, pause, runState, shownMs, until,
} from './page.mjs';
import { worker } from './worker.mjs';

const { LinkRun } = await worker(dist);

/** What the run of a link comes to, without a page; or how it stands at this time. */
function alone(link, untilMs = Infinity) {
  const run = new LinkRun(link);
  if (untilMs === Infinity) while (run.step(100_000));
  else if (untilMs > 0) {
    run.step(1);
    run.step(Math.round(untilMs / run.simMs()) - 1);
  }
  const print = run.fingerprint();
  run.free();
  return print;
}

// A short run of every demo that has live controls.
const links = [
  '?demo=characters&epochs=6',
  '?demo=correlated_inputs&duration_s=20',
  '?demo=xor_reward&epochs=20',
  '?demo=distal_reward&duration_s=100',
  '?demo=reward_baseline&num_trials=200',
  '?demo=pattern_clustering',
  '?demo=balanced_networks&duration_s=0.5',
  '?demo=playground&duration_s=10',
];

const live = (page) => page.locator('.control[data-live=true] input[type=range]:visible');

/** Counts the runs that the page opens. */
function countRuns() {
  window.runs = 0;
  const Original = Worker;
  window.Worker = class extends Original {
    postMessage(message, ...rest) {
      // A command is bytes, of which the first says which it is; Open is the first of them.
      if (message instanceof ArrayBuffer && new Uint8Array(message)[0] === 0) window.runs += 1;
      super.postMessage(message, ...rest);
    }
  };
}

/** Drags a slider by many small movements. */
async function drag(page, slider, from = 0.3, to = 0.7, moves = 25) {
  // Not below the bar that stays at the top.
  await slider.evaluate((bar) => bar.scrollIntoView({ block: 'center' }));
  const { x, y, width, height } = await slider.boundingBox();
  const at = (share) => [x + width * share, y + height / 2];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  for (let step = 1; step <= moves; step++) {
    await page.mouse.move(...at(from + ((to - from) * step) / moves));
    await pause(8);
  }
  await page.mouse.up();
}

/** Waits until run and address have come to rest, and holds the one to the other where the page says that it is exact. */
async function check(page, what) {
  await eventually(() => runState(page), (state) => state === 'finished' || state === 'failed', `${what}: never over`, 60_000);
  // A film that was begun is over too, so that the fingerprint is of the end.
  if ((await runState(page)) === 'finished') await atRest(page, ({ state }) => state === 'finished', `${what}: never at rest`);
  await eventually(() => new URL(page.url()).searchParams, (link) => link.has('v'), 'no address');
  // The address bar follows after 400 ms.
  await pause(600);
  const print = await fingerprint(page);
  if (print === '') return 'edited';
  let url, its;
  const run = () => {
    if (url !== page.url()) its = alone((url = page.url()));
    return its;
  };
  await eventually(run, (its) => its === print, `${what}: ${print} is not the run of the address`);
  assert.equal(await fingerprint(page), print, what);
  return 'exact';
}

for (const link of links) {
  test(`a finished run: every live slider of ${link} makes one new run`, async (t) => {
    const page = await open(t, link, { init: countRuns });
    await allParameters(page);
    const count = await live(page).count();
    assert.ok(count > 0, 'no live slider');
    for (let idx = 0; idx < count; idx++) {
      const slider = live(page).nth(idx);
      const name = await slider.getAttribute('aria-label');
      const [address, before] = [page.url(), await page.evaluate(() => window.runs)];
      await drag(page, slider, 0.2 + 0.05 * idx, 0.8 - 0.05 * idx);
      assert.equal(await check(page, name), 'exact', name);
      const opened = (await page.evaluate(() => window.runs)) - before;
      assert.notEqual(page.url(), address, `${name} was not moved`);
      assert.equal(opened, 1, `${name}: runs that were begun`);
    }
  });

  test(`"Change from here": live sliders of ${link} edit the run, and it is not called exact`, async (t) => {
    const page = await open(t, link);
    await allParameters(page);
    await bar(page).fill('300');
    const { ms } = await atRest(page, ({ state }) => state === 'paused');
    await control(page, 'change_here').check();
    // Fewer, since each is drawn while the run goes on.
    await drag(page, live(page).first(), 0.3, 0.7, 10);
    await eventually(() => page.locator('.status .fingerprint').textContent(), (text) => /edited at/.test(text), 'not marked');
    // Before the change it is the run of another link, after it that of none.
    for (const place of ['1000', '150', '0']) {
      await bar(page).fill(place);
      const { print, simMs, ms: now } = await atRest(page);
      if (now >= ms) assert.equal(print, '', `after the change at ${ms} ms`);
      if (print !== '') assert.equal(print, alone(page.url(), simMs), `at ${now} ms, before the change at ${ms} ms`);
    }
    await button(page, 'Share').click();
    const card = page.locator('.share-card');
    assert.doesNotMatch(await card.textContent(), /replays exactly/);
    await button(card, 'Restart with these values').click();
    await eventually(() => card.textContent(), (text) => /replays exactly/.test(text), 'still edited');
    await button(page, 'To the end').click();
    assert.equal(await check(page, 'restarted'), 'exact');
  });
}

test('keys on a slider of a finished run, as fast as they come', async (t) => {
  const page = await open(t, '?demo=xor_reward&epochs=20');
  await allParameters(page);
  await live(page).first().focus();
  for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowRight');
  assert.equal(await check(page, 'keys'), 'exact');
});

test('with a dead simulator, nothing claims to be the run of a link that has changed', async (t) => {
  const page = await open(t, '?demo=xor_reward&epochs=20', { init: keepWorkers });
  await killWorker(page, 'it fell over');
  await page.locator('.problem').waitFor();
  await button(page, 'New seed').click();
  await pause(600);
  assert.equal(await fingerprint(page), '');
  await button(page, 'Restart').click();
  await until(page, 'finished');
  assert.equal(await check(page, 'restarted'), 'exact');
});

test('two runs that are compared rest at the same moment', async (t) => {
  const page = await open(t, '?demo=distal_reward&duration_s=100&compare=1&b.reward=yoked');
  await button(page, 'Play').click();
  await eventually(() => shownMs(page), (ms) => ms > 1_000 && ms < 90_000, 'it does not play', 20_000);
  await button(page, 'Pause').click();
  const { simMs, print } = await atRest(page);
  assert.equal(print, alone('?demo=distal_reward&duration_s=100', simMs));
  const twin = await page.locator('main').getAttribute('data-twin-fingerprint');
  assert.equal(twin, alone('?demo=distal_reward&duration_s=100&reward=yoked', simMs));
});
