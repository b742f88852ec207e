// The playground: a network of whatever is chosen, one link, a message beside what does not go together, a script to take home.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { allParameters, button, control, eventually, fingerprint, newPage, nextFingerprint, open, runState, tab, until } from './page.mjs';

const short = '?demo=playground&duration_s=5';

test('whatever is chosen is a link, and the link is what was chosen', async (t) => {
  const page = await open(t, short);
  const first = await fingerprint(page);
  await control(page, 'neuron').selectOption('adex');
  const second = await nextFingerprint(page, first);
  await control(page, 'inputs').selectOption('none');
  await control(page, 'current').selectOption('constant');
  await page.locator('[data-panel=plane] canvas').first().waitFor();
  const url = await eventually(() => page.url(), (url) => /inputs=none/.test(url) && /current=constant/.test(url), 'the link does not follow');
  assert.match(url, /neuron=adex/);
  await until(page, 'finished');
  const last = await fingerprint(page);
  assert.notEqual(last, second);
  const again = await newPage(t);
  await again.goto(url);
  await until(again, 'finished');
  assert.equal(await fingerprint(again), last);
});

test('what does not go together says so beside its control, and the run on screen stays', async (t) => {
  const page = await open(t, `${short}&neuron=adex`);
  const print = await fingerprint(page);
  await allParameters(page);
  await control(page, 'synapse').selectOption('conductance');
  const error = page.locator('[id="synapse-error"]');
  await error.filter({ hasText: /leaky neurons/ }).waitFor();
  assert.equal(await fingerprint(page), print);
  assert.equal(await runState(page), 'finished');
  await control(page, 'synapse').selectOption('current');
  await nextFingerprint(page, print);
  assert.equal(await error.innerText(), '');
});

test('the network is taken home as a program for Brian 2 and for NEST, or it says why not', async (t) => {
  const page = await open(t, short);
  await tab(page, 'Results');
  for (const [name, key, import_] of [['Brian 2', 'brian2', /from brian2 import/], ['NEST', 'nest', /import nest/]]) {
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, `Script for ${name}`).click()]);
    assert.equal(download.suggestedFilename(), `playground-seed-1-${key}.py`);
    const text = await readFile(await download.path(), 'utf8');
    assert.match(text, import_);
    assert.match(text, /demo=playground/);
  }
  const other = await open(t, '?demo=playground&inputs=none&neuron=hodgkin_huxley');
  await tab(other, 'Results');
  await button(other, 'Script for Brian 2').click();
  await other.locator('.everything output').getByText(/Hodgkin–Huxley.*Take leaky/).waitFor();
});

test('a long menu of presets is searched, and equations are those of the neuron, whatever drives it', async (t) => {
  const page = await open(t, short);
  const search = page.getByRole('searchbox', { name: 'Search presets' });
  const labels = () => control(page, 'preset').locator('option').allTextContents();
  const all = (await labels()).length;
  await search.fill('rebound burst');
  await eventually(labels, (found) => found.length < 6 && found.some((label) => /Rebound burst/.test(label)), 'the search finds too much');
  const first = await fingerprint(page);
  await control(page, 'preset').selectOption('izh_n_rebound_burst');
  await nextFingerprint(page, first);
  await search.fill('');
  await eventually(async () => (await labels()).length, (found) => found === all, 'presets are missing');
  assert.equal(await control(page, 'preset').inputValue(), 'izh_n_rebound_burst');
  const equations = () => page.locator('#equations dl:not([hidden]) dt:not([hidden])').count();
  assert.equal(await equations(), 2);
  await control(page, 'inputs').selectOption('spikes');
  await eventually(equations, (shown) => shown === 4, 'the equations do not follow the inputs');
});

test('a neuron under a current has its rate and its phase plane beside the run', async (t) => {
  const page = await open(t, '?demo=playground&preset=adapting');
  for (const panel of ['potential', 'plane', 'response']) {
    assert.equal(await page.locator(`[data-panel=${panel}] canvas`).count(), 1, panel);
  }
  assert.equal(await page.locator('[data-panel=weights]').count(), 0);
});
