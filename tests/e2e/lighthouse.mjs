// What Lighthouse says of home and of three demos that have not begun, as a phone sees them; fails below the scores that
// the site has to reach.
//   node lighthouse.mjs FOLDER       FOLDER is where its package is installed
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { chromium } from 'playwright-core';

import { launch } from './browsers.mjs';
import { serve } from './serve.mjs';

const least = { performance: 90, accessibility: 95, 'best-practices': 95, seo: 95 };
const pages = ['', 'characters.html?v=1&autorun=0', 'stdp_window.html?v=1&autorun=0', 'distal_reward.html?v=1&autorun=0'];
/** Each page so often; the median counts. */
const rounds = 3;

const { resolve } = createRequire(path.resolve(process.argv[2], 'package.json'));
const { default: lighthouse } = await import(pathToFileURL(resolve('lighthouse')).href);
const port = 9_333;
// As hosts do it, compressed.
const site = await serve(path.resolve(import.meta.dirname, process.env.DIST ?? '../../dist'), { gzip: true });
const browser = await chromium.launch({ ...launch, args: [...launch.args, `--remote-debugging-port=${port}`] });
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const categories = Object.keys(least);

console.log(['page'.padEnd(36), ...categories, 'LCP', 'TBT', 'CLS'].join('  '));
for (const name of pages) {
  const results = [];
  for (let round = 0; round < rounds; round++) {
    const { lhr } = await lighthouse(site.url + name, { port, logLevel: 'error', onlyCategories: categories });
    if (lhr.runtimeError) throw new Error(`${name}: ${lhr.runtimeError.message}`);
    results.push(lhr);
  }
  const score = (category) => Math.round(100 * median(results.map((lhr) => lhr.categories[category].score)));
  const audit = (id) => median(results.map((lhr) => lhr.audits[id].numericValue));
  const scores = categories.map((category) => String(score(category)).padStart(category.length));
  const times = ['largest-contentful-paint', 'total-blocking-time'].map((id) => `${audit(id).toFixed(0)} ms`);
  console.log([(name || 'home').padEnd(36), ...scores, ...times, audit('cumulative-layout-shift').toFixed(3)].join('  '));
  for (const category of categories.filter((category) => score(category) < least[category])) {
    process.exitCode = 1;
    const failed = results.at(-1).categories[category].auditRefs.map(({ id }) => results.at(-1).audits[id]);
    for (const { id, title, score, displayValue } of failed.filter(({ score }) => score !== null && score < 0.9)) {
      console.log(`  ${category}: ${id} ${score}: ${title} ${displayValue ?? ''}`);
    }
  }
}
await browser.close();
await site.close();
