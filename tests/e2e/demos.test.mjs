// What holds for every demo, and what the demo of correlated inputs does beyond it.
import assert from 'node:assert/strict';
import test from 'node:test';

import { button, control, eventually, fingerprint, nextFingerprint, noViolation, open, simMs, until } from './page.mjs';

const demos = [
  'characters', 'stdp_window', 'correlated_inputs', 'xor_reward', 'distal_reward', 'reward_baseline', 'pattern_clustering',
];
// An hour of a thousand neurons is not needed to look at the page.
const short = { distal_reward: '&duration_s=60', reward_baseline: '&num_trials=600' };
const others = [
  'characters&mode=reward', 'correlated_inputs&part=groups&duration_s=5', 'correlated_inputs&part=synapse',
  'correlated_inputs&part=neuron&duration_s=20', 'distal_reward&part=pairing', 'reward_baseline&part=biofeedback&duration_s=60',
  'pattern_clustering&preset=published_stdp',
];
const pages = [...demos.map((id) => `?demo=${id}${short[id] ?? ''}`), ...others.map((other) => `?demo=${other}`)];

test('every demo is in the menu', async (t) => {
  const page = await open(t);
  const links = await page.getByRole('navigation', { name: 'Demos' }).getByRole('link').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  assert.deepEqual(links, demos.map((id) => `${id}.html?v=1`));
});

for (const query of pages) {
  test(`${query}: axe finds nothing, every figure is drawn and told, nothing is too wide`, async (t) => {
    for (const colorScheme of ['light', 'dark']) {
      const page = await open(t, query, { colorScheme, viewport: { width: 390, height: 800 } });
      await noViolation(page);
      const figures = await page.locator('[data-panel] canvas').evaluateAll((all) =>
        all.map((canvas) => ({
          told: canvas.getAttribute('aria-label'),
          // Whether anything but the background was drawn.
          colours: new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size,
        })),
      );
      assert.ok(figures.length >= 4, `${figures.length} figures`);
      for (const { told, colours } of figures) assert.ok(told.length > 20 && colours > 3, `${told}: ${colours} colours`);
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.ok(inner <= outer, `${inner} pixels in a window of ${outer}`);
    }
  });
}

test('predict first: the answer comes after the choice, and the preset shows it', async (t) => {
  const page = await open(t, '?demo=correlated_inputs&duration_s=5');
  const card = page.locator('.prediction:visible');
  assert.equal(await card.getByRole('status').textContent(), '');
  assert.equal(await card.getByRole('button').count(), 0);
  await card.getByRole('radio', { name: 'none' }).check();
  assert.match(await card.getByRole('status').textContent(), /^No: those of the half that fires together\. Inputs that fire together/);
  await card.getByRole('radio', { name: 'those of the half that fires together' }).check();
  assert.match(await card.getByRole('status').textContent(), /^Right\. /);
  const before = await fingerprint(page);
  await card.getByRole('button', { name: 'See it' }).click();
  await eventually(() => control(page, 'preset').inputValue(), (id) => id === 'neuron', 'the preset is not chosen');
  await eventually(() => fingerprint(page), (print) => print !== before, 'it is not the preset that runs');
});

test('another part has its own figures and parameters, and comes back with its link', async (t) => {
  const page = await open(t, '?demo=correlated_inputs&duration_s=5');
  await control(page, 'part').selectOption('One virtual synapse');
  await page.locator('[data-panel=parts] canvas').waitFor();
  await until(page, 'finished');
  assert.equal(await simMs(page), 4_000);
  assert.equal(await page.locator('[data-panel=histogram]').count(), 0);
  // What the page says is of the part on screen, without a reload.
  assert.match(await page.locator('.about:visible').textContent(), /without a neuron|course page|virtual/i);
  const published = await fingerprint(page);
  await control(page, 'zero_lag').uncheck();
  const without = await nextFingerprint(page, published);
  await eventually(() => new URL(page.url()).searchParams.get('zero_lag'), (value) => value === '0', 'the link has no zero_lag');
  await page.reload();
  await until(page, 'finished');
  assert.equal(await fingerprint(page), without);
  await page.goBack();
});

test('a demo is left for another and comes back', async (t) => {
  const page = await open(t, '?demo=stdp_window');
  const print = await fingerprint(page);
  await page.getByRole('navigation', { name: 'Demos' }).getByRole('link', { name: 'Correlated inputs' }).click();
  await page.locator('[data-panel=histogram] canvas').waitFor();
  assert.equal(await page.locator('.opening h1').textContent(), 'Correlated inputs');
  await page.goBack();
  await page.locator('main[data-demo=stdp_window][data-run-state=finished]').waitFor();
  assert.equal(await fingerprint(page), print);
  assert.equal(await button(page, 'Run').isEnabled(), true);
});

test('a live change moves the weights under way', async (t) => {
  const page = await open(t, '?demo=correlated_inputs&autorun=0&speed=20000', { state: 'idle' });
  await button(page, 'Run').click();
  await until(page, 'running');
  await control(page, 'ratio').fill('1.02');
  await control(page, 'ratio').blur();
  await eventually(() => page.locator('.fingerprint').textContent(), (text) => text.startsWith('edited at'), 'the run is not marked as edited');
  assert.match(page.url(), /\/correlated_inputs\.html\?/);
});
