// The words are HTML: they are there without a program, follow the run on screen, and old links find them.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';

import { browser, button, control, demoMenu, dist, eventually, fingerprint, newPage, open, site, until } from './page.mjs';
import { folder, heroes, preview } from './previews.mjs';
import { gzipSync } from 'node:zlib';

const demos = Object.keys(heroes);

for (const id of demos) {
  test(`${id}.html reads without any script`, async (t) => {
    const page = await newPage(t, { javaScriptEnabled: false });
    await page.goto(`${site.url}${id}.html`);
    for (const selector of ['h1', '.about:visible', '.question:visible', '#notice li:visible', '#equations math:visible', '#sources a:visible']) {
      assert.ok((await page.locator(selector).first().textContent()).trim().length > 3, selector);
    }
    assert.equal(await page.locator('.about:visible').count(), 1);
    // The answer is there for whoever asks, and the picture is not of a result.
    await page.locator('#predict .prediction:visible summary').click();
    assert.ok((await page.locator('#predict .because:visible').innerText()).length > 10);
    const poster = page.locator('#poster img');
    await eventually(() => poster.evaluate((image) => image.complete && image.naturalWidth), (width) => width > 0, 'no picture');
    assert.equal(await (await demoMenu(page)).getByRole('link').count(), demos.length);
    // Its presets are links.
    const href = await page.locator('#presets a').nth(1).getAttribute('href');
    assert.match(href, new RegExp(`^${id}\\.html\\?v=1`));
  });

  test(`${id}: a preview of its link has title, text and picture`, async () => {
    const html = await readFile(path.join(dist, `${id}.html`), 'utf8');
    const content = (name) => new RegExp(`<meta (?:property|name)="?${name}"? content="([^"]*)"`).exec(html)?.[1];
    assert.ok(content('og:title').length > 2 && content('og:description').length > 20);
    // A whole address where the site's is known.
    const picture = await readFile(path.join(dist, 'previews', path.basename(content('og:image'))));
    assert.equal(picture.readUInt32BE(16), 1200);
    assert.ok(picture.length < 300_000, `${picture.length} bytes`);
    const poster = await readFile(path.join(dist, 'posters', `${id}.svg`));
    assert.ok(gzipSync(poster).length < 12_000, `the poster has ${gzipSync(poster).length} bytes`);
  });
}

/** How far two PNG files are apart, on a coarse grid, from 0 to 255: letters may be those of another system. */
async function difference(one, other) {
  const page = await browser.newPage();
  try {
    return await page.evaluate(async (files) => {
      const grids = files.map(async (base64) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 21 });
        const context = canvas.getContext('2d');
        context.imageSmoothingQuality = 'high';
        context.drawImage(image, 0, 0, 40, 21);
        return context.getImageData(0, 0, 40, 21).data;
      });
      const [a, b] = await Promise.all(grids);
      return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
    }, [one, other].map((file) => file.toString('base64')));
  } finally {
    await page.close();
  }
}

test('previews are of the runs that the pages show', async () => {
  const [first, second] = await Promise.all(['characters', 'stdp_window'].map((id) => readFile(path.join(folder, `${id}.png`))));
  assert.ok((await difference(first, second)) > 4, 'this test could not tell two demos apart');
  for (const id of demos) {
    const kept = await readFile(path.join(folder, `${id}.png`));
    const apart = await difference(kept, await preview(browser, site.url, id));
    assert.ok(apart < 2, `${id}: ${apart}; make pictures makes them anew`);
  }
});

