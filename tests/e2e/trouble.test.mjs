// When things go wrong.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';

import { button, control, dist, eventually, fingerprint, keepWorkers, killWorker, newPage, open, pause, runState, shownMs, simMs, site, tab, until, untilFilm } from './page.mjs';
import { serve } from './serve.mjs';

// A run of many seconds at full speed.
const long = '?mode=paper&tau_plus_ms=20&letters=ABCDEFGHIJKLMNOPQRSTUVWXYZ&epochs=500&autorun=0';

// A worker that is silent for so many milliseconds is taken for dead.
const patience = 12_000;

const abort = (route) => route.abort();
const loadFailed = /Failed to load resource|ERR_FAILED|Failed to fetch/;

test('a worker that was killed', async (t) => {
  const page = await open(t, '?seed=7', { init: keepWorkers, permissions: ['clipboard-read', 'clipboard-write'] });
  const print = await fingerprint(page);
  await page.evaluate(() => window.workers.at(-1).terminate());
  await button(page, 'Play').click();
  const card = page.getByRole('alert').filter({ hasText: 'The simulator stopped working' });
  await card.waitFor({ timeout: patience + 30_000 });
  assert.equal(await runState(page), 'failed');
  assert.equal(await button(page, 'Play').isDisabled(), true);
  assert.equal(await page.locator('#crash').isVisible(), false);

  await card.getByRole('button', { name: 'Copy report' }).click();
  const report = await eventually(() => page.evaluate(() => navigator.clipboard.readText()), (text) => text !== '', 'nothing is copied');
  assert.match(report, /seed=7/);
  assert.match(report, /does not answer/);
  assert.match(report, /Chrome/);

  await card.getByRole('button', { name: 'Restart' }).click();
  await until(page, 'finished');
  assert.equal(await fingerprint(page), print);
  assert.equal(await card.count(), 0);
  assert.equal(await page.evaluate(() => window.workers.length), 2);
});

test('a worker that dies of an error', async (t) => {
  const page = await open(t, '', { init: keepWorkers });
  const print = await fingerprint(page);
  await killWorker(page, 'unreachable');
  const card = page.getByRole('alert').filter({ hasText: 'unreachable' });
  await card.getByRole('button', { name: 'Restart' }).click();
  await until(page, 'finished');
  assert.equal(await fingerprint(page), print);
});

/** Workers whose every word takes a while to arrive. */
function slowWorkers() {
  const Original = Worker;
  window.Worker = class extends Original {
    set onmessage(listener) {
      super.onmessage = (event) => setTimeout(() => listener.call(this, event), 500);
    }
  };
}

test('a worker that answers late is not dead', async (t) => {
  const page = await open(t, '?autorun=0', { init: slowWorkers, state: 'idle' });
  // It is up: only then is it asked whether it still lives.
  await eventually(() => fingerprint(page), Boolean, 'nothing comes of it', 30_000);
  // The second question is under way when the time to answer the first is over, which was answered long ago.
  await button(page, 'Next trial').click();
  const asked = performance.now();
  await untilFilm(page, 'resting');
  await pause(asked + patience - 250 - performance.now());
  await button(page, 'Next trial').click();
  await pause(1_000);
  assert.equal(await page.locator('.problem').count(), 0);
  await until(page, 'paused');
  assert.equal(await page.locator('.problem').count(), 0);
});

test('a worker that cannot be loaded: the page does the work, and keeps doing it', async (t) => {
  const page = await open(t, '', { routes: { '**/worker-start.js*': abort }, expected: loadFailed });
  assert.equal(page.workers().length, 0);
  await button(page, 'To the start').click();
  await until(page, 'idle');
  await button(page, 'Next trial').click();
  await until(page, 'paused');
  const ms = await simMs(page);
  // Whatever was waiting for the worker must not come and start over.
  await pause(9_000);
  assert.equal(await runState(page), 'paused');
  assert.equal(await simMs(page), ms);
});

