// The visitor's own files: they stay with the run, the link names them, and nothing else runs in their place.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';

import {
  address, allParameters, button, control, enter, eventually, fingerprint, nextFingerprint, open, runState, tab, until,
} from './page.mjs';

const golden = (name) => readFile(path.join(import.meta.dirname, '../golden', name), 'utf8');
const trains = await golden('trains.csv');
const expected = JSON.parse(await golden('trains.json'));
const query = `?${expected.link}`;

const line = (page, key = 'data') => page.locator(`.file-list li[data-file=${key}]`);
const twin = (page) => page.locator('main').getAttribute('data-twin-fingerprint');

/** Chooses a file, as the visitor does in the browser's own dialogue. */
const load = (page, text, name = 'base.csv') =>
  page.locator('input[type=file][name=file]').first().setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

/** A page whose run is driven by the golden file. */
async function driven(t, more = '') {
  const page = await open(t, query + more);
  const before = await fingerprint(page);
  await load(page, trains);
  await nextFingerprint(page, before);
  return page;
}

test('spike trains drive the run, and one line tells what was read', async (t) => {
  const page = await driven(t);
  assert.equal(await fingerprint(page), expected.fingerprint);
  const told = await line(page).textContent();
  for (const part of ['base.csv', expected.name, '2,000 spikes of 50 neurons', 'the run lasts 2 s and has 50 inputs']) {
    assert.ok(told.includes(part), `${part}: ${told}`);
  }
  await address(page, (link) => link.get('data') === expected.name);
});

test('the file stays through parameters, presets, seeds, the way back and comparison', async (t) => {
  const page = await driven(t);
  await allParameters(page);
  await enter(page, 'a_plus', '0.004');
  assert.equal(await nextFingerprint(page, expected.fingerprint), expected['fingerprint_a_plus_0.004']);
  await enter(page, 'a_plus', '0.005');
  assert.equal(await nextFingerprint(page, expected['fingerprint_a_plus_0.004']), expected.fingerprint);
  await button(page, 'To the start').click();
  await until(page, 'idle');
  await button(page, 'To the end').click();
  await until(page, 'finished');
  assert.equal(await fingerprint(page), expected.fingerprint);
  await button(page, 'Compare A|B').click();
  // At its end: at the start both have fingerprints too.
  const both = async () => [await runState(page), await twin(page)];
  await eventually(both, ([state, print]) => state === 'finished' && print, 'no second run', 30_000);
  assert.equal(await fingerprint(page), expected.fingerprint, 'A is what it was');
  assert.equal(new URL(page.url()).searchParams.get('data') ?? expected.name, expected.name);
  await button(page, 'Compare A|B').click();
  await until(page, 'finished');
  await button(page, 'New seed').click();
  await address(page, (link) => link.has('seed') && link.get('data') === expected.name);
  await until(page, 'finished');
  assert.equal(await line(page).count(), 1);
  const presets = await control(page, 'preset').locator('option').evaluateAll((all) => all.map((o) => o.value).filter(Boolean));
  await control(page, 'preset').selectOption(presets[1]);
  await address(page, (link) => link.get('data') === expected.name);
  // It comes anew with the run.
  await eventually(() => line(page).count(), (num) => num === 1, 'the line of the file is gone');
});

test('the file drives every one of many seeds', async (t) => {
  const page = await driven(t);
  await tab(page, 'Many seeds');
  await page.locator('select[name=num_seeds]').selectOption('10');
  await page.locator('.seeds').getByRole('button', { name: /Run|Repeat/ }).first().click();
  await page.locator('.seeds[data-state=idle] table').waitFor({ timeout: 120_000 });
  const row = page.locator('.seeds tr', { hasText: 'input rate' }).or(page.locator('.seeds tr', { hasText: 'Rate of the inputs' })).first();
  const text = await page.locator('.seeds table').textContent();
  // Fifty inputs with forty spikes each in two seconds: 20 Hz, whatever the seed.
  assert.match((await row.count()) ? await row.textContent() : text, /20/);
});

