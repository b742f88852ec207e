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
  await page.goto(url + query);
  if (state) await until(page, state);
  return page;
}

/** A page with nothing in it yet, as for [`open`]. */
export async function newPage(t, { init, routes = {}, expected, ...options } = {}) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(15_000);
  const errors = [];
  const note = (text) => expected?.test(text) || errors.push(text);
  context.on('weberror', (error) => note(String(error.error())));
  context.on('console', (message) => message.type() === 'error' && note(`${message.text()} ${message.location().url}`));
  t.after(async () => {
    await context.close();
    assert.deepEqual(errors, [], 'the page reported errors');
  });
  if (init) await context.addInitScript(init);
  for (const [pattern, handler] of Object.entries(routes)) await context.route(pattern, handler);
  return context.newPage();
}

const attribute = (name) => (page) => page.locator('main').getAttribute(name);

/** What `main` says of the run. A page or a frame does for all of these. */
export const runState = attribute('data-run-state');
export const fingerprint = attribute('data-fingerprint');
export const simMs = async (page) => Number(await attribute('data-sim-ms')(page));

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
export async function eventually(read, accepts, what, timeout = 5_000) {
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

/** The control of a link key. */
export const control = (page, key) => page.locator(`[name="${key}"]`);

/** Opens "All parameters". */
export const allParameters = (page) => page.getByText('All parameters', { exact: true }).click();

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