test('old links at the root go to the page of their demo, with all else that they say', async (t) => {
  const page = await newPage(t);
  for (const [old, now] of [
    ['?v=1', 'characters.html?v=1'],
    ['?seed=7', 'characters.html?v=1&seed=7'],
    ['?demo=xor_reward', 'xor_reward.html?v=1'],
    ['?demo=xor_reward&v=1&seed=7&epochs=5', 'xor_reward.html?v=1&seed=7&epochs=5'],
    ['?v=1&demo=XOR_reward&epochs=5&embed=1', 'xor_reward.html?v=1&epochs=5&embed=1'],
    ['?demo=xor_reward/rate_mstdp', 'xor_reward.html?v=1&rule=mstdp'],
    ['?v=1&amp;demo=xor_reward&amp;epochs=5', 'xor_reward.html?v=1&epochs=5'],
    ['?%64emo=xor_reward&epochs=5', 'xor_reward.html?v=1&epochs=5'],
    ['characters.html?demo=xor_reward&epochs=5', 'xor_reward.html?v=1&epochs=5'],
    ['xor_reward.html?epochs=5', 'xor_reward.html?v=1&epochs=5'],
  ]) {
    await page.goto(`${site.url}${old}`);
    await eventually(() => page.url(), (url) => url === site.url + now, `${old} does not become ${now}`);
    // Loaded whole, so that nothing is cut off on the way to the next.
    await until(page, 'finished');
    assert.equal(await page.locator('.notices').count(), 0, old);
  }
  // A name that nobody knows is told by the first demo.
  await page.goto(`${site.url}?demo=characterz&epochs=5`);
  await page.locator('.notices').filter({ hasText: 'characterz' }).waitFor();
  await until(page, 'finished');
  // One entry for each, none for what was passed through.
  await page.goto('about:blank');
  await page.goto(`${site.url}?demo=xor_reward&epochs=5`);
  await until(page, 'finished');
  await page.goBack();
  await eventually(() => page.url(), (url) => url === 'about:blank', 'it goes back to what was passed through');
});

test('the story follows the choice, and comes back with it', async (t) => {
  const page = await open(t, 'distal_reward.html?v=1&duration_s=20');
  const shown = (selector) => page.locator(`${selector}:visible`).allInnerTexts();
  const network = [await shown('.about'), await shown('#notice li'), await shown('.prediction legend')];
  await control(page, 'part').selectOption('pairing');
  await until(page, 'finished');
  const pairing = await eventually(() => shown('.about'), (texts) => texts[0] !== network[0][0], 'the story stays');
  assert.equal(pairing.length, 1);
  assert.notDeepEqual(await shown('#notice li'), network[1]);
  assert.equal((await shown('.prediction legend')).length, 1);
  await control(page, 'part').selectOption('network');
  await eventually(() => shown('.about'), (texts) => texts[0] === network[0][0], 'the story does not come back');
  assert.deepEqual(await shown('#notice li'), network[1]);
});

test('what there is to notice depends on the parameters of this run', async (t) => {
  const page = await open(t, 'distal_reward.html?v=1&duration_s=20&reward=yoked');
  const seen = () => page.locator('#notice li:visible').allInnerTexts();
  const yoked = await seen();
  await control(page, 'reward').selectOption('none');
  await eventually(seen, (texts) => texts.join() !== yoked.join(), 'the observations stay');
});

test('captions are of the run on screen, also of the one beside it', async (t) => {
  const page = await open(t, 'stdp_window.html?v=1&compare=1&b.rule=inhibitory');
  const caption = (side) => page.locator(`[data-panel=weight][data-side=${side}] .caption`).innerText();
  assert.ok((await caption('A')).length > 10 && (await caption('B')).length > 10);
  assert.notEqual(await caption('A'), await caption('B'));
  for (const text of await page.locator('.panel .caption').allInnerTexts()) assert.ok(text.length > 5, 'a figure without a caption');
});

test('a chosen theme goes along to another demo', async (t) => {
  const page = await open(t, 'stdp_window.html?v=1');
  await control(page, 'theme').selectOption('dark');
  await (await demoMenu(page)).getByRole('link', { name: 'XOR' }).click();
  await page.locator('main[data-demo=xor_reward]').waitFor();
  await eventually(() => page.evaluate(() => document.documentElement.dataset.theme), (theme) => theme === 'dark', 'it is light again');
});

test('an embed hides the site from the first moment', async (t) => {
  const routes = { '**/page-*.js': (route) => route.abort() };
  const page = await newPage(t, { routes, expected: /Failed|ERR_FAILED|load/ });
  await page.goto(`${site.url}xor_reward.html?v=1&embed=1`);
  assert.equal(await page.locator('header.site').isVisible(), false);
  assert.equal(await page.locator('h1').first().isVisible(), true);
});

test('the run is the same under its new address and the old one', async (t) => {
  const one = await open(t, '?demo=xor_reward&epochs=5');
  const other = await open(t, 'xor_reward.html?v=1&epochs=5');
  assert.equal(await fingerprint(one), await fingerprint(other));
  await button(other, 'Share').click();
  const link = await other.getByLabel('This link replays exactly this run').inputValue();
  assert.equal(link, `${site.url}xor_reward.html?v=1&epochs=5`);
});