test('numbers that blow up: the run stops there, what was drawn stays, and the way out is said', async (t) => {
  const page = await open(t, '?epochs=4');
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save weights').click()]);
  assert.equal(download.suggestedFilename(), 'characters-weights.csv');
  const text = await readFile(await download.path(), 'utf8');
  // Weights whose sum is not finite.
  const broken = text.replace(/^(input_to_output,.*,)[^,]*$/gm, '$1-3.4e38');
  assert.notEqual(broken, text);
  await page.locator('input[name=file]').setInputFiles({ name: 'broken.csv', mimeType: 'text/csv', buffer: Buffer.from(broken) });
  await until(page, 'failed');
  const card = page.getByRole('alert').filter({ hasText: /not a finite number at tick \d+/ });
  assert.match(await card.textContent(), /Try smaller gains/);
  const figures = await page.locator('[data-panel] canvas').evaluateAll((all) => all.map((canvas) => canvas.width * canvas.height));
  assert.ok(figures.length > 3 && figures.every((size) => size > 0), `${figures}`);
  assert.ok((await simMs(page)) > 0);
  // No output has fired: the only upright line is the mark of where the run stopped.
  const tallest = () =>
    page.locator('[data-panel=outputs] canvas').evaluate((canvas) => {
      const { width, height } = canvas;
      const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
      const isInk = (pixel) => data[4 * pixel] < 60 && data[4 * pixel + 3] > 200;
      const columns = Array.from({ length: width }, (_, x) => Array.from({ length: height }, (_, y) => isInk(y * width + x)));
      return Math.max(...columns.map((column) => column.filter(Boolean).length)) / height;
    });
  await tab(page, 'More figures');
  await eventually(tallest, (share) => share > 0.5, 'no mark where the run stopped');
  await button(page, 'To the start').click();
  await until(page, 'idle');
  await eventually(tallest, (share) => share < 0.5, 'the mark is still there');
  // And the weights themselves, unbroken, do what they did.
  await page.locator('input[name=file]').setInputFiles({ name: 'good.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await until(page, 'finished');
});

/** The plain card, before the one that comes after 20 seconds, with its reason and what is needed; below it what can be read without the program. */
async function plainCard(page, reason) {
  const card = page.locator('#crash');
  await card.locator('#crash-reason').filter({ hasText: reason }).waitFor({ timeout: 15_000 });
  assert.ok((await card.textContent()).includes('Firefox 89'));
  await readable(page);
  assert.equal(await page.locator('body.is-started').count(), 0);
}

/** The words of a demo with its picture. */
async function readable(page) {
  const top = await page.locator('#crash').boundingBox();
  assert.ok(top.y < 200, `the card is ${top.y} pixels down`);
  assert.ok(await page.locator('h1').last().isVisible());
  const picture = page.locator('#poster img');
  await eventually(() => picture.evaluate((img) => img.naturalWidth), (width) => width > 0, 'no picture');
}

for (const pattern of ['**/*page*_bg.wasm', '**/page-*.js', '**/load.js']) {
  test(`${pattern} cannot be loaded`, async (t) => {
    const page = await newPage(t, { routes: { [pattern]: abort }, expected: loadFailed });
    await page.goto(`${site.url}characters.html`);
    await plainCard(page, /^(load|page-\w+)(_bg)?\.\w+ could not be loaded: Failed to fetch/);
  });
}

/** A host of its own for one test. */
async function host(t, options) {
  const other = await serve(dist, options);
  t.after(() => other.close());
  return `${other.url}characters.html`;
}

const files = await readdir(dist);
for (const file of [/^page-\w+\.js$/, /^page-.*\.wasm$/, /^load\.js$/, /^start\.js$/].map((name) => files.find((file) => name.test(file)))) {
  test(`${file.replace(/-\w{5,}/, '-…')} is missing`, async (t) => {
    const page = await newPage(t, { expected: /404|playground is not defined|WebAssembly|dynamically imported/ });
    await page.goto(await host(t, { hidden: [file] }));
    await plainCard(page, new RegExp(file === 'start.js' ? 'file start\\.js is missing' : `^${file} is missing: the server answered 404`));
  });
}

test('the wasm is not what was built', async (t) => {
  const broken = (route) => route.fulfill({ contentType: 'application/wasm', body: 'not wasm' });
  const page = await newPage(t, { routes: { '**/*page*_bg.wasm': broken }, expected: /wasm|integrity|WebAssembly/i });
  await page.goto(`${site.url}characters.html`);
  await plainCard(page, /_bg\.wasm is not what was built/);
});

test('opened as a file', async (t) => {
  const page = await newPage(t, { expected: /origin 'null'|ERR_FAILED/ });
  await page.goto(pathToFileURL(path.join(dist, 'characters.html')).href);
  await plainCard(page, /^This page was opened as a file/);
});

for (const [policy, reason] of [
  ["script-src 'self'", /policy of this site blocks WebAssembly\. Its host has to allow script-src 'self' 'wasm-unsafe-eval'/],
  ["script-src 'none'", /No script of this page ran.*security policy.*script-src 'self' 'wasm-unsafe-eval'/s],
  ["connect-src 'none'", /policy of this site blocks page-\w+_bg\.wasm\. Its host has to allow connect-src 'self'/],
]) {
  test(`a host whose policy is ${policy}`, async (t) => {
    const page = await newPage(t, { expected: /Content Security Policy|Failed to fetch/ });
    await page.goto(await host(t, { headers: { 'content-security-policy': policy } }));
    await plainCard(page, reason);
  });
}

test('a host whose policy forbids workers and a script of its own', async (t) => {
  const policy = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'";
  const page = await newPage(t, { expected: /Content Security Policy/ });
  await page.addInitScript(() =>
    addEventListener('DOMContentLoaded', () => {
      const script = document.createElement('script');
      script.src = 'https://statistics.invalid/count.js';
      document.head.append(script);
    }),
  );
  await page.goto(await host(t, { headers: { 'content-security-policy': policy } }));
  await until(page, 'finished');
  assert.equal(page.workers().length, 0);
  assert.equal(await page.locator('#crash').isVisible(), false);
});

test('a browser without SIMD', async (t) => {
  const page = await newPage(t, { init: () => (WebAssembly.validate = () => false) });
  await page.goto(`${site.url}characters.html`);
  await plainCard(page, /no SIMD/);
});

test('a browser without WebAssembly', async (t) => {
  const page = await newPage(t, { init: () => delete globalThis.WebAssembly });
  await page.goto(`${site.url}characters.html`);
  await plainCard(page, /no WebAssembly/);
});

test('a browser without JavaScript', async (t) => {
  const page = await newPage(t, { javaScriptEnabled: false });
  await page.goto(`${site.url}characters.html`);
  const card = page.locator('#crash');
  await card.getByRole('heading', { name: 'could not start' }).waitFor();
  assert.match(await card.textContent(), /JavaScript is switched off/);
  await readable(page);
});

test('a program that takes long to come', async (t) => {
  let come;
  const isComing = new Promise((done) => (come = done));
  const late = async (route) => {
    await isComing;
    await route.continue();
  };
  // The clock is the page's own, so that 20 seconds pass at once.
  const page = await newPage(t, { routes: { '**/*page*_bg.wasm': late } });
  await page.clock.install();
  await page.goto(`${site.url}characters.html`);
  assert.equal(await page.locator('#crash').isVisible(), false);
  await page.clock.fastForward(20_000);
  await page.locator('#crash-reason').filter({ hasText: 'still on its way' }).waitFor();
  come();
  await page.locator('body.is-started').waitFor();
  assert.equal(await page.locator('#crash').isVisible(), false);
});

test('it stays a page while it computes as fast as it can', async (t) => {
  const page = await open(t, long, { state: 'idle' });
  await button(page, 'Play').click();
  await until(page, 'running');
  // What takes long is shown as it is computed, with how long it will take.
  await eventually(() => shownMs(page), (ms) => ms > 0, 'it is not shown as it is computed', 30_000);
  const pace = () => page.locator('.status .speed').textContent();
  await eventually(pace, (text) => /^computing, ([\d.]+×|1\/\d+ of) real time/.test(text), 'it does not say how fast it is');
  const within = async (what, ms) => {
    const start = performance.now();
    await what();
    assert.ok(performance.now() - start < ms, `it took ${performance.now() - start} ms`);
  };
  // Bounds that a busy machine keeps; how fast it is, the bench tells.
  await within(async () => {
    await button(page, 'Pause').click();
    await until(page, 'paused');
  }, 10_000);
  const both = () => Promise.all([shownMs(page), simMs(page)]);
  const [ms] = await eventually(both, ([shown, ms]) => Math.abs(shown - ms) < 1, 'what is shown is not where it stands');
  await button(page, 'Play').click();
  await until(page, 'running');
  await eventually(() => shownMs(page), (now) => now > ms, 'it does not go on');
  await within(async () => {
    await button(page, 'Pause').click();
    await until(page, 'paused');
    await button(page, 'To the start').click();
    await until(page, 'idle');
  }, 10_000);
});
