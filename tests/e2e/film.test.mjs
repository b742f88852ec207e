// The film: a run is played as it happened, can be held and moved anywhere, and is the run of its link wherever it rests.
import assert from 'node:assert/strict';
import test from 'node:test';

import { readInFirefox } from './firefox.mjs';
import {
  address, allParameters, atRest, bar, button, control, dist, enter, eventually, film, fingerprint, moving, newPage, nextFingerprint, open, pause,
  runState, shownMs, simMs, site, until, untilFilm,
} from './page.mjs';
import { worker } from './worker.mjs';

const { LinkRun } = await worker(dist);

/** The fingerprint of a link's run at this time, without a page; at its end if there is none. */
function alone(query, ms = Infinity) {
  const run = new LinkRun(query);
  run.step(1);
  const ticks = Math.round(ms / run.simMs());
  if (ms === 0) return new LinkRun(query).fingerprint();
  if (ms === Infinity) while (run.step(100_000));
  else run.step(ticks - 1);
  return run.fingerprint();
}

/** The same at many times, from one run that goes from each to the next. */
function aloneAt(query, times) {
  const run = new LinkRun(query);
  run.step(1);
  const [dt, prints] = [run.simMs(), new Map()];
  let now = 1;
  for (const ms of times.toSorted((a, b) => a - b)) {
    const tick = Math.round(ms / dt);
    if (tick > now) run.step(tick - now);
    now = Math.max(now, tick);
    prints.set(ms, run.fingerprint());
  }
  return prints;
}

// One run of each experiment, short where it would be long.
const runs = {
  characters: '?demo=characters&epochs=12',
  'reward letters': '?demo=characters&mode=reward&epochs=4',
  stdp_window: '?demo=stdp_window',
  neuron: '?demo=correlated_inputs&duration_s=5',
  groups: '?demo=correlated_inputs&part=groups&duration_s=5',
  synapse: '?demo=correlated_inputs&part=synapse',
  xor_reward: '?demo=xor_reward&epochs=20',
  distal_reward: '?demo=distal_reward&duration_s=20',
  pairing: '?demo=distal_reward&part=pairing',
  reward_baseline: '?demo=reward_baseline&num_trials=200',
  biofeedback: '?demo=reward_baseline&part=biofeedback&duration_s=20',
  pattern_clustering: '?demo=pattern_clustering',
  'published clustering': '?demo=pattern_clustering&preset=published_stdp',
  balanced_networks: '?demo=balanced_networks&duration_s=0.5',
  'random drive': '?demo=balanced_networks&part=brunel&num_excitatory=2000&duration_s=0.3',
  playground: '?demo=playground&duration_s=10',
  'neurons under a current': '?demo=playground&preset=bursting',
  neural_coding: '?demo=neural_coding',
  'race of codes': '?demo=neural_coding&preset=race_jitter',
  'learned inhibition': '?demo=balanced_networks&part=learned&duration_s=20',
};

/** Twenty places on the bar that look random, the same every time. */
const placesOf = (name) => {
  let seed = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);
  return [...Array(20)].map(() => 20 + ((seed = (seed * 7919 + 17) % 9973) % 950));
};

/**
 * In the page: keeps every moment that is shown while a film plays, and how long it takes. A film does not jump, however long
 * a picture takes on a busy machine: it goes on by a tenth of a second at most, and so counts this clock.
 */
function watchFilm() {
  const main = document.querySelector('main');
  const watched = (window.watched = { took: 0, seen: [] });
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    if (main.dataset.film === 'playing') watched.took += Math.min(now - last, 100);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  new MutationObserver(() => {
    if (main.dataset.film === 'playing') watched.seen.push(Number(main.dataset.shownMs));
  }).observe(main, { attributes: true, attributeFilter: ['data-film', 'data-shown-ms'] });
}

