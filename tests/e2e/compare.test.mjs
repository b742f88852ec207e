// Two runs side by side, and one run from many seeds.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { address, atRest, button, control, enter, eventually, fingerprint, noViolation, open, runState, tab, until } from './page.mjs';

const twinPrint = (page) => page.locator('main').getAttribute('data-twin-fingerprint');
const seeds = (page) => page.locator('[data-panel=seeds]');
const bothDone = (page, before) =>
  eventually(async () => [await runState(page), await twinPrint(page)], ([state, twin]) => state === 'finished' && twin && twin !== before, 'B did not finish', 30_000);
/** Many runs take long where many others are at work. */
const seedsDone = (page) => seeds(page).and(page.locator('[data-state=idle]')).locator('table').waitFor({ timeout: 120_000 });

test('a second run beside the first, its own parameters, one link for both', async (t) => {
  const page = await open(t, '?epochs=12');
  const own = await fingerprint(page);
  await button(page, 'Compare A|B').click();
  // It opens with the control of the run; the controls are B's now.
  await bothDone(page, own);
  const without = await twinPrint(page);
  assert.equal(await control(page, 'homeostasis').isChecked(), false);
  assert.match(await page.locator('.side .help').innerText(), /B differs in: Homeostasis/);
  await control(page, 'homeostasis').check();
  await bothDone(page, without);
  assert.equal(await twinPrint(page), own, 'the same run twice');
  assert.match(await page.locator('.side .help').innerText(), /the same run/);
  await control(page, 'homeostasis').uncheck();
  await bothDone(page, own);
  assert.equal(await fingerprint(page), own, 'A stays');
  const link = await address(page, (link) => link.has('b.homeostasis'));
  assert.equal(link.toString(), 'v=1&epochs=12&compare=1&b.homeostasis=0');
  const twin = await twinPrint(page);

  // Who opens the link sees the same two runs; B alone is the same run as well.
  const again = await open(t, `?${link}`);
  await bothDone(again);
  assert.deepEqual([await fingerprint(again), await twinPrint(again)], [own, twin]);
  const alone = await open(t, '?epochs=12&homeostasis=0');
  assert.equal(await fingerprint(alone), twin);

  // A's controls change A; then B goes away.
  await page.getByRole('radio', { name: 'A', exact: true }).check();
  assert.equal(await control(page, 'homeostasis').isChecked(), true);
  await enter(page, 'epochs', '6');
  await eventually(() => fingerprint(page), (print) => print && print !== own, 'A did not change', 30_000);
  await button(page, 'Compare A|B').click();
  await address(page, (link) => !link.has('compare') && link.get('epochs') === '6');
  assert.equal(await twinPrint(page), null);
});

test('figures stand side by side with the same axes, run and stop together, and axe finds nothing', async (t) => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await open(t, '?epochs=12&compare=1&b.homeostasis=0', { colorScheme, viewport: { width: 1280, height: 900 } });
    // Two networks, and the figures below.
    assert.deepEqual(await page.locator('.net').evaluateAll((all) => all.map((net) => net.dataset.side)), ['A', 'B']);
    const places = await page.locator('.more .panel[data-side]').evaluateAll((all) => all.slice(0, 2).map((e) => [e.querySelector('h2').innerText, e.getBoundingClientRect().y]));
    assert.deepEqual(places.map(([title]) => title.slice(0, 4)), ['A · ', 'B · ']);
    assert.equal(places[0][1], places[1][1]);
    await tab(page, 'Results');
    const sides = await page.locator('.results .main > div').first().locator('.which').allInnerTexts();
    assert.deepEqual(sides.map((side) => side.trim()), ['A', 'B']);
    await noViolation(page);
    await button(page, 'To the start').click();
    await until(page, 'idle');
    await button(page, 'Next trial').click();
    assert.equal((await atRest(page, ({ state }) => state === 'paused')).ms, 300);
  }
});

