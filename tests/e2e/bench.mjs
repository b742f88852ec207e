// Measures the built page: how soon it is there, whether it stays quick while it trains, and how fast the simulator is
// in wasm beside native code. Not a test: the numbers depend on the machine.
//   node bench.mjs [page|benchmarks|presets]      DIST and STDP name another page and another command line.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { launchChromium } from './browsers.mjs';
import { serve } from './serve.mjs';
import { worker } from './worker.mjs';

const dist = path.resolve(import.meta.dirname, process.env.DIST ?? '../../dist');
const stdp = path.resolve(import.meta.dirname, process.env.STDP ?? '../../target/release/stdp');
const long = '?mode=paper&tau_plus_ms=20&letters=ABCDEFGHIJKLMNOPQRSTUVWXYZ&epochs=500&autorun=0';

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ms = (numbers) => `${median(numbers).toFixed(0)} ms (median of ${numbers.length}; at most ${Math.max(...numbers).toFixed(0)} ms)`;

/** Runs in the page, from its start: notes when Play is there, and when the run is finished. */
function noteTimes() {
  window.times = {};
  new MutationObserver(() => {
    const main = document.querySelector('main');
    // The document is there at once; the program brings the button.
    if (!main?.querySelector('button[aria-label=Play]')) return;
    window.times.interactive ??= performance.now();
    if (main.dataset.runState === 'finished') window.times.finished ??= performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

/** Opens a demo with an empty cache; `slower` is by how much the processor is throttled. */
async function load(browser, site, slower) {
  const times = { interactive: [], 'after download': [], finished: [] };
  for (let i = 0; i < 5; i++) {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    await context.addInitScript(noteTimes);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
    await page.goto(`${site.url}characters.html`);
    const found = await (await page.waitForFunction(() => window.times.finished && window.times)).jsonValue();
    const downloaded = await page.evaluate(() =>
      performance.getEntriesByType('resource').find(({ name }) => /\/page-[^/]*_bg\.wasm$/.test(name)).responseEnd);
    times.interactive.push(found.interactive);
    times['after download'].push(found.interactive - downloaded);
    times.finished.push(found.finished);
    await context.close();
  }
  for (const name of Object.keys(times)) console.log(`cold load, processor ${slower} times slower: ${name.padEnd(15)} ${ms(times[name])}`);
}

async function training(browser, site) {
  const page = await browser.newPage();
  await page.goto(site.url + long);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.locator('main[data-run-state=running]').waitFor();
  const gap = await page.evaluate(async () => {
    // A timer comes at most 4 ms late unless something else holds the thread.
    let [longest, last] = [0, performance.now()];
    for (const end = last + 5_000; last < end; ) {
      await new Promise((resolve) => setTimeout(resolve));
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
    return longest;
  });
  console.log(`longest main-thread task in 5 s of training   ${gap.toFixed(0)} ms`);

  const latencies = [];
  for (let i = 0; i < 20; i++) {
    latencies.push(
      await page.evaluate(async () => {
        const click = (name) => document.querySelector(`button[aria-label="${name}"]`).click();
        const main = document.querySelector('main');
        const reached = (state) =>
          new Promise((resolve, reject) => {
            const look = () => main.dataset.runState === state && (watch.disconnect(), resolve(performance.now()));
            const watch = new MutationObserver(look);
            watch.observe(main, { attributes: true });
            look();
            setTimeout(() => reject(new Error(`${main.dataset.runState}, not ${state}`)), 5_000);
          });
        await new Promise((resolve) => setTimeout(resolve, 50 + 100 * Math.random()));
        const start = performance.now();
        click('Pause');
        const latency = (await reached('paused')) - start;
        // Back to the start, since no run is long enough for all of this.
        click('To the start');
        await reached('idle');
        click('Play');
        await reached('running');
        return latency;
      }),
    );
  }
  console.log(`Pause answers while training at full speed    ${ms(latencies)}`);
  await page.close();
}

/** Seconds that the page's main thread has worked: for scripts, and for everything. */
async function worked(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return ['ScriptDuration', 'TaskDuration'].map((name) => metrics.find((metric) => metric.name === name).value);
}

/** Pictures of the film per second, the longest pause between two, and how long the page works for one, while it plays. */
async function film(browser, site) {
  for (const [name, query] of [
    ['characters', 'characters.html?v=1'],
    ['xor_reward', 'xor_reward.html?v=1'],
    ['reward_baseline', 'reward_baseline.html?v=1'],
    ['pattern_clustering', 'pattern_clustering.html?v=1'],
    ['correlated_inputs', 'correlated_inputs.html?v=1'],
    ['balanced_networks', 'balanced_networks.html?v=1'],
    ['Brunel AI', 'balanced_networks.html?v=1&part=brunel'],
    ['distal_reward', 'distal_reward.html?v=1&duration_s=100'],
    ['distal_reward, network alone', 'distal_reward.html?v=1&duration_s=100&embed=1&show=network,transport'],
  ]) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'no-preference' });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable');
    await page.goto(`${site.url}${query}&t=1`);
    await page.locator('main[data-film=resting]').waitFor({ timeout: 120_000 });
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    const before = await worked(devtools);
    const told = await page.evaluate(async () => {
      const main = document.querySelector('main');
      let [pictures, longest, last, shown] = [0, 0, performance.now(), main.dataset.shownMs];
      for (const end = last + 5_000; performance.now() < end; ) {
        await new Promise(requestAnimationFrame);
        if (main.dataset.shownMs === shown) continue;
        shown = main.dataset.shownMs;
        const now = performance.now();
        longest = Math.max(longest, now - last);
        last = now;
        pictures += 1;
      }
      return { pictures, longest };
    });
    const [script, all] = (await worked(devtools)).map((now, place) => ((1_000 * (now - before[place])) / told.pictures).toFixed(1));
    const rate = (told.pictures / 5).toFixed(0);
    console.log(`film of ${name}: ${rate} pictures a second, the longest pause ${told.longest.toFixed(0)} ms; for one ${script} ms of script, ${all} ms of all work`);
    await context.close();
  }
}

/** Many seeds on all cores beside many seeds on one. */
async function pool(browser, site) {
  const time = async (cores) => {
    const context = await browser.newContext();
    if (cores) await context.addInitScript((n) => Object.defineProperty(navigator, 'hardwareConcurrency', { value: n }), cores);
    const page = await context.newPage();
    await page.goto(`${site.url}characters.html?v=1&letters=ABCDEFGH&epochs=100&autorun=0`);
    await page.getByRole('tab', { name: 'Many seeds' }).click();
    await page.locator('[name=num_seeds]').selectOption('50');
    const run = async () => {
      const start = performance.now();
      await page.getByRole('button', { name: 'Run all' }).click();
      await page.locator('[data-panel=seeds][data-state=running]').waitFor();
      await page.locator('[data-panel=seeds][data-state=idle] table').waitFor({ timeout: 300_000 });
      return performance.now() - start;
    };
    // The first time the simulator is fetched and compiled.
    await run();
    const ms = await run();
    await context.close();
    return ms;
  };
  const [one, all] = [await time(1), await time()];
  console.log(`50 seeds in the page: ${(one / 1000).toFixed(1)} s on one core, ${(all / 1000).toFixed(1)} s on all (${(one / all).toFixed(2)} times as fast)`);
}

/** Simulated seconds per second: the best of as many runs as fit into 0.4 s; a long one is cut off. */
function speedInWasm({ LinkRun }, link) {
  let best = 0;
  for (const start = performance.now(); performance.now() - start < 400; ) {
    const run = new LinkRun(link);
    const before = performance.now();
    while (performance.now() - before < 400 && run.step(2_000));
    best = Math.max(best, run.simMs() / (performance.now() - before));
    run.free();
  }
  return best;
}

/** Programs that Brian 2 has written for the same benchmarks, built in `folder`, if `make reference` has installed it. */
function brian(folder) {
  const python = path.resolve(import.meta.dirname, '../../.tools/reference/bin/python');
  if (!existsSync(python)) return {};
  const script = path.resolve(import.meta.dirname, '../reference/brian_speed.py');
  const programs = JSON.parse(execFileSync(python, [script, folder], { stdio: ['ignore', 'pipe', 'ignore'] }));
  for (const [name, { figures }] of Object.entries(programs)) console.log(`Brian 2, ${name}: ${JSON.stringify(figures)}`);
  return programs;
}

/** CPU seconds per simulated second of one run of Brian's program. */
function costOfBrian({ folder, duration_s }) {
  execFileSync('./main', { cwd: folder, stdio: 'ignore' });
  return Number(readFileSync(path.join(folder, 'results/last_run_info.txt'), 'utf8').split(' ')[0]) / duration_s;
}

/** Where plain loops in C++ do the same: the program and what it is asked for. */
const PLAIN = {
  'correlated groups, each': ['plain_loops', 'groups'],
  'STDP inputs': ['plain_loops', 'stdp'],
  CUBA: ['balanced_plain', 'cuba'],
  COBA: ['balanced_plain', 'coba'],
  'Brunel AI': ['balanced_plain', 'ai'],
};

/** Those programs, built in `folder`; what one is asked for it answers with its cost and figures. None without a compiler. */
function plainLoops(folder) {
  const programs = new Map();
  for (const [name, [source, asked]] of Object.entries(PLAIN)) {
    const program = path.join(folder, source);
    try {
      if (!existsSync(program)) {
        const file = path.resolve(import.meta.dirname, `../reference/${source}.cpp`);
        execFileSync('c++', ['-O3', '-o', program, file], { stdio: 'ignore' });
      }
      programs.set(name, () => JSON.parse(execFileSync(program, [asked])));
    } catch {
      console.log(`no plain loop of ${name}: there is no C++ compiler`);
    }
  }
  return programs;
}

const native = (name) => JSON.parse(execFileSync(stdp, ['bench', '--json', name]));
const least = (rounds) => Math.min(...rounds);

/**
 * Everything that is compared is run in turn, several times, and the best of each counts: the machine may be twice
 * as slow for half a minute, and what it does besides only makes a run slower.
 */
function inTurn(rounds, contestants) {
  const all = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) contestants.forEach((measure, place) => all[place].push(measure()));
  return all.map(least);
}

