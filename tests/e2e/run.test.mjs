// From load to result, the transport, the seed, and parameters.
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  address, allParameters, atRest, bar, button, control, enter, eventually, fingerprint, nextFingerprint, open, pause, runState, shownMs, simMs,
  tab, until, untilFilm,
} from './page.mjs';

const presentation = 300;

test('the link\'s own run is shown without a click', async (t) => {
  const page = await open(t);
  const print = await fingerprint(page);
  assert.match(print, /^([a-z]{5}-){2}[a-z]{5}$/);
  assert.equal(await page.locator('main').getAttribute('data-demo'), 'characters');
  const status = page.locator('.status');
  assert.ok((await status.textContent()).includes(print));
  assert.equal(await bar(page).inputValue(), '1000');
  assert.equal(await page.locator('.clock').textContent(), '51.6 of 51.6 s');
  const told = () => page.locator('canvas[role=img]').evaluateAll((all) => all.map((c) => c.getAttribute('aria-label')));
  // Figures may come after the news that the run is over, and those of another tab have to be asked for.
  const isTold = (labels) => labels.length > 0 && labels.every((label) => /^[^.]+\. .+/.test(label));
  const all = () => eventually(told, isTold, 'not every figure says in words what it shows');
  const labels = await all();
  await tab(page, 'More figures');
  labels.push(...(await all()));
  assert.ok(new Set(labels).size >= 7, 'the network and its figures');
});

test('figures are painted', async (t) => {
  const page = await open(t);
  await eventually(
    () =>
      page.locator('canvas[role=img]').evaluateAll((all) => {
        const colours = (canvas) => {
          const { width, height } = canvas;
          const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, width, height).data.buffer);
          return new Set(pixels).size;
        };
        return all.filter((canvas) => colours(canvas) < 3).map((canvas) => canvas.getAttribute('aria-label'));
      }),
    (empty) => empty.length === 0,
    'a figure stays empty',
  );
});

test('play, pause, next trial, next tick, to the start, to the end', async (t) => {
  const page = await open(t);
  const print = await fingerprint(page);
  const total = await simMs(page);

  await button(page, 'Play').click();
  await untilFilm(page, 'playing');
  await eventually(() => shownMs(page), (ms) => ms > 0 && ms < total / 2, 'it does not replay from the start');
  await button(page, 'Pause').click();
  const paused = await atRest(page);
  assert.equal(paused.state, 'paused');
  await pause(300);
  assert.equal(await shownMs(page), paused.ms, 'time goes on while paused');
  assert.notEqual(paused.print, print);

  const moved = (from) => atRest(page, ({ ms }) => ms !== from, 'nothing moves').then(({ ms }) => ms);
  await button(page, 'Next trial').click();
  const first = await moved(paused.ms);
  assert.ok(first % presentation === 0 && first > paused.ms && first - paused.ms <= presentation, `${paused.ms} → ${first}`);
  await button(page, 'Next trial').click();
  assert.equal(await moved(first), first + presentation);
  await button(page, 'Next tick').click();
  const tick = (await moved(first + presentation)) - first - presentation;
  assert.ok(tick > 0 && tick <= 1, `a tick of ${tick} ms`);
  assert.equal(await runState(page), 'paused');

  await button(page, 'To the start').click();
  await until(page, 'idle');
  assert.equal((await atRest(page)).ms, 0);
  await button(page, 'To the end').click();
  await until(page, 'finished');
  assert.equal(await fingerprint(page), print);
  assert.equal(await simMs(page), total);
});

test('a run in pieces is the same run', async (t) => {
  const page = await open(t, '?epochs=2');
  const print = await fingerprint(page);
  assert.ok(await button(page, 'Next trial').isDisabled(), 'there is nothing to step to');
  await button(page, 'To the start').click();
  await button(page, 'Next trial').click();
  await until(page, 'paused');
  await button(page, 'Next tick').click();
  await button(page, 'Play').click();
  await untilFilm(page, 'playing');
  await control(page, 'speed').selectOption('5×');
  await atRest(page, ({ state }) => state === 'finished');
  assert.equal(await fingerprint(page), print);
});

