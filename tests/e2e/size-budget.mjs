// Fails when what the first page downloads, worker included, weighs more than it may when gzipped.
//   node size-budget.mjs [folder] [kB]
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import { launchChromium } from './browsers.mjs';
import { serve } from './serve.mjs';

const [folder = 'dist', limit = '300'] = process.argv.slice(2);
const quiet = 2000;

const site = await serve(folder);
const browser = await launchChromium();
try {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(site.url);
  // The server is asked, not the page: it also sees what a worker fetches.
  for (let seen = -1; seen !== site.served.length; ) {
    seen = site.served.length;
    await pause(quiet);
  }
  if (errors.length > 0) throw errors[0];
} finally {
  await browser.close();
  await site.close();
}

// A browser asks for an icon by itself, and a second time for what is cached.
const files = new Map(
  site.served.filter(({ status }) => status === 200).map(({ path, body }) => [path, gzipSync(body, { level: 9 }).length]),
);
const sum = [...files.values()].reduce((a, b) => a + b, 0);
const line = (bytes, what) => console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${what}`);
for (const [path, bytes] of files) line(bytes, path);
line(sum, `gzipped, of ${limit} kB allowed`);
if (![...files.keys()].some((path) => path.endsWith('.wasm'))) {
  console.error('size-budget: the page loaded no wasm, so this measured nothing');
  process.exitCode = 1;
} else if (sum > Number(limit) * 1000) {
  console.error('size-budget: over the limit');
  process.exitCode = 1;
}
