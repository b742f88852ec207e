// The same link gives the same fingerprint in Node, in Chromium, in Firefox, in a worker and without one.
// What native code gives is in golden/fingerprints.json, which the native tests check.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';

import { readInFirefox } from './firefox.mjs';
import { dist, fingerprint, open, simMs } from './page.mjs';
import { worker } from './worker.mjs';

const golden = JSON.parse(await readFile(path.join(import.meta.dirname, '../golden/fingerprints.json'), 'utf8'));
const query = (link, seed) => `?${new URLSearchParams(link.split('?').at(-1))}&seed=${seed}`;
// Runs that a fault stops.
const stopped = JSON.parse(await readFile(path.join(import.meta.dirname, '../golden/stopped.json'), 'utf8'));
const all = Object.entries(golden).flatMap(([id, { link, tick, seed_1, seed_7 }]) => [
  { id, tick, query: query(link, 1), expected: seed_1 },
  { id, tick, query: query(link, 7), expected: seed_7 },
]);
const of = (id, seed) => all.find((run) => run.id === id && run.query.endsWith(`seed=${seed}`));
const some = [
  of('characters/mended', 1), of('characters/as_coded_alphabet', 7), of('characters/as_paper', 1),
  of('correlated_inputs/published_synapse', 7), of('correlated_inputs/find_correlated', 1),
  of('xor_reward/temporal_mstdpet', 7), of('distal_reward/pairing', 1), of('distal_reward/benchmark', 7),
  of('pattern_clustering/reward', 1), of('characters/reward', 7), of('balanced_networks/cuba', 1), of('playground/compete', 1), of('playground/irregular', 1), of('playground/formula_bcm', 1), of('playground/own_window', 1), of('playground/voltage', 1), of('playground/aelif_meant', 1), of('playground/b1_multiplying', 1), of('balanced_networks/ai', 7),
  of('neural_coding/race_jitter', 1), of('neural_coding/published_poisson', 7),
];

test('every preset in Node', async (t) => {
  const { LinkRun, allPresets } = await worker(dist);
  assert.deepEqual(Object.keys(golden).sort(), allPresets().sort());
  for (const { id, tick, query, expected } of all) {
    await t.test(`${id} ${query}`, () => {
      const run = new LinkRun(query);
      // Steps of an odd size: where a run is cut must not matter.
      for (let left = tick; left > 0; left -= 1_237) run.step(Math.min(left, 1_237));
      assert.equal(run.fingerprint(), expected);
      run.free();
    });
  }
});

test('runs that a fault stops, in Node', async (t) => {
  const { LinkRun } = await worker(dist);
  for (const [name, { link, sim_ms, fingerprint, fault }] of Object.entries(stopped)) {
    await t.test(name, () => {
      for (const size of [1, 1_237, 1_000_000]) {
        const run = new LinkRun(`?${link}`);
        while (run.step(size));
        assert.deepEqual([run.fingerprint(), run.simMs(), run.fault()], [fingerprint, sim_ms, fault]);
        run.free();
      }
    });
  }
});

const refuseWorkers = () => {
  window.Worker = function Worker() {
    throw new DOMException('refused', 'SecurityError');
  };
};

for (const [name, { link, sim_ms, fingerprint: print, fault }] of Object.entries(stopped)) {
  for (const [where, init] of [['in a worker', undefined], ['in the page', refuseWorkers]]) {
    test(`a run stopped by ${name} in Chromium, ${where}`, async (t) => {
      for (let time = 0; time < 3; time++) {
        const page = await open(t, `?${link}`, { init, state: 'failed' });
        assert.deepEqual([await fingerprint(page), await simMs(page)], [print, sim_ms]);
        assert.ok((await page.locator('.problem').textContent()).includes(fault));
      }
      const pair = await open(t, `?${link}&compare=1`, { init, state: 'failed' });
      const twin = await pair.locator('main').getAttribute('data-twin-fingerprint');
      assert.deepEqual([await fingerprint(pair), twin], [print, print]);
    });
  }
}

for (const { id, query, expected } of some) {
  test(`${id} in Chromium, in a worker`, async (t) => {
    const page = await open(t, query);
    assert.equal(page.workers().length, 1);
    assert.equal(await fingerprint(page), expected);
  });

  test(`${id} in Chromium, in the page`, async (t) => {
    const page = await open(t, query, { init: refuseWorkers });
    assert.equal(page.workers().length, 0);
    assert.equal(await fingerprint(page), expected);
  });
}

for (const [where, hidden] of [['in a worker', []], ['in the page', ['worker-start.js']]]) {
  test(`in Firefox, ${where}`, async (t) => {
    const broken = Object.entries(stopped);
    const queries = [...some.map(({ query }) => query), ...broken.map(([, { link }]) => `?${link}`)];
    const found = await readInFirefox(dist, queries, { hidden });
    assert.equal(found.length, queries.length);
    for (const [place, [name, { fingerprint }]] of broken.entries()) {
      const expected = { state: 'failed', fingerprint, errors: [] };
      await t.test(`stopped by ${name}`, () => assert.deepEqual(found[some.length + place], expected));
    }
    for (const [place, { id, expected }] of some.entries()) {
      await t.test(id, () => assert.deepEqual(found[place], { state: 'finished', fingerprint: expected, errors: [] }));
    }
  });
}
