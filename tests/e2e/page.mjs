// What the tests of the page have in common: one site, one Chromium, and words for what a visitor does.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after } from 'node:test';

import axe from 'axe-core';

import { launchChromium } from './browsers.mjs';
import { serve } from './serve.mjs';

/** The built page. */
export const dist = path.resolve(import.meta.dirname, process.env.DIST ?? '../../dist');
export const site = await serve(dist);
export const browser = await launchChromium();
after(async () => {
  await browser.close();
  await site.close();
});

/**
 * Opens the page for the test `t`, which fails if the page reports an error that `expected` does not match.
 * `state` is the run state to wait for, if any; `init` runs before the page's own scripts; `routes` maps
 * patterns to handlers; everything else is for the browser's context.
 */
export async function open(t, query = '', options = {}) {
  const { state = 'finished', url = site.url, init, routes = {}, expected, ...context } = options;
  const page = await newPage(t, { init, routes, expected, ...context });
  // The root itself is home; with anything of a run it is the first demo's.
  await page.goto(query === '' && url.endsWith('/') ? `${url}?v=1` : url + query);
  if (state) await until(page, state);
  return page;
}

/**
 * A page with nothing in it yet, as for [`open`]. Its visitor wants no motion, so that a result is there as soon as it is
 * computed; tests of the film say `reducedMotion: 'no-preference'`.
 */
export async function newPage(t, { init, routes = {}, expected, ...options } = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(60_000);
  const errors = [];
  const note = (text) => expected?.test(text) || errors.push(text);
  context.on('weberror', (error) => note(String(error.error())));
  context.on('console', (message) => message.type() === 'error' && note(`${message.text()} ${message.location().url}`));
  t.after(async () => {
    await context.close();
    assert.deepEqual(errors, [], 'the page reported errors');
  });
  if (SLOW) await slowDown(context);
  if (init) await context.addInitScript(init);
  for (const [pattern, handler] of Object.entries(routes)) await context.route(pattern, handler);
  return context.newPage();
}

/**
 * Finds races: with `SLOW=5` in the environment the page's own thread is five times slower than this machine's, and each
 * answer of a worker comes 100 ms late.
 */
const SLOW = Number(process.env.SLOW ?? 0);

async function slowDown(context) {
  await context.addInitScript(() => {
    const Original = Worker;
    window.Worker = class extends Original {
      set onmessage(f) {
        super.onmessage = f && ((event) => setTimeout(() => super.onmessage && f(event), 100));
      }
    };
  });
  context.on('page', async (page) => {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW }).catch(() => {});
  });
}

const attribute = (name) => (page) => page.locator('main').getAttribute(name);

/** What `main` says of the run. A page or a frame does for all of these. */
export const runState = attribute('data-run-state');
export const fingerprint = attribute('data-fingerprint');
export const simMs = async (page) => Number(await attribute('data-sim-ms')(page));

/** What `main` says of the film: none, playing or resting; and the moment that is shown. */
export const film = attribute('data-film');
export const shownMs = async (page) => Number(await attribute('data-shown-ms')(page));

/** For a visitor who does not mind motion: the film plays by itself. */
export const moving = { reducedMotion: 'no-preference' };

/** Waits until a film plays or rests. */
export function untilFilm(page, state, timeout = 30_000) {
  return page.locator(`main[data-film="${state}"]`).waitFor({ timeout });
}

/** Waits until the film rests and the simulator is where it rests; gives that moment and the run's fingerprint there. */
export function atRest(page, accepts = () => true, what = 'it does not come to rest') {
  const read = () =>
    page.locator('main').evaluate(({ dataset }) => ({
      film: dataset.film, ms: Number(dataset.shownMs), simMs: Number(dataset.simMs), state: dataset.runState, print: dataset.fingerprint,
    }));
  const stands = (now) => now.film === 'resting' && Math.abs(now.ms - now.simMs) < 1 && now.state !== 'running' && accepts(now);
  return eventually(read, stands, what, 40_000);
}

/** Waits for a run state. */
export function until(page, state) {
  return page.locator(`main[data-run-state="${state}"]`).waitFor();
}

/** The fingerprint of a finished run that is not the run `before`. */
export async function nextFingerprint(page, before) {
  await page.locator(`main[data-run-state="finished"]:not([data-fingerprint="${before}"])`).waitFor();
  return fingerprint(page);
}

/** Waits until `read(page)` is something that `accepts` says yes to, and gives it. */
export async function eventually(read, accepts, what, timeout = 30_000) {
  const end = performance.now() + timeout;
  for (;;) {
    const value = await read();
    if (accepts(value)) return value;
    if (performance.now() > end) assert.fail(`${what}; it is still ${JSON.stringify(value)}`);
    await pause(20);
  }
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** For `init`: keeps the page's workers in `window.workers`, where a test can reach them. */
export function keepWorkers() {
  window.workers = [];
  const Original = Worker;
  window.Worker = class extends Original {
    constructor(...args) {
      super(...args);
      window.workers.push(this);
    }
  };
}

/** Tells the page that its worker died of `message`. */
export const killWorker = (page, message) =>
  page.evaluate((message) => window.workers.at(-1).dispatchEvent(new ErrorEvent('error', { message })), message);

/** The button with exactly this name. */
export const button = (page, name) => page.getByRole('button', { name, exact: true });

/** The bar over the run's time. */
export const bar = (page) => page.locator('input[name=moment]');

/** Opens one of the tabs below the stage. */
export const tab = (page, name) => page.getByRole('tab', { name, exact: true }).click();

/** The control of a link key. */
export const control = (page, key) => page.locator(`[name="${key}"]`);

/** The menu of demos, opened. */
export async function demoMenu(page) {
  const menu = page.locator('details.demos');
  if (!(await menu.evaluate(({ open }) => open))) await menu.locator('summary').click();
  return page.getByRole('navigation', { name: 'Demos' });
}

/** Opens "More parameters". */
export const allParameters = (page) => page.getByText('More parameters', { exact: true }).click();

/** Types a value into a control, as a visitor does: replace, then leave the field. */
export async function enter(page, key, value) {
  await control(page, key).fill(value);
  await control(page, key).blur();
}

/** Waits until the address bar holds a link that `accepts` says yes to. */
export const address = (page, accepts) =>
  eventually(() => new URL(page.url()).searchParams, accepts, 'the address bar never got the link');

/** Fails with a line for each thing that axe-core finds. */
export async function noViolation(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.any[0]?.message ?? ''}`));
  assert.deepEqual(found, []);
}