test('each control of a run is one button away', async (t) => {
  const page = await open(t, '?demo=distal_reward&duration_s=20&compare=1&b.reward=yoked');
  const pressed = (name) => button(page, `B: ${name}`).getAttribute('aria-pressed');
  assert.deepEqual([await pressed('yoked rewards'), await pressed('no rewards')], ['true', 'false']);
  await button(page, 'B: no rewards').click();
  await address(page, (link) => link.get('b.reward') === 'none');
  assert.deepEqual([await pressed('yoked rewards'), await pressed('no rewards')], ['false', 'true']);
  assert.equal(await control(page, 'reward').inputValue(), 'none');
});

test('a wrong key of the other run is told, and the run starts', async (t) => {
  const page = await open(t, '?compare=1&b.epochs=zwölf');
  assert.match(await page.locator('.notices').innerText(), /b\.epochs=zwölf/);
  assert.ok(await twinPrint(page));
});

test('many seeds: every run, how many succeeded, and the table', async (t) => {
  const page = await open(t, '?epochs=12');
  await tab(page, 'Many seeds');
  await control(page, 'num_seeds').selectOption('10');
  await button(page, 'Run all').click();
  await seedsDone(page);
  const verdict = await seeds(page).locator('.verdict').innerText();
  assert.match(verdict, /^In \d+ of 10 runs all letters were learned \([\d.]+ %; 95 % interval [\d.]+ to [\d.]+ %\)\.$/);
  assert.match(await seeds(page).locator('canvas').getAttribute('aria-label'), /many seeds\. .*median/);
  const saved = page.waitForEvent('download');
  await button(page, 'Save the table').click();
  const lines = (await readFile(await (await saved).path(), 'utf8')).trim().split('\n');
  assert.equal(lines.length, 11);
  assert.deepEqual(lines.slice(1).map((line) => Number(line.split(',')[0])), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  // The first is the run on screen, and the verdict counts what the table has.
  assert.equal(lines[1].split(',')[1], await fingerprint(page));
  const column = lines[0].split(',').indexOf('distinct_outputs');
  const learned = lines.slice(1).filter((line) => Number(line.split(',')[column]) === 4).length;
  assert.ok(verdict.startsWith(`In ${learned} of 10 runs`), verdict);
  await noViolation(page);
  // Another run has other results.
  await control(page, 'homeostasis').uncheck();
  await seeds(page).locator('table').waitFor({ state: 'detached' });
});

test('many seeds can be cancelled, and what was done stays', async (t) => {
  const page = await open(t, '?epochs=60&letters=ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  await tab(page, 'Many seeds');
  await control(page, 'num_seeds').selectOption('100');
  await button(page, 'Run all').click();
  await seeds(page).locator('.verdict').waitFor({ timeout: 120_000 });
  await seeds(page).locator('progress').waitFor();
  await button(page, 'Cancel').click();
  await seedsDone(page);
  assert.match(await seeds(page).locator('.verdict').innerText(), /^In \d+ of \d\d? runs/);
});

test('without workers the page runs the seeds itself', async (t) => {
  const page = await open(t, '?epochs=6', {
    init: () => {
      window.Worker = function Worker() {
        throw new DOMException('refused', 'SecurityError');
      };
    },
  });
  await tab(page, 'Many seeds');
  await control(page, 'num_seeds').selectOption('10');
  await button(page, 'Run all').click();
  await seedsDone(page);
  assert.match(await seeds(page).locator('.verdict').innerText(), /of 10 runs/);
});

test('both sides of a comparison from many seeds', async (t) => {
  const page = await open(t, '?epochs=12&compare=1&b.homeostasis=0');
  await tab(page, 'Many seeds');
  await control(page, 'num_seeds').selectOption('10');
  await button(page, 'Run all').click();
  await seedsDone(page);
  const verdicts = await seeds(page).locator('.verdict').allInnerTexts();
  assert.deepEqual(verdicts.map((text) => text.slice(0, 5)), ['A: In', 'B: In']);
});
