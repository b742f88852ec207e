// The picture that a service shows beside a link to a demo: its title, and its finished run in one figure.
//   node previews.mjs        makes public/previews anew from the site in dist
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { launchChromium } from './browsers.mjs';
import { serve } from './serve.mjs';

/** The figure that answers each demo's question. */
export const heroes = {
  characters: 'weights',
  stdp_window: 'window',
  correlated_inputs: 'histogram',
  xor_reward: 'rates',
  distal_reward: 'synapse',
  reward_baseline: 'performance',
  pattern_clustering: 'weights',
  balanced_networks: 'spikes',
  playground: 'weights',
  neural_coding: 'pictures',
};
export const folder = path.resolve(import.meta.dirname, '../../public/previews');
/** What services ask for. */
const viewport = { width: 1200, height: 630 };
const style = `
  main.embed { padding: 2.5rem 3rem; gap: 1.5rem; }
  main.embed .opening { display: block; }
  main.embed h1 { font-size: 3rem; }
  main.embed .about, .facts, .full-version, .panel .caption, .panel .below, .panel header .follow { display: none; }
  main.embed .opening .question { font-size: 1.5rem; line-height: 1.5; max-width: none; }
  .panels { grid-template-columns: minmax(0, 1fr); }
  .panels .panel { grid-column: 1 / -1; }
`;

/** The preview of a demo as PNG. */
export async function preview(browser, site, id) {
  // Without motion the result is there at once, and no film plays.
  const context = await browser.newContext({ viewport, colorScheme: 'light', bypassCSP: true, reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    await page.goto(`${site}${id}.html?v=1&embed=1&theme=light&show=opening,figures,${heroes[id]}`);
    await page.addStyleTag({ content: style });
    await page.locator('main[data-run-state=finished]').waitFor({ timeout: 120_000 });
    // The last picture is drawn with the frame after the news of the end.
    await page.waitForTimeout(500);
    return await page.screenshot();
  } finally {
    await context.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const site = await serve(path.resolve(import.meta.dirname, process.env.DIST ?? '../../dist'));
  const browser = await launchChromium();
  await mkdir(folder, { recursive: true });
  for (const id of Object.keys(heroes)) {
    await writeFile(path.join(folder, `${id}.png`), await preview(browser, site.url, id));
    console.log(`${id}.png`);
  }
  await browser.close();
  await site.close();
}
