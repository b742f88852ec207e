// Fails when a part of the site weighs more than it may when gzipped: the page's module, the simulator's, and, on the
// heaviest page, what paints (documents, styles, posters, the mathematics face). A kB is 1000 bytes.
//   node size-budget.mjs FOLDER PAGE_KB SIMULATOR_KB PAINT_KB
import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import { launchChromium } from './browsers.mjs';
import { serve } from './serve.mjs';

const [folder = 'dist', ...limits] = process.argv.slice(2);
const quiet = 2000;

const browser = await launchChromium();

/** What the server is asked for by a page, by file, gzipped. The server is asked, not the page: it also sees what a worker fetches. */
async function weigh(name, options = {}) {
  const site = await serve(folder);
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.goto(site.url + name);
    for (let seen = -1; seen !== site.served.length; ) {
      seen = site.served.length;
      await pause(quiet);
    }
    if (errors.length > 0) throw errors[0];
  } finally {
    await context.close();
    await site.close();
  }
  // A browser asks for an icon by itself, and a second time for what is cached.
  const served = site.served.filter(({ status }) => status === 200);
  return new Map(served.map(({ path, body }) => [path.split('?')[0], gzipSync(body, { level: 9 }).length]));
}

const partOf = (path) => {
  if (/\/page-[^/]*\.(js|wasm)$/.test(path)) return 'page';
  if (/\/(simulator[^/]*\.(js|wasm)|worker-start\.js)$/.test(path)) return 'simulator';
  return 'paint';
};
const line = (bytes, what) => console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${what}`);
const sums = { page: 0, simulator: 0, paint: 0 };
const first = await weigh('characters.html');
for (const [path, bytes] of first) {
  if (partOf(path) !== 'paint') sums[partOf(path)] += bytes;
  line(bytes, `${partOf(path)}: ${path}`);
}
// What paints is different on each page, and no page may be too heavy. Home moves only after it is painted.
const names = (await readdir(folder)).filter((name) => name.endsWith('.html'));
for (const name of names.map((name) => name.replace('index.html', ''))) {
  const files = await weigh(name, { reducedMotion: 'reduce', viewport: { width: 1440, height: 900 } });
  const paint = [...files].filter(([path]) => partOf(path) === 'paint').reduce((sum, [, bytes]) => sum + bytes, 0);
  line(paint, `paint of ${name || 'home'}`);
  sums.paint = Math.max(sums.paint, paint);
}
await browser.close();
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