test('it opens unlearned, and the film plays to the result', async (t) => {
  const page = await open(t, 'characters.html', { ...moving, state: null });
  // At rest at its start, with the question beside it; the whole run has been computed.
  // (Computed, it first goes back to its start.)
  const start = await atRest(page, ({ state }) => state === 'idle');
  assert.equal(start.ms, 0);
  assert.equal(await bar(page).inputValue(), '0');
  assert.ok(await page.locator('.question-slot .prediction:visible').isVisible());
  await pause(500);
  assert.deepEqual([await film(page), await shownMs(page)], ['resting', 0], 'it does not wait for an answer');

  await page.evaluate(watchFilm);
  await button(page, 'Play').click();
  await untilFilm(page, 'playing');
  await untilFilm(page, 'resting', 120_000);
  const { took, seen } = await page.evaluate(() => window.watched);
  const back = seen.findIndex((ms, place) => ms < seen[place - 1]);
  assert.equal(back, -1, `it goes back from ${seen[back - 1]} to ${seen[back]} ms`);
  assert.ok(took > 7_000 && took < 12_000, `the film took ${(took / 1_000).toFixed(1)} s`);
  assert.ok(new Set(seen).size > 20, `${seen.length} moments were seen`);
  const end = await atRest(page, ({ state }) => state === 'finished');
  assert.equal(end.print, alone('?demo=characters'));
  assert.equal(await bar(page).inputValue(), '1000');
  assert.ok(!new URL(page.url()).searchParams.has('t'));

  // Once more, and the result is there after it.
  await button(page, 'Play').click();
  await eventually(() => shownMs(page), (ms) => ms < end.ms / 2, 'it does not begin again');
  await button(page, 'To the end').click();
  assert.equal((await atRest(page, ({ state }) => state === 'finished')).print, end.print);
});

for (const [name, query] of Object.entries(runs)) {
  test(`wherever it rests it is the run of the link: ${name}`, async (t) => {
    const page = await open(t, query);
    const found = new Map();
    for (const [nth, place] of placesOf(name).entries()) {
      await bar(page).fill(String(place));
      await pause(60);
      const { ms, simMs, print, state } = await atRest(page, ({ ms }) => ms > 0);
      assert.equal(state, 'paused', `${ms} ms`);
      found.set(simMs, print);
      if (nth > 2) continue;
      const link = await address(page, (link) => Math.abs(Number(link.get('t')) - ms) < 1e-3);
      // The first of them in a page that has never seen the rest.
      if (nth === 0) {
        const other = await open(t, `?${link}&demo=${await page.locator('main').getAttribute('data-demo')}`, { state: 'paused' });
        assert.equal((await atRest(other)).print, print);
      }
    }
    assert.ok(found.size > 10, `only ${found.size} moments`);
    for (const [ms, print] of aloneAt(query, [...found.keys()])) assert.equal(found.get(ms), print, `at ${ms} ms`);
  });
}

test('wherever it rests in Firefox it is the run of the link', async (t) => {
  const told = await readInFirefox(dist, Object.values(runs), { places: placesOf('Firefox') });
  for (const [place, [name, query]] of Object.entries(runs).entries()) {
    await t.test(name, () => {
      const { moments, errors } = told[place];
      assert.deepEqual(errors, []);
      const found = new Map(moments.map(({ simMs, print }) => [simMs, print]));
      assert.ok(found.size > 10, `only ${found.size} moments`);
      for (const [ms, print] of aloneAt(query, [...found.keys()])) assert.equal(found.get(ms), print, `at ${ms} ms`);
    });
  }
});

test('moments of links in Firefox', async (t) => {
  const queries = ['?demo=characters&epochs=12&t=3333', '?demo=xor_reward&epochs=20&t=4321', '?demo=distal_reward&duration_s=20&t=7777'];
  const found = await readInFirefox(dist, queries, { states: ['paused'] });
  for (const [place, query] of queries.entries()) {
    const ms = Number(new URLSearchParams(query).get('t'));
    await t.test(query, () => assert.deepEqual(found[place], { state: 'paused', fingerprint: alone(query.replace(/&t=.*/, ''), ms), errors: [] }));
  }
});

