// What holds for every demo, and what the demo of correlated inputs does beyond it.
import assert from 'node:assert/strict';
import test from 'node:test';

import { button, control, demoMenu, eventually, fingerprint, nextFingerprint, noViolation, open, simMs, until } from './page.mjs';

const demos = [
  'characters', 'stdp_window', 'correlated_inputs', 'xor_reward', 'distal_reward', 'reward_baseline', 'pattern_clustering',
  'balanced_networks', 'playground', 'neural_coding',
];
// An hour of a thousand neurons is not needed to look at the page.
const short = { distal_reward: '&duration_s=60', reward_baseline: '&num_trials=600' };
const others = [
  'characters&mode=reward', 'correlated_inputs&part=groups&duration_s=5', 'correlated_inputs&part=synapse',
  'correlated_inputs&part=neuron&duration_s=20', 'distal_reward&part=pairing', 'reward_baseline&part=biofeedback&duration_s=60',
  'pattern_clustering&preset=published_stdp', 'balanced_networks/low&duration_s=0.3', 'balanced_networks&part=learned&duration_s=20',
  'playground/adapting', 'playground/compete&duration_s=10', 'playground/hodgkin_huxley', 'playground/own_window&duration_s=10', 'playground/formula_bcm&duration_s=10', 'playground/voltage&duration_s=10',
  'neural_coding/published_scrambled', 'neural_coding/published_sweep', 'neural_coding/race_jitter',
];
const pages = [...demos.map((id) => `?demo=${id}${short[id] ?? ''}`), ...others.map((other) => `?demo=${other}`)];

test('every demo is in the menu', async (t) => {
  const page = await open(t);
  const links = await (await demoMenu(page)).getByRole('link').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  assert.deepEqual(links.toSorted(), demos.map((id) => `${id}.html?v=1`).toSorted());
});

for (const query of pages) {
  test(`${query}: axe finds nothing, every figure is drawn and told, nothing is too wide`, async (t) => {
    for (const colorScheme of ['light', 'dark']) {
      const page = await open(t, query, { colorScheme, viewport: { width: 390, height: 800 }, state: null });
      // Some are long for a machine that does much else.
      await page.locator('main[data-run-state=finished]').waitFor({ timeout: 120_000 });
      await noViolation(page);
      const read = () =>
        page.locator('[data-panel] canvas').evaluateAll((all) =>
          all.map((canvas) => ({
            told: canvas.getAttribute('aria-label'),
            // Whether anything but the background was drawn.
            colours: new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size,
          })),
        );
      // The last figures come after the news that it is over, and the network is drawn step by step.
      const isShown = ({ told, colours }) => told === null || (told.length > 20 && colours > 3);
      const figures = await eventually(read, (all) => all.length >= 4 && all.every(isShown), 'a figure is not drawn or not told', 30_000);
      // The network with what moves above it, the figure that answers the question, and some below.
      assert.ok(figures.length >= 4, `${figures.length} figures`);
      for (const { told, colours } of figures.filter(({ told }) => told !== null)) assert.ok(told.length > 20 && colours > 3, `${told}: ${colours} colours`);
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.ok(inner <= outer, `${inner} pixels in a window of ${outer}`);
    }
  });
}

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
  await (await demoMenu(page)).getByRole('link', { name: 'Correlated inputs' }).click();
  await page.locator('[data-panel=histogram] canvas').first().waitFor();
  assert.equal(await page.locator('.opening h1').textContent(), 'Correlated inputs');
  await page.goBack();
  await page.locator('main[data-demo=stdp_window][data-run-state=finished]').waitFor();
  assert.equal(await fingerprint(page), print);
  assert.equal(await button(page, 'Play').isEnabled(), true);
});

const small = '?demo=balanced_networks&part=brunel&num_excitatory=1000&duration_s=0.3';

test('a click on a point of the plane runs that network, and Back returns', async (t) => {
  const page = await open(t, small);
  const print = await fingerprint(page);
  const plane = page.locator('[data-panel=plane] canvas').first();
  await plane.scrollIntoViewIfNeeded();
  // In the upper right corner, below the head and left of the edge.
  const { width, height } = await plane.boundingBox();
  await plane.click({ position: { x: width * 0.85, y: height * 0.3 } });
  await nextFingerprint(page, print);
  const link = new URL(page.url()).searchParams;
  const [g, external] = ['g', 'external'].map((key) => Number(link.get(key)));
  assert.ok(g > 5 && g <= 8 && (g * 2) % 1 === 0, `g ${g}`);
  assert.ok(external > 2 && external <= 4 && (external * 4) % 1 === 0, `external ${external}`);
  assert.equal(Number(await control(page, 'g').inputValue()), g);
  await page.goBack();
  await eventually(() => fingerprint(page), (now) => now === print, 'Back leads elsewhere', 30_000);
});

test('a click on a row of spikes shows the potential of that neuron, also when the run is over', async (t) => {
  const page = await open(t, small);
  await page.getByRole('tab', { name: 'More figures', exact: true }).click();
  const told = () => page.locator('[data-panel=potential] canvas').first().getAttribute('aria-label');
  const neuron = (text) => text.match(/(excitatory|inhibitory), number \d+/)?.[0];
  let last = neuron(await eventually(told, neuron, 'no neuron is shown'));
  const spikes = page.locator('[data-panel=spikes] canvas').first();
  const { width, height } = await spikes.boundingBox();
  const found = [];
  for (const y of [0.35, 0.55, 0.7]) {
    await spikes.click({ position: { x: width * 0.5, y: height * y } });
    // By its name: what is told of the one before may still change.
    const text = await eventually(told, (text) => neuron(text) && neuron(text) !== last && /number \d+ -?\d/.test(text), 'it shows no other neuron');
    last = neuron(text);
    found.push(text);
  }
  const only = new Set(found.map((text) => text.match(/number (\d+)/)[1]));
  assert.equal(only.size, 3, found.join('; '));
});