const beside = (ours, theirs) => (theirs ? `Brian 2 C++ ${theirs.toFixed(4)}, ${(theirs / ours).toFixed(1)} times` : 'without Brian 2');

const besidePlain = (ours, { figures, rate_hz }, plain) =>
  `   plain C++ ${plain.toFixed(6)}, ${(ours / plain).toFixed(2)} of it (${JSON.stringify(figures ?? { rate_hz })})`;

function benchmarks(wasm, programs, loops) {
  console.log('CPU s per simulated s                      native      wasm  wasm/native');
  for (const benchmark of ['correlated groups, each', 'STDP inputs', '500 inputs', 'XOR', 'DA-STDP network', 'ten neurons', 'CUBA', 'COBA', 'Brunel AI']) {
    const { name, link, parts, figures } = native(benchmark).benchmarks[0];
    const [program, loop] = [programs[name], loops.get(name)];
    const contestants = [() => native(benchmark).benchmarks[0].cpu_s_per_sim_s, () => 1 / speedInWasm(wasm, link) / parts];
    if (loop) contestants.push(() => loop().cpu_s_per_sim_s);
    if (program) contestants.push(() => costOfBrian(program));
    const [ours, here, ...others] = inTurn(5, contestants);
    const plain = loop ? besidePlain(ours, loop(), others.shift()) : '';
    const numbers = `${ours.toFixed(6).padStart(10)} ${here.toFixed(6).padStart(9)} ${(here / ours).toFixed(2).padStart(12)}`;
    console.log(`${name.padEnd(38)} ${numbers}   ${beside(ours, others[0])}${plain}   ${JSON.stringify(figures)}`);
  }
  const adex = [() => native('AdEx').adex.cpu_s_per_sim_s];
  if (programs.AdEx) adex.push(() => costOfBrian(programs.AdEx));
  const [ours, theirs] = inTurn(5, adex);
  console.log('1,000 AdEx neurons without synapses'.padEnd(38), `${ours.toFixed(6).padStart(10)}   ${beside(ours, theirs)}   ${JSON.stringify(native('AdEx').adex)}`);
  native('groups stored').groups_stored.forEach(({ c, rate_hz }, place) => {
    const program = programs[`correlated group, c = ${c}`];
    const contestants = [() => native('groups stored').groups_stored[place].cpu_s_per_sim_s];
    if (program) contestants.push(() => costOfBrian(program));
    const [ours, theirs] = inTurn(3, contestants);
    console.log(`one group, all spikes stored, c = ${c}`.padEnd(38), `${ours.toFixed(6).padStart(10)}   ${rate_hz.toFixed(2)} Hz   ${beside(ours, theirs)}`);
  });
}