test('held while it plays, it is the run at that moment', async (t) => {
  const query = '?demo=xor_reward&epochs=20';
  const page = await open(t, query);
  await button(page, 'Play').click();
  for (let time = 1; time <= 2; time++) {
    const from = await shownMs(page);
    await eventually(() => shownMs(page), (ms) => ms > from, 'it does not play');
    await button(page, 'Pause').click();
    const { ms, simMs, print } = await atRest(page);
    assert.equal(print, alone(query, simMs), `at ${ms} ms`);
    await address(page, (link) => Math.abs(Number(link.get('t')) - ms) < 1e-3);
    await button(page, 'Play').click();
    await untilFilm(page, 'playing');
    assert.ok((await shownMs(page)) >= ms, 'it begins again');
    await address(page, (link) => !link.has('t'));
  }
});

test('the bar by keyboard', async (t) => {
  const page = await open(t, '?epochs=12');
  const whole = await shownMs(page);
  await bar(page).focus();
  await page.keyboard.press('Home');
  assert.equal((await atRest(page, ({ state }) => state === 'idle')).ms, 0);
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowRight');
  const { ms } = await atRest(page, ({ ms }) => ms > 0);
  assert.equal(await bar(page).inputValue(), '5');
  assert.match(await bar(page).getAttribute('aria-valuetext'), /^[\d.]+ s, .{3,}/);
  await page.keyboard.press('ArrowLeft');
  await atRest(page, (now) => now.ms < ms && now.ms > 0);
  await page.keyboard.press('End');
  assert.ok(Math.abs((await atRest(page, ({ state }) => state === 'finished')).ms - whole) < 1e-3);

  // The same keys, and the space bar, where nothing else takes them.
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('ArrowLeft');
  await atRest(page, (now) => now.ms < whole && now.state === 'paused');
  await page.keyboard.press('Home');
  await until(page, 'idle');
  await page.keyboard.press('Space');
  await untilFilm(page, 'playing');
  // Before its first picture it would rest at the start.
  await eventually(() => shownMs(page), (ms) => ms > 1, 'it does not play');
  await page.keyboard.press('Space');
  await atRest(page, ({ state }) => state === 'paused', 'the space bar does not hold it');
  await page.keyboard.press('End');
  await until(page, 'finished');
  // In a box they are the box's.
  await control(page, 'letters').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  assert.deepEqual([await film(page), await runState(page)], ['resting', 'finished']);
});

test('the bar by mouse', async (t) => {
  const page = await open(t, '?epochs=12');
  const whole = await shownMs(page);
  await bar(page).scrollIntoViewIfNeeded();
  const { x, y, width, height } = await bar(page).boundingBox();
  const to = (share) => page.mouse.move(x + share * width, y + height / 2);
  await to(0.7);
  await page.mouse.down();
  const high = await atRest(page, ({ ms }) => ms < whole && ms > 0);
  await to(0.5);
  await to(0.3);
  await eventually(() => bar(page).inputValue(), (place) => Math.abs(place - 300) < 40, 'the bar does not follow the mouse');
  // Held, it already shows that moment, in all figures.
  const low = await atRest(page, ({ ms }) => ms < high.ms);
  assert.notEqual(low.print, high.print);
  assert.equal(low.print, alone('?epochs=12', low.simMs));
  await page.mouse.up();
  await address(page, (link) => Math.abs(Number(link.get('t')) - low.ms) < 1);
});