test('speed', async (t) => {
  // Short, since what takes long to compute is shown as it is computed.
  const page = await open(t, '?epochs=12&autorun=0', { state: 'idle' });
  const speed = control(page, 'speed');
  await speed.selectOption('1/100');
  await button(page, 'Play').click();
  await untilFilm(page, 'playing');
  // The clock begins before the first look and ends after the last: whatever they take is within.
  const from = performance.now();
  const start = await shownMs(page);
  await pause(1000);
  const slow = (await eventually(() => shownMs(page), (ms) => ms > start, 'it stands')) - start;
  const seconds = (performance.now() - from) / 1000;
  assert.ok(slow < 12 * seconds + 2, `${slow} ms in ${seconds} s at 1/100`);
  assert.equal(await page.locator('.status .speed').textContent(), '1 s shows 0.01 s');
  await speed.selectOption('film');
  await untilFilm(page, 'resting', 120_000);
  await until(page, 'finished');
  assert.equal(await speed.inputValue(), 'film');
  assert.equal((await atRest(page)).state, 'finished');
});

test('a speed in the link', async (t) => {
  const page = await open(t, '?epochs=12&autorun=0&speed=2000', { state: 'idle' });
  assert.equal(await control(page, 'speed').inputValue(), '2000');
  await button(page, 'Play').click();
  await eventually(() => shownMs(page), (ms) => ms > 1000, 'it does not play at that speed', 30_000);
  assert.equal(await page.locator('.status .speed').textContent(), '1 s shows 2.0 s');
});

test('a seed of one\'s own, and a new one', async (t) => {
  const page = await open(t);
  const first = await fingerprint(page);
  await enter(page, 'seed', '7');
  const second = await nextFingerprint(page, first);
  await address(page, (link) => link.get('seed') === '7');
  await button(page, 'New seed').click();
  await nextFingerprint(page, second);
  const link = await address(page, (link) => link.get('seed') !== '7');
  assert.equal(await control(page, 'seed').inputValue(), link.get('seed'));
  await enter(page, 'seed', '1');
  await eventually(() => fingerprint(page), (print) => print === first, 'seed 1 gives another run than before', 30_000);
});

test('a wrong seed is told beside its box', async (t) => {
  const page = await open(t);
  const print = await fingerprint(page);
  await enter(page, 'seed', 'seven');
  await page.getByText('a seed is a whole number').waitFor();
  assert.equal(await control(page, 'seed').getAttribute('aria-invalid'), 'true');
  assert.equal(await fingerprint(page), print);
});

test('a parameter that restarts', async (t) => {
  const page = await open(t);
  const print = await fingerprint(page);
  await page.getByLabel('Homeostasis', { exact: true }).uncheck();
  await nextFingerprint(page, print);
  await address(page, (link) => link.get('homeostasis') === '0');
  assert.equal(await control(page, 'preset').inputValue(), 'no_homeostasis');
  await page.getByLabel('Homeostasis', { exact: true }).check();
  await eventually(() => fingerprint(page), (now) => now === print, 'the way back leads elsewhere', 30_000);
  await address(page, (link) => !link.has('homeostasis'));
});

test('another model brings its own parameters', async (t) => {
  const page = await open(t);
  const print = await fingerprint(page);
  await control(page, 'mode').selectOption({ label: 'As coded' });
  await nextFingerprint(page, print);
  assert.equal(await control(page, 'homeostasis').count(), 0);
  assert.equal(await control(page, 'window_in_seconds').count(), 1);
  await address(page, (link) => link.get('mode') === 'coded');
});

