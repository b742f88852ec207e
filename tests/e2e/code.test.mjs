// The network as a program beside the network: what a control changes is lit there. And a lone neuron beside its figure.
import assert from 'node:assert/strict';
import test from 'node:test';

import { allParameters, button, control, eventually, fingerprint, nextFingerprint, open, tab } from './page.mjs';

const short = '?demo=playground&duration_s=2';
const program = (page) => page.locator('[data-panel=code] pre');
const lit = (page) => page.locator('[data-panel=code] mark');

test('a program for Brian 2 and one for NEST follow the run, and the lines that change are lit', async (t) => {
  const page = await open(t, `${short}&rate_hz=20`);
  const print = await fingerprint(page);
  await allParameters(page);
  await tab(page, 'Code');
  await program(page).filter({ hasText: 'from brian2 import' }).waitFor();
  assert.match(await program(page).innerText(), /20\.0/);
  assert.equal(await lit(page).count(), 0, 'nothing has changed yet');
  await control(page, 'ratio').fill('1.25');
  await control(page, 'ratio').press('Enter');
  await nextFingerprint(page, print);
  await lit(page).first().waitFor();
  const lines = await lit(page).allInnerTexts();
  assert.ok(lines.length <= 4 && lines.some((line) => /0\.00625/.test(line)), `${lines}`);
  await button(page, 'NEST').click();
  await program(page).filter({ hasText: 'import nest' }).waitFor();
  assert.equal(await lit(page).count(), 0, 'another simulator is no change');
});

test('what cannot be written says why', async (t) => {
  const page = await open(t, `${short}&neuron=second_order&neurons=several&lateral=soft`);
  await fingerprint(page);
  await tab(page, 'Code');
  await page.locator('[data-panel=code]').getByText('No program of this run').waitFor();
  assert.equal(await program(page).isVisible(), false);
});

test('a run in trials has no tab for it, and a run without trials no button to the next one', async (t) => {
  const trials = await open(t, '?epochs=4');
  await fingerprint(trials);
  assert.ok(await button(trials, 'Next trial').isVisible());
  assert.equal(await trials.getByRole('tab', { name: 'Code' }).count(), 0);
  const page = await open(t, short);
  await fingerprint(page);
  await eventually(() => button(page, 'Next trial').isVisible(), (is) => !is, 'Next trial of a run without trials');
  await page.getByRole('tab', { name: 'Code' }).waitFor();
});

test('of a lone neuron the figure is large, and its picture stands beside it', async (t) => {
  const page = await open(t, '?demo=playground&inputs=none&current=constant');
  await fingerprint(page);
  const box = (selector) => page.locator(selector).first().boundingBox();
  const [figure, net] = [await box('.heroes .panel'), await box('.panel.network')];
  assert.ok(figure.width > 1.5 * net.width && figure.height > net.height, `${JSON.stringify([figure, net])}`);
});
