// The two modules are cut at the wire: the page carries no run, the simulator no page.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { button, dist, fingerprint, open, until } from './page.mjs';

const files = await readdir(dist);
const bytes = (name) => readFile(path.join(dist, files.find((file) => name.test(file))));
const page = await bytes(/^page-.*_bg\.wasm$/);
const simulator = await bytes(/^simulator_bg\.wasm$/);

/** Text that only the run of a model has: what it says of where it is, or of files that it cannot use. */
const runs = {
  characters: ' letters learned',
  stdp_window: "the first spike's trace fades",
  groups: 'only the neuron (part=neuron) takes spike trains of yours',
  neuron: 'a yoked control makes independent inputs of its own',
  xor_reward: '; here it lies between ',
  distal_network: 'weights of this network lie between 0 and ',
  playground: 'without input spikes there are no weights to load',
  neural_coding: 'codes have no weights to load',
  pairing: 'only the network (part=network) has weights to load',
  reward_task: ', stimulus ',
  biofeedback: 'the rewarded neuron fires at ',
  clustering: ', last reward +1',
  published_clustering: 'no output started above threshold',
  recurrent: 'only inhibition that learns (part=learned) has weights to load',
  learned: 'inhibitory weights lie between 0 and ',
};
/** Text that only the page has. */
const views = ['Copy report', 'prefers-color-scheme', 'visually-hidden'];

for (const [run, text] of Object.entries(runs)) {
  test(`the run of ${run} is in the simulator and not in the page`, () => {
    assert.ok(simulator.includes(text), `the simulator does not say "${text}" any more: find another of its words`);
    assert.ok(!page.includes(text), 'the page carries it');
  });
}

for (const text of views) {
  test(`"${text}" is in the page and not in the simulator`, () => {
    assert.ok(page.includes(text), 'the page does not say it any more: find another of its words');
    assert.ok(!simulator.includes(text), 'the simulator carries it');
  });
}

test('a run in the page itself is the one in the worker', async (t) => {
  const refused = () => {
    window.Worker = function Worker() {
      throw new DOMException('refused', 'SecurityError');
    };
  };
  const query = '?demo=xor_reward&epochs=5&autorun=0';
  const ended = [];
  for (const init of [undefined, refused]) {
    const tab = await open(t, query, { state: 'idle', init });
    // At once: what is asked before the simulator has come is not lost.
    await button(tab, 'To the end').click();
    await until(tab, 'finished');
    ended.push(await fingerprint(tab));
  }
  assert.match(ended[0], /^\w{5}-\w{5}-\w{5}$/);
  assert.equal(ended[0], ended[1]);
});

test('a simulator that cannot be loaded is told, and the link stays', async (t) => {
  const routes = { '**/simulator_bg.wasm*': (route) => route.fulfill({ status: 404 }) };
  const tab = await open(t, '?seed=7', { state: 'failed', routes, expected: /404/ });
  assert.match(await tab.locator('.problem').innerText(), /simulator_bg\.wasm.*404/);
  assert.match(tab.url(), /seed=7/);
});

for (const [where, refuses] of [['in a worker', false], ['in the page', true]]) {
  test(`a simulator's script that is missing once is told at once, and Restart gets it (${where})`, async (t) => {
    let isMissing = true;
    const routes = {
      '**/simulator.js*': (route) => (isMissing ? route.fulfill({ status: 404 }) : route.continue()),
    };
    const init = (refuses) => {
      // No time limit is what finds it.
      const { setTimeout } = window;
      window.setTimeout = (what, ms, ...rest) => (ms >= 8_000 ? 0 : setTimeout(what, ms, ...rest));
      if (!refuses) return;
      window.Worker = function Worker() {
        throw new DOMException('refused', 'SecurityError');
      };
    };
    const expected = /404|dynamically imported/;
    const tab = await open(t, '', { state: 'failed', routes, init: `(${init})(${refuses})`, expected });
    isMissing = false;
    await button(tab, 'Restart').click();
    await until(tab, 'finished');
  });
}