// A slider, and a box to type into.
for (const [what, query, key, value] of [
  ['gain_minus as coded', '?demo=characters/as_coded', 'gain_minus', '3'],
  ['eta', '?epochs=20', 'eta', '0.05'],
]) {
  test(`"Change from here" changes the run at the moment that is shown: ${what}`, async (t) => {
    const page = await open(t, query);
    const whole = await fingerprint(page);
    await allParameters(page);
    await bar(page).fill('300');
    const { ms } = await atRest(page, ({ state }) => state === 'paused');
    await control(page, 'change_here').check();
    await enter(page, key, value);
    await page.getByText(/^edited at [\d.]+ s$/).waitFor();
    const told = await page.locator('.status .fingerprint').textContent();
    assert.ok(Math.abs(Number(told.match(/[\d.]+/)[0]) * 1000 - ms) < 2, `${told}, at ${ms} ms`);
    assert.equal(await fingerprint(page), '', 'an edited run is not the link\'s');
    await address(page, (link) => link.get(key) === value);
    // The film goes on from there, to the end.
    await eventually(() => shownMs(page), (now) => now > ms, 'it does not go on from there', 30_000);
    await button(page, 'To the end').click();
    await until(page, 'finished');
    assert.equal(await fingerprint(page), '', 'an edited run is not the link\'s');

    await button(page, 'Restart with these values').click();
    await page.locator('main:not([data-fingerprint=""])').waitFor();
    assert.equal(await page.getByText('edited at').count(), 0);
    await button(page, 'To the end').click();
    const { print } = await atRest(page, ({ state }) => state === 'finished');
    assert.notEqual(print, whole);
    // The address follows a moment later.
    const link = await address(page, (link) => !link.has('t'));
    assert.equal(await fingerprint(await open(t, `?${link}`)), print, 'the link does not replay it');
  });
}

test('without "Change from here", and at the ends, a live control begins a new run', async (t) => {
  const page = await open(t, '?epochs=12');
  const first = await fingerprint(page);
  await allParameters(page);
  await enter(page, 'eta', '0.05');
  const second = await nextFingerprint(page, first);
  // At the result there is nothing to go on to.
  await control(page, 'change_here').check();
  await enter(page, 'eta', '0.06');
  const third = await nextFingerprint(page, second);
  assert.equal(await page.getByText('edited at').count(), 0);
  assert.equal(await fingerprint(await open(t, '?epochs=12&eta=0.06')), third);
  await control(page, 'change_here').uncheck();
  await bar(page).fill('400');
  const { ms } = await atRest(page, ({ state }) => state === 'paused');
  await enter(page, 'eta', '0.07');
  await address(page, (link) => link.get('eta') === '0.07');
  const there = await atRest(page, ({ print }) => print !== '' && print !== third);
  assert.ok(Math.abs(there.ms - ms) < 1, 'the moment is no longer that');
  assert.equal(await page.getByText('edited at').count(), 0);
  await button(page, 'To the end').click();
  await until(page, 'finished');
  assert.equal(await fingerprint(page), await fingerprint(await open(t, '?epochs=12&eta=0.07')));
});

for (const [key, wrong, right, message] of [
  ['eta', '5', '0.05', /0\.0001.*1/],
  ['letters', 'A1', 'ABC', /letter/i],
  ['letters', 'A', 'ABC', /at least 2/],
]) {
  test(`${key}=${wrong} is told beside the control, and the last good run stays`, async (t) => {
    const page = await open(t);
    const print = await fingerprint(page);
    await allParameters(page);
    await enter(page, key, wrong);
    const error = page.locator(`[id="${key}-error"]`);
    await error.filter({ hasText: message }).waitFor();
    const input = control(page, key);
    assert.equal(await input.getAttribute('aria-invalid'), 'true');
    assert.ok((await input.getAttribute('aria-describedby')).split(' ').includes(`${key}-error`));
    await pause(600);
    assert.equal(await fingerprint(page), print);
    assert.equal(await runState(page), 'finished');
    assert.ok(!new URL(page.url()).searchParams.has(key));

    await enter(page, key, right);
    await nextFingerprint(page, print);
    assert.equal(await error.textContent(), '');
    assert.equal(await input.getAttribute('aria-invalid'), null);
  });
}

test('a parameter and its symbol in the equations light up together', async (t) => {
  const page = await open(t, '?demo=characters&mode=paper&letters=AB&epochs=1');
  const lit = (where) => page.locator(`${where}.lit`).evaluateAll((found) => found.map((element) => element.dataset.key ?? element.textContent));
  await page.locator('.all-parameters > summary').click();
  await control(page, 'eta').focus();
  const isLit = (where, wanted) => eventually(() => lit(where), (found) => [...new Set(found)].join() === wanted, `not just ${wanted} is lit`);
  await isLit('.control', 'eta');
  const terms = await lit('.equations ');
  assert.ok(terms.length > 0 && terms.every((term) => term === 'η'), String(terms));
  // The other way round: the τ of τ_m is no symbol of its own.
  await page.locator('.equations msub', { hasText: 'τm' }).first().hover();
  await isLit('.equations ', 'τm');
  await isLit('.control', 'tau_m_ms');
});
