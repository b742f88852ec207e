// The learning window: spikes that are dragged, with the mouse and without it.
import assert from 'node:assert/strict';
import test from 'node:test';

import axe from 'axe-core';

import { address, control, eventually, fingerprint, nextFingerprint, open, runState, tab } from './page.mjs';

const demo = '?demo=stdp_window';
const picture = (page, panel) => page.locator(`[data-panel="${panel}"] canvas`);
const told = (page, panel) => picture(page, panel).getAttribute('aria-label');
const deltaMs = (page) => Number(new URL(page.url()).searchParams.get('delta_t_ms') ?? 10);

/** Where a handle is: the place at which the pointer says that it can be dragged, looked for from `side`. */
async function handle(page, panel, side) {
  const canvas = picture(page, panel);
  await canvas.scrollIntoViewIfNeeded();
  // Painted in the size that it has, so that it knows where its handles are: two pixels for each of CSS.
  const drawn = () => canvas.evaluate(({ width, clientWidth }) => [width, 2 * clientWidth]);
  await eventually(drawn, ([width, wanted]) => wanted > 0 && Math.abs(width - wanted) <= 2, `${panel} is not painted`);
  const box = await canvas.boundingBox();
  const found = [];
  for (let x = 0; x < box.width; x += 8) {
    await page.mouse.move(box.x + x, box.y + box.height / 2);
    if ((await canvas.evaluate((element) => getComputedStyle(element).cursor)) === 'ew-resize') found.push(x);
  }
  assert.ok(found.length > 0, `nothing to drag in ${panel}`);
  const x = side === 'right' ? found.at(-1) - 14 : found[0] + 14;
  return { x: box.x + x, y: box.y + box.height / 2 };
}

async function drag(page, from, by) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 1; step <= 10; step += 1) await page.mouse.move(from.x + (by * step) / 10, from.y);
  await page.mouse.up();
}

test('a spike is dragged, and everything follows', async (t) => {
  const page = await open(t, demo);
  const before = { print: await fingerprint(page), window: await told(page, 'window') };
  await drag(page, await handle(page, 'spikes', 'right'), 60);
  await address(page, (link) => Number(link.get('delta_t_ms')) > 15);
  await nextFingerprint(page, before.print);
  await eventually(() => told(page, 'window'), (now) => now !== before.window, 'the window does not follow');
  await eventually(async () => Number(await control(page, 'delta_t_ms').inputValue()) - deltaMs(page), (apart) => apart === 0, 'box and address differ');

  // Pulled across its partner the output comes first, and the weight sinks.
  await drag(page, await handle(page, 'spikes', 'right'), -150);
  await address(page, (link) => Number(link.get('delta_t_ms')) < 0);
  await eventually(() => told(page, 'window'), (label) => /−0\.00/.test(label), 'the weight does not sink');
});

test('the dot on the window is dragged, in either direction of the axis', async (t) => {
  for (const [sign, isMirrored] of [['', false], ['&sign=pre_minus_post', true]]) {
    const page = await open(t, `${demo}&delta_t_ms=40${sign}`);
    await drag(page, await handle(page, 'window', 'left'), 50);
    await address(page, (link) => link.has('delta_t_ms') && (Number(link.get('delta_t_ms')) < 40) === isMirrored && link.get('delta_t_ms') !== '40');
  }
});

test('what is not a handle is not dragged', async (t) => {
  const page = await open(t, `${demo}&delta_t_ms=40`);
  const print = await fingerprint(page);
  const box = await picture(page, 'window').boundingBox();
  await drag(page, { x: box.x + 0.3 * box.width, y: box.y + 100 }, 60);
  assert.equal(deltaMs(page), 40);
  assert.equal(await fingerprint(page), print);
});

test('axe finds nothing', async (t) => {
  const page = await open(t, `${demo}&preset=hippocampus_full`);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  assert.deepEqual(violations.map(({ id }) => id), []);
});

test('the slider does the same from the keyboard', async (t) => {
  const page = await open(t, demo);
  const print = await fingerprint(page);
  const slider = page.getByRole('slider', { name: 'Output minus input, slider' });
  await slider.focus();
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowRight');
  await address(page, (link) => link.get('delta_t_ms') === '12');
  await nextFingerprint(page, print);
  assert.equal(await runState(page), 'finished');
});

test('the fit of a triplet preset is read in the results', async (t) => {
  const page = await open(t, demo);
  const print = await fingerprint(page);
  await control(page, 'preset').selectOption('visual_nearest_full');
  await nextFingerprint(page, print);
  if ((await picture(page, 'frequency').count()) === 0) await tab(page, 'More figures');
  await eventually(() => told(page, 'frequency'), (label) => /measured, −10 ms 0\.750 at 50/.test(label), 'what was measured is not told');
  await tab(page, 'Results');
  const row = page.locator('[data-panel="results"] dl > div', { hasText: 'χ² per data point' });
  await eventually(() => row.locator('dd').first().textContent(), (text) => text === '0.232', 'another fit');
});