test('next spike, next trial, next tick, and the bar again after each', async (t) => {
  const query = '?epochs=12';
  const page = await open(t, query);
  await bar(page).fill('200');
  let { ms } = await atRest(page, ({ state }) => state === 'paused');
  for (const [name, least, most] of [['Next tick', 0.01, 1], ['Next spike', 0.01, 300], ['Next trial', 0.01, 300], ['Next tick', 0.01, 1]]) {
    await button(page, name).click();
    const now = await atRest(page, (now) => now.ms !== ms, `${name} does nothing`);
    assert.ok(now.ms - ms >= least && now.ms - ms <= most, `${name}: ${ms} → ${now.ms}`);
    assert.equal(now.print, alone(query, now.simMs), name);
    ms = now.ms;
  }
  // Pressed while a moment is on its way, and the bar is moved while the step is.
  for (const name of ['Next tick', 'Next spike', 'Next trial']) {
    await bar(page).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await button(page, name).click();
    await bar(page).fill('500');
    const chosen = await shownMs(page);
    await atRest(page, ({ ms }) => ms > 1_000 && ms === chosen, `after ${name} the bar does nothing`);
  }
});

test('a parameter changed while it plays begins the new film', async (t) => {
  const page = await open(t, '?epochs=12', moving);
  await atRest(page);
  await button(page, 'Play').click();
  await eventually(() => shownMs(page), (ms) => ms > 500, 'it does not play');
  await control(page, 'homeostasis').uncheck();
  await eventually(() => shownMs(page), (ms) => ms < 500, 'it does not begin anew');
  await untilFilm(page, 'playing');
  await button(page, 'To the end').click();
  assert.equal((await atRest(page, ({ state }) => state === 'finished')).print, alone('?epochs=12&homeostasis=0'));
  assert.equal(await page.getByText('edited at').count(), 0);
});

test('after a change at rest the new result is there, or the same moment of the new run', async (t) => {
  const page = await open(t, '?epochs=12');
  const first = await fingerprint(page);
  await enter(page, 'seed', '7');
  assert.equal(await nextFingerprint(page, first), alone('?epochs=12&seed=7'));
  await bar(page).fill('250');
  const { ms, print } = await atRest(page, ({ state }) => state === 'paused');
  await address(page, (link) => link.has('t'));
  await enter(page, 'seed', '8');
  const now = await atRest(page, (now) => now.print !== print && now.print !== '');
  assert.ok(Math.abs(now.ms - ms) < 1, `${ms} → ${now.ms}`);
  assert.equal(now.print, alone('?epochs=12&seed=8', now.simMs));
});

test('after a change from here the end is the same, whichever way one goes there', async (t) => {
  const page = await open(t, '?demo=xor_reward&epochs=20');
  await bar(page).fill('500');
  const { ms } = await atRest(page, ({ state }) => state === 'paused');
  await control(page, 'change_here').check();
  await enter(page, 'gamma_mv', '1');
  await page.getByText(/^edited at/).waitFor();
  await button(page, 'To the end').click();
  await atRest(page, ({ state }) => state === 'finished');
  const told = () => page.locator('.heroes canvas').first().getAttribute('aria-label');
  // The last figure comes after the news that it is over: it is that which stays.
  let [end, since] = ['', 0];
  const stays = (now) => {
    if (now !== end) [end, since] = [now, performance.now()];
    return performance.now() - since > 2_000;
  };
  await eventually(told, stays, 'the figure does not come to rest');
  for (const place of ['100', '600']) {
    await bar(page).fill(place);
    const now = await atRest(page, ({ state }) => state === 'paused');
    assert.equal(now.ms < ms, place === '100');
    // What is called exact is the run of the link in the address bar.
    if (now.print !== '') assert.equal(now.print, alone(page.url().replace(/&t=[\d.]+/, ''), now.simMs), `at ${now.ms} ms`);
    await button(page, 'To the end').click();
    await atRest(page, ({ state }) => state === 'finished');
    await eventually(told, (now) => now === end, `the end after ${place} is not ${end}`);
  }
});

