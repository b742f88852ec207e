// The home page: whole without any script, every card opens what it promises, and the network in its hero follows the initials.
import assert from 'node:assert/strict';
import test from 'node:test';

import { demoMenu, eventually, newPage, noViolation, runState, site } from './page.mjs';
import { heroes } from './previews.mjs';

const demos = Object.keys(heroes);
/** Large parts with a card of their own, by something of their links. */
const parts = ['polarity=background&mode=coded', 'recipe=pattern', 'num_inputs=1000', 'part=biofeedback', 'mode=published', 'part=brunel',
  'part=learned', 'neuron=adex', 'part=race',
];
const cards = (page) => page.locator('article.card');
const hrefs = (locator) => locator.evaluateAll((all) => all.map((a) => a.getAttribute('href')));

async function home(t, options = {}, query = '') {
  const page = await newPage(t, options);
  await page.goto(site.url + query);
  return page;
}

test('home reads without any script', async (t) => {
  const page = await home(t, { javaScriptEnabled: false });
  assert.equal(await page.locator('#crash').count(), 0);
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'See spiking networks learn');
  const links = await hrefs(cards(page).getByRole('link'));
  assert.equal(links.length, demos.length + parts.length);
  for (const id of demos) assert.ok(links.includes(`${id}.html?v=1`), id);
  for (const part of parts) assert.ok(links.some((href) => href.includes(part)), part);
  for (const card of await cards(page).all()) {
    const words = await card.innerText();
    assert.match(words, /\?/, `no question: ${words}`);
    assert.match(words, /\d+ min|Part of/, words);
    assert.match(words, /After \p{L}/u, `no source: ${words}`);
    const picture = card.locator('img');
    await picture.scrollIntoViewIfNeeded();
    await eventually(() => picture.evaluate((img) => img.naturalWidth), (width) => width > 0, `no picture: ${words}`);
  }
  const still = page.locator('#live img');
  assert.ok(await still.evaluate((img) => img.complete && img.naturalWidth > 0 && img.alt.length > 20));
  assert.equal(await page.locator('.path').count(), 2);
  for (const path of await page.locator('.path').all()) {
    const steps = await path.getByRole('link').count();
    assert.ok(steps === 3 || steps === 4, `${steps} steps`);
  }
  assert.equal(await page.locator('#whom a').count(), 3);
  assert.match(await page.locator('footer').innerText(), /No cookies/);
  // The form alone opens the demo with the letters.
  await page.locator('#initials').fill('EK');
  await page.locator('#initials').press('Enter');
  await page.waitForURL('**/characters.html?v=1&letters=EK');
});

test('every link of home opens a page, and no card names what its demo does not know', async (t) => {
  const page = await home(t);
  const links = new Set(await page.locator('main a, header a, footer a').evaluateAll((all) => all.map((a) => a.href)));
  assert.ok(links.size >= demos.length + parts.length + 3);
  for (const link of links) {
    assert.ok(link.startsWith(site.url), `${link} is somebody else's`);
    assert.equal((await page.request.get(link)).status(), 200, link);
  }
  for (const href of await hrefs(cards(page).getByRole('link'))) {
    await page.goto(site.url + href + (href.includes('1000') ? '&autorun=0' : ''));
    await eventually(() => runState(page), (state) => state, `${href} does not start`, 30_000);
    assert.equal(await page.locator('.notices').count(), 0, href);
  }
});

test('initials change what the network learns, and what "Open this demo" opens', async (t) => {
  const page = await home(t, { reducedMotion: 'no-preference' });
  const frame = page.locator('#live iframe');
  const learns = (wanted, what) => eventually(() => frame.getAttribute('src'), (src) => new URL(src, site.url).searchParams.get('letters') === wanted, what);
  await learns(null, 'it does not learn the usual letters');
  assert.equal(new URL(await frame.getAttribute('src'), site.url).searchParams.get('embed'), '1');
  await page.locator('#initials').pressSequentially('el3le');
  assert.equal(await page.locator('#initials').inputValue(), 'EL');
  assert.match(await page.locator('#initials-note').innerText(), /once: EL/);
  await learns('EL', 'the frame does not follow');
  assert.equal(await page.locator('#open').getAttribute('href'), 'characters.html?v=1&letters=EL');
  assert.equal(await frame.getAttribute('title'), 'A network learns the letters E, L');
  await page.locator('#initials').fill('abcdefg');
  await page.getByRole('button', { name: 'Learn them' }).click();
  await learns('ABCDE', 'the button does nothing');
  assert.equal(page.url(), site.url);
  await page.locator('#initials').fill('');
  await learns(null, 'without initials it is not the usual letters');
  await page.locator('#open').click();
  await page.waitForURL('**/characters.html?v=1');
});

test('the live network takes the place of the still, and nothing moves', async (t) => {
  const page = await newPage(t, { viewport: { width: 1440, height: 900 }, reducedMotion: 'no-preference' });
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(site.url);
  await page.locator('#live.is-live iframe').waitFor();
  await page.locator('#live img').waitFor({ state: 'hidden' });
  await page.mouse.wheel(0, 3_000);
  await page.locator('footer').scrollIntoViewIfNeeded();
  const shift = await page.evaluate(() => window.shift);
  assert.ok(shift <= 0.05, `a shift of ${shift}`);
});

test('with reduced motion the still stays', async (t) => {
  const page = await home(t, { reducedMotion: 'reduce' });
  await page.waitForLoadState('networkidle');
  assert.equal(await page.locator('iframe').count(), 0);
  assert.equal(await page.locator('#live img').isVisible(), true);
  await page.locator('#initials').fill('ek');
  await page.getByRole('button', { name: 'Learn them' }).click();
  await page.waitForURL('**/characters.html?v=1&letters=EK');
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing on home, ${colorScheme}`, async (t) => {
    for (const width of [1440, 390]) {
      // Without the frame: that is another page, with tests of its own.
      const page = await home(t, { colorScheme, reducedMotion: 'reduce', viewport: { width, height: 900 } });
      await noViolation(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} pixels on a screen of ${width}`);
      await demoMenu(page);
      await noViolation(page);
    }
  });
}

test('dark needs no script, and a chosen theme goes along', async (t) => {
  const background = (page) => page.evaluate(() => getComputedStyle(document.body.parentElement).backgroundColor);
  const [light, dark] = await Promise.all(['light', 'dark'].map((colorScheme) => home(t, { colorScheme, javaScriptEnabled: false })));
  assert.notEqual(await background(light), await background(dark));
  const page = await home(t, { colorScheme: 'light' });
  await page.locator('[name=theme]').selectOption('dark');
  const wanted = await background(dark);
  await eventually(() => background(page), (now) => now === wanted, 'it does not become dark');
  await eventually(() => page.url(), (url) => /\?theme=dark$/.test(url), 'the address does not say so');
  await cards(page).getByRole('link', { name: 'XOR' }).click();
  await page.waitForURL('**/xor_reward.html?v=1&theme=dark');
  await eventually(() => runState(page), (state) => state, 'it does not start', 30_000);
  await page.locator('a.brand').click();
  await page.waitForURL(`${site.url}?theme=dark`);
  assert.equal(await background(page), await background(dark));
});

test('what other services add to the address does not lead away from home', async (t) => {
  const page = await newPage(t);
  for (const query of ['', '?theme=light', '?utm_source=letter&utm_medium=mail', '?fbclid=x1', '#demos']) {
    await page.goto('about:blank');
    await page.goto(site.url + query);
    await page.locator('.hero').waitFor();
    assert.equal(page.url(), site.url + query);
  }
});
