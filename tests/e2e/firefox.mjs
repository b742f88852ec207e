// Runs links in Firefox and reads their fingerprints. Nothing controls this Firefox from outside: under remote control it
// runs a page's first wasm module some hundred times slower. A page of ours opens each link in a frame instead and posts what
// it found.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { serve } from './serve.mjs';

/** Nothing but the tested page may ask the network; and a result is shown as soon as it is there. */
const quiet = {
  'ui.prefersReducedMotion': 1,
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

/**
 * Runs in the page: each address in a frame until its run has come to one of the states, and its film is over; and then, if places on
 * its bar are given, each of these until the run rests there.
 */
async function readAll(addresses, patience, states, places) {
  const found = [];
  for (const address of addresses) {
    const frame = document.createElement('iframe');
    Object.assign(frame, { width: 1200, height: 800, src: address });
    document.body.replaceChildren(frame);
    const errors = [];
    await new Promise((resolve) => (frame.onload = resolve));
    frame.contentWindow.addEventListener('error', (event) => errors.push(event.message));
    const main = () => frame.contentDocument.querySelector('main')?.dataset ?? {};
    const wait = async (isOver) => {
      for (const end = Date.now() + patience; !isOver() && Date.now() < end; ) {
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    };
    await wait(() => states.includes(main().runState) && main().film !== 'playing');
    const told = { state: main().runState, fingerprint: main().fingerprint, errors };
    for (const place of places) {
      const bar = frame.contentDocument.querySelector('.bar input[type=range]');
      bar.value = place;
      for (const name of ['input', 'change']) bar.dispatchEvent(new Event(name, { bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve, 60));
      await wait(() => main().film === 'resting' && main().runState === 'paused' && Math.abs(main().shownMs - main().simMs) < 1);
      (told.moments ??= []).push({ simMs: Number(main().simMs), print: main().fingerprint });
    }
    found.push(told);
  }
  await fetch('found', { method: 'POST', body: JSON.stringify(found) });
}

/**
 * What each of the `queries` comes to in Firefox, in one of these `states`: { state, fingerprint, errors }. `hidden` names files of
 * `dist` that are not served. With `places` on the bar, of 1000, also the `moments` there: { simMs, print }.
 */
export async function readInFirefox(dist, queries, { hidden = [], patience = 60_000, states = ['finished', 'failed'], places = [] } = {}) {
  const profile = await mkdtemp(path.join(os.tmpdir(), 'stdp-firefox-'));
  const prefs = Object.entries(quiet).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${value});\n`);
  await writeFile(path.join(profile, 'user.js'), prefs.join(''));
  const script = `(${readAll})(${JSON.stringify(queries.map((query) => `./${query}`))}, ${patience}, ${JSON.stringify(states)}, ${JSON.stringify(places)})`;
  const page = `<!doctype html><meta charset="utf-8"><title>frames</title><body><script>${script}</script>`;
  let site;
  let firefox;
  let timer;
  try {
    return await new Promise((resolve, reject) => {
      const posted = (_, body) => resolve(JSON.parse(body));
      serve(dist, { pages: { 'frames.html': page }, hidden, posted }).then((served) => {
        site = served;
        const args = ['--headless', '--no-remote', '--profile', profile, `${site.url}frames.html`];
        firefox = spawn(process.env.FIREFOX || '/usr/bin/firefox-esr', args, {
          stdio: 'ignore',
          // As root its home may be another user's.
          env: { ...process.env, HOME: profile },
        });
        firefox.once('error', reject);
        firefox.once('exit', (code) => reject(new Error(`Firefox ended with ${code} before it had found anything`)));
        const all = patience * queries.length * (1 + places.length) + 30_000;
        timer = setTimeout(() => reject(new Error(`Firefox found nothing within ${all} ms`)), all);
      }, reject);
    });
  } finally {
    clearTimeout(timer);
    if (firefox && firefox.exitCode === null) {
      firefox.removeAllListeners('exit');
      const gone = new Promise((resolve) => firefox.once('exit', resolve));
      firefox.kill();
      await gone;
    }
    await site?.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