test('slow motion', async (t) => {
  const page = await open(t, '?autorun=1&epochs=12', { ...moving, state: null });
  await untilFilm(page, 'playing');
  const own = Number(await control(page, 'speed').inputValue());
  assert.ok(own > 0 && own < 1_000, `autorun=1 plays at ${own} ms per s`);
  // By the page's own clock: an answer from there may take its time.
  const look = () => page.evaluate(() => [Number(document.querySelector('main').dataset.shownMs), performance.now()]);
  const [from, began] = await look();
  const [ms, now] = await eventually(look, ([ms, now]) => now - began > 1_000 && ms > from, 'it does not play');
  const rate = (ms - from) / ((now - began) / 1_000);
  assert.ok(rate > 0 && rate < 1.3 * own, `${rate} ms per s, not ${own}`);
  await control(page, 'speed').selectOption('20×');
  assert.equal((await atRest(page, ({ state }) => state === 'finished')).print, alone('?epochs=12'));
});

test('autorun: in a loop, not at all, and by itself', async (t) => {
  const loop = await open(t, '?autorun=loop&epochs=4', { ...moving, state: null });
  await untilFilm(loop, 'playing');
  await control(loop, 'speed').selectOption('20×');
  await eventually(() => loop.locator('main').evaluate(({ dataset }) => [dataset.film, dataset.runState]), ([film, state]) => film === 'resting' && state === 'finished', 'never over', 40_000);
  // Seen from within the page: at this speed it is over in a moment.
  await loop.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const main = document.querySelector('main');
        const look = () => main.dataset.film === 'playing' && resolve();
        new MutationObserver(look).observe(main, { attributes: true, attributeFilter: ['data-film'] });
        setTimeout(() => reject(new Error('it does not begin again')), 30_000);
        look();
      }),
  );

  const none = await open(t, '?autorun=0&epochs=4', { ...moving, state: 'idle' });
  await pause(500);
  assert.deepEqual([await film(none), await shownMs(none), await runState(none)], ['none', 0, 'idle']);
  await button(none, 'Play').click();
  await untilFilm(none, 'playing');

  // With parameters of its own nothing was asked, and the film plays.
  const own = await open(t, '?epochs=4', { ...moving, state: null });
  await untilFilm(own, 'playing');
  await atRest(own, ({ state }) => state === 'finished');
});

test('who wants less motion gets none unasked', async (t) => {
  for (const query of ['', '?epochs=4', '?autorun=1&epochs=4', '?autorun=loop&epochs=4']) {
    const page = await newPage(t, { reducedMotion: 'reduce' });
    await page.addInitScript(() => {
      window.films = [];
      new MutationObserver(() => window.films.push(document.querySelector('main')?.dataset.film)).observe(document, {
        subtree: true, childList: true, attributes: true, attributeFilter: ['data-film'],
      });
    });
    await page.goto(`${site.url}characters.html${query}`);
    await atRest(page, ({ state }) => state === 'finished');
    assert.ok(!(await page.evaluate(() => window.films)).includes('playing'), query);
    await button(page, 'Play').click();
    await untilFilm(page, 'playing');
  }
});

test('t= beyond the end, before the start, and what is no number', async (t) => {
  const end = alone('?epochs=4');
  for (const [given, expected, isTold] of [['1e9', end, null], ['0', alone('?epochs=4', 0), false], ['-5', null, true], ['soon', end, true], ['NaN', end, true], ['', end, null]]) {
    const page = await open(t, `?epochs=4&t=${given}`, { state: null });
    const { print, ms } = await atRest(page, ({ print }) => print !== '');
    assert.ok(ms >= 0 && ms <= (await simMs(page)) + 1);
    if (expected) assert.equal(print, expected, `t=${given}`);
    const notices = page.locator('.notices');
    if (isTold !== null) assert.equal((await notices.count()) > 0, isTold, `t=${given}`);
    if (isTold) assert.match(await notices.innerText(), new RegExp(`t=${given}`));
  }
});