test('the link says which file it lacks, and runs nothing else', async (t) => {
  const first = await driven(t);
  await button(first, 'Share').click();
  const card = await first.locator('.share-card').textContent();
  assert.ok(card.includes('base.csv') && card.includes(expected.name), card);
  const link = await first.locator('[name=link]').inputValue();

  const page = await open(t, '', { url: link, state: null });
  const missing = page.locator('[data-missing]');
  await missing.waitFor();
  assert.ok((await missing.textContent()).includes(expected.name));
  assert.equal(await runState(page), 'idle');
  assert.equal(await fingerprint(page), '');
  assert.equal(new URL(page.url()).searchParams.get('data'), expected.name, 'the address keeps the name');
  await load(page, trains, 'sent by mail.csv');
  await until(page, 'finished');
  assert.equal(await fingerprint(page), expected.fingerprint);
  assert.equal(await missing.count(), 0);
  assert.equal(await page.locator('.notices').count(), 0, 'it is the file that the link names');
});

test('another file of the right kind is taken, with a notice', async (t) => {
  const page = await open(t, `${query}&data=zugim-rabid-vizos`, { state: null });
  await page.locator('[data-missing]').waitFor();
  await load(page, trains);
  await until(page, 'finished');
  assert.equal(await fingerprint(page), expected.fingerprint);
  const notice = await page.locator('.notices').textContent();
  assert.ok(notice.includes('zugim-rabid-vizos') && notice.includes(expected.name), notice);
});

test('a link without its file can be run without it, by a button', async (t) => {
  const page = await open(t, `${query}&data=zugim-rabid-vizos`, { state: null });
  await page.locator('[data-missing]').waitFor();
  await button(page, 'Run without it').click();
  await until(page, 'finished');
  await address(page, (link) => !link.has('data'));
});

test('a file is taken out by its button', async (t) => {
  const page = await open(t, query);
  const before = await fingerprint(page);
  await load(page, trains);
  await nextFingerprint(page, before);
  await page.getByRole('button', { name: 'Remove the spike trains' }).click();
  assert.equal(await nextFingerprint(page, expected.fingerprint), before);
  assert.equal(await line(page).count(), 0);
  await address(page, (link) => !link.has('data'));
});

test('a run is made as long as the data, and gets as many inputs', async (t) => {
  const page = await open(t, '?demo=correlated_inputs&duration_s=20');
  const before = await fingerprint(page);
  await load(page, trains);
  await nextFingerprint(page, before);
  assert.match(await line(page).textContent(), /the run lasts 20 s and has 100 inputs/);
  await button(page, 'Run as long as the data').click();
  await address(page, (link) => link.get('duration_s') === '2');
  await button(page, 'Use as many inputs as the data').click();
  await address(page, (link) => link.get('num_inputs') === '50');
  await until(page, 'finished');
  await eventually(() => fingerprint(page), (print) => print === expected.fingerprint, 'not the golden run', 30_000);
});

test('what cannot be read is refused with a line and a rule, and nothing is lost', async (t) => {
  const page = await driven(t);
  await load(page, 'neuron,time_ms\n1,5\n2,yesterday\n', 'odd.csv');
  const notice = page.locator('.notices');
  await notice.waitFor();
  assert.match(await notice.textContent(), /odd\.csv.*not loaded.*line 3.*yesterday/);
  assert.equal(await fingerprint(page), expected.fingerprint);
  assert.equal(await line(page).count(), 1);
});

test('a restarted simulator still has the file', async (t) => {
  const { keepWorkers, killWorker } = await import('./page.mjs');
  const page = await open(t, query, { init: keepWorkers });
  const before = await fingerprint(page);
  await load(page, trains);
  await nextFingerprint(page, before);
  await killWorker(page, 'it fell over');
  await button(page, 'Restart').click();
  await until(page, 'finished');
  assert.equal(await fingerprint(page), expected.fingerprint);
});

test('of files that are chosen one after the other, the last counts', async (t) => {
  const page = await open(t, query);
  const before = await fingerprint(page);
  const long = `neuron,time_ms\n${'7,100.5\n'.repeat(200_000)}`;
  await load(page, long, 'long.csv');
  await load(page, trains, 'last.csv');
  await line(page).filter({ hasText: 'last.csv' }).waitFor();
  await eventually(() => fingerprint(page), (print) => print === expected.fingerprint, `still ${before}`, 30_000);
});

test('without its file no run can be started', async (t) => {
  const page = await open(t, `${query}&data=zugim-rabid-vizos`, { state: null });
  await page.locator('[data-missing]').waitFor();
  assert.ok(await button(page, 'Play').isDisabled());
  assert.ok(await button(page, 'To the end').isDisabled());
});
