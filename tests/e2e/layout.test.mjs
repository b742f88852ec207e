// Where things stand: the first act without scrolling, nothing wider than the window, nothing that moves as it loads.
import assert from 'node:assert/strict';
import test from 'node:test';

import { eventually, moving, newPage, site, tab } from './page.mjs';
import { heroes } from './previews.mjs';

const demos = Object.keys(heroes);
const pages = ['', ...demos.map((id) => `${id}.html`)];

/** Waits until network, first figure and letters are on screen: where things stand does not depend on how far the run is. */
async function stands(page) {
  await page.locator('.net canvas[role=img][aria-label*=". "]').first().waitFor();
  await page.locator('.heroes canvas').first().waitFor();
  await page.locator('.transport').waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** A page of this size. */
async function visit(t, address, width, height, options = {}) {
  const page = await newPage(t, { viewport: { width, height }, ...options });
  await page.goto(site.url + address);
  if (address !== '') await stands(page);
  return page;
}

/** Where these stand in the window: the first that is seen of each. */
const boxes = (page, selectors) =>
  page.evaluate((selectors) => {
    const box = (selector) => {
      const seen = [...document.querySelectorAll(selector)].map((it) => it.getBoundingClientRect()).find(({ width, height }) => width > 1 && height > 1);
      return seen && { top: seen.top, bottom: seen.bottom, left: seen.left, right: seen.right, height: seen.height, width: seen.width };
    };
    return selectors.map(box);
  }, selectors);

/** Fails unless all of these are wholly in the window. */
async function inSight(page, selectors) {
  const { width, height } = page.viewportSize();
  const isIn = (box) => box && box.top >= -1 && box.bottom <= height + 1 && box.left >= -1 && box.right <= width + 1;
  const outside = async () => (await boxes(page, selectors)).flatMap((box, place) => (isIn(box) ? [] : [[selectors[place], box ?? 'is not there']]));
  await eventually(outside, (found) => found.length === 0, `not in sight of ${width}×${height}`);
}

for (const id of demos) {
  test(`${id}: the first act fits at 1440 × 900, with the question and after it`, async (t) => {
    for (const options of [{}, moving]) {
      const page = await visit(t, `${id}.html`, 1440, 900, options);
      await inSight(page, ['header.site', '.opening h1', '.net', '.heroes .plot', '.question-slot', '.play', '.transport']);
      assert.equal(await page.evaluate(() => scrollY), 0);
    }
  });

  test(`${id}: at 1000 × 600, a slide, question, controls, figure and Play are in sight`, async (t) => {
    const page = await visit(t, `${id}.html?embed=1`, 1000, 600);
    await inSight(page, ['.opening .question, .question-slot .prediction', '.controls .control', '.net', '.heroes .plot', '.play']);
    const [net, figure] = await boxes(page, ['.net', '.heroes .plot']);
    assert.ok(net.height >= 250 && figure.height >= 250, `${net.height} and ${figure.height}`);
  });

  test(`${id}: in a frame of 700 × 500 there are 300 pixels to look at, and Play`, async (t) => {
    const page = await visit(t, `${id}.html?embed=1`, 700, 500);
    await inSight(page, ['.play']);
    const looks = await boxes(page, ['.net', '.heroes .plot']);
    const seen = looks.filter(Boolean).map(({ top, bottom }) => Math.min(bottom, 500) - Math.max(top, 0));
    assert.ok(Math.max(...seen) >= 300, `${seen} pixels`);
    assert.deepEqual(await boxes(page, ['.opening h1', '.tabs', '.caption']).then((all) => all.map((box) => box === undefined || box.height <= 1)), [true, true, true]);
  });
}

for (const width of [320, 390, 700, 1000, 1440, 1920]) {
  test(`nothing is wider than ${width} pixels`, async (t) => {
    for (const address of pages) {
      const page = await visit(t, address, width, 800);
      const wide = async (what) => {
        const [inner, outer, culprits] = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          const over = [...document.querySelectorAll('body *')].filter((it) => it.getBoundingClientRect().right > clientWidth + 1 && it.checkVisibility());
          return [scrollWidth, clientWidth, over.slice(-3).map((it) => it.outerHTML.slice(0, 80))];
        });
        assert.ok(inner <= outer, `${address || 'home'}, ${what}: ${inner} pixels in a window of ${outer}: ${culprits}`);
      };
      await wide('as it opens');
      if (address === '') continue;
      for (const name of await page.getByRole('tab').allInnerTexts()) {
        await tab(page, name);
        await wide(name);
      }
      await page.context().close();
    }
  });
}

for (const [width, height] of [[1440, 900], [1280, 720]]) {
  test(`controls stay beside the figures at ${width} × ${height}, and what is cut off scrolls`, async (t) => {
    for (const id of demos) {
      const page = await visit(t, `${id}.html`, width, height);
      // The end of the figures at the bottom of the window.
      await page.locator('.stage').evaluate((stage) => stage.scrollIntoView({ block: 'end', behavior: 'instant' }));
      const [column] = await boxes(page, ['.side-column']);
      assert.ok(column.top >= 0 && column.top < 60 && column.bottom <= height, `${id}: the controls are at ${column.top} to ${column.bottom}`);
      // Every control can be come to in the column itself.
      const last = page.locator('.side-column button:visible, .side-column input:visible, .side-column summary:visible').last();
      await last.scrollIntoViewIfNeeded();
      const box = await last.boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= height, `${id}: the last control is at ${box.y}`);
      await page.context().close();
    }
  });
}

test('at 400 % zoom nothing that sticks covers more than a fifth', async (t) => {
  for (const address of pages) {
    const page = await visit(t, address, 320, 225);
    const tall = await page.evaluate(() => document.documentElement.scrollHeight);
    for (const share of [0, 0.3, 0.6, 1]) {
      await page.evaluate((y) => scrollTo(0, y), share * tall);
      const covered = await page.evaluate(() => {
        const sticks = (it) => {
          const { position, visibility } = getComputedStyle(it);
          return (position === 'fixed' || position === 'sticky') && visibility !== 'hidden';
        };
        const area = ({ top, bottom, left, right }) =>
          Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0)) * Math.max(0, Math.min(right, innerWidth) - Math.max(left, 0));
        return [...document.querySelectorAll('body *')].filter(sticks)
          .map((it) => [area(it.getBoundingClientRect()) / (innerWidth * innerHeight), it.outerHTML.slice(0, 80)])
          .filter(([share]) => share > 0.2);
      });
      assert.deepEqual(covered, [], `${address || 'home'} at ${share}`);
    }
    await page.context().close();
  }
});

for (const address of pages) {
  test(`nothing moves as ${address || 'home'} loads`, async (t) => {
    for (const [width, height] of [[1440, 900], [390, 844]]) {
      const page = await newPage(t, { viewport: { width, height }, ...moving });
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => {
          for (const { value, hadRecentInput, sources } of list.getEntries()) {
            if (!hadRecentInput) window.shifts.push([value, sources?.map(({ node }) => node?.id || node?.className || node?.nodeName).join(' ')]);
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(site.url + address);
      if (address === '') await page.locator('#live.is-live iframe').waitFor();
      else await stands(page);
      await eventually(() => page.evaluate(() => document.fonts.status), (status) => status === 'loaded', 'fonts do not come');
      const shifts = await page.evaluate(() => window.shifts);
      const sum = shifts.reduce((sum, [value]) => sum + value, 0);
      assert.ok(sum <= 0.05, `${width} pixels: a shift of ${sum.toFixed(3)}: ${JSON.stringify(shifts)}`);
    }
  });
}