/** Each in turn natively and in wasm. */
function presets(wasm) {
  console.log('simulated seconds per second                      native      wasm  native/wasm');
  const [ratios, small] = [[], []];
  for (const id of wasm.allPresets()) {
    let synapses;
    const fast = () => {
      const run = native(id).runs.find((run) => run.id === id);
      synapses = run.synapses;
      return 1 / run.sim_s_per_s;
    };
    const [one, other] = inTurn(3, [fast, () => 1 / speedInWasm(wasm, id)]);
    ratios.push(other / one);
    // Those of the playground tell how many synapses they have; small networks are to run at 20 times real time.
    if (synapses !== null && synapses < 2_000) small.push([1 / other, id]);
    console.log(`${id.padEnd(45)} ${(1 / one).toFixed(0).padStart(10)} ${(1 / other).toFixed(0).padStart(9)} ${(other / one).toFixed(2).padStart(9)}`);
  }
  const slow = ratios.filter((ratio) => ratio > 1.5).length;
  console.log(`native/wasm: median ${median(ratios).toFixed(2)}, at most ${Math.max(...ratios).toFixed(2)}; more than 1.5 for ${slow} of ${ratios.length}`);
  small.sort(([a], [b]) => a - b);
  const tooSlow = small.filter(([speed]) => speed < 20).length;
  console.log(`${small.length} networks of the playground have fewer than 2,000 synapses: ${tooSlow} below 20 times real time in wasm; the slowest:`);
  for (const [speed, id] of small.slice(0, 5)) console.log(`  ${id} ${speed.toFixed(0)}`);
}

async function compared(wasm) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    benchmarks(wasm, brian(folder), plainLoops(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`a native sweep on two cores is ${native('sweep').sweep_on_two_cores.toFixed(2)} times as fast as on one`);
}

async function page() {
  const site = await serve(dist);
  const browser = await launchChromium();
  try {
    await load(browser, site, 1);
    await load(browser, site, 4);
    await training(browser, site);
    await film(browser, site);
    await pool(browser, site);
  } finally {
    await browser.close();
    await site.close();
  }
}

console.log(`${os.cpus().length} processors, load ${os.loadavg()[0].toFixed(1)} before the start`);
const only = process.argv[2];
const wants = (part) => !only || only === part;
if (wants('page')) await page();
const wasm = await worker(dist);
if (wants('benchmarks')) await compared(wasm);
if (wants('presets')) presets(wasm);
