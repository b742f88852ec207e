// Fails when a part of the site weighs more than it may when gzipped: the page's module, the simulator's, and what is
// needed before anything is painted. A kB is 1000 bytes.
//   node size-budget.mjs FOLDER PAGE_KB SIMULATOR_KB PAINT_KB
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import { launchChromium } from './browsers.mjs';
import { serve } from './serve.mjs';

const [folder = 'dist', ...limits] = process.argv.slice(2);
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

const partOf = (path) => {
  if (/\/page-[^/]*\.(js|wasm)$/.test(path)) return 'page';
  if (/\/(simulator[^/]*\.(js|wasm)|worker-start\.js)$/.test(path)) return 'simulator';
  return 'paint';
};
// A browser asks for an icon by itself, and a second time for what is cached.
const files = new Map(
  site.served.filter(({ status }) => status === 200).map(({ path, body }) => [path.split('?')[0], gzipSync(body, { level: 9 }).length]),
);
const line = (bytes, what) => console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${what}`);
const sums = { page: 0, simulator: 0, paint: 0 };
for (const [path, bytes] of files) {
  sums[partOf(path)] += bytes;
  line(bytes, `${partOf(path)}: ${path}`);
}
for (const [place, [part, sum]] of Object.entries(sums).entries()) {
  line(sum, `${part}, gzipped, of ${limits[place]} kB allowed`);
  if (sum === 0) {
    console.error(`size-budget: nothing of ${part} was loaded, so this measured nothing`);
    process.exitCode = 1;
  } else if (!(sum <= Number(limits[place]) * 1000)) {
    console.error(`size-budget: ${part} is over its limit`);
    process.exitCode = 1;
  }
}
