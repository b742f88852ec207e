// Reading figures with the mouse, a finger and the keyboard; and the menu, which is one row everywhere.
import assert from 'node:assert/strict';
import test from 'node:test';

import { demoMenu, eventually, noViolation, open, pause } from './page.mjs';

const answers = (page) => page.locator('[data-panel=answers]');
const reading = (page) => answers(page).locator('.readout');
const demo = '?demo=pattern_clustering';

/** Waits until a figure is drawn as large as it is shown: before that there is nothing to read. */
const isDrawn = (canvas) => eventually(() => canvas.evaluate((it) => it.width / it.clientWidth), (ratio) => ratio >= 1.9, 'it is not drawn');

/** The box of a figure, in view and at rest. */
async function boxOf(canvas) {
  await isDrawn(canvas);
  await canvas.scrollIntoViewIfNeeded();
  const box = () => canvas.evaluate((it) => new Promise((resolve) => requestAnimationFrame(() => resolve(JSON.stringify(it.getBoundingClientRect())))));
  let last;
  const { x, y, width, height } = JSON.parse(await eventually(box, (now) => now === last || !(last = now), 'the page does not come to rest'));
  return { x, y, width, height };
}

/** Fails unless all lines are read, beside the place and within the window. */
async function isRead(page, { x, y }) {
  const { width } = page.viewportSize();
  // Together, since the reading of the place before may still be there.
  const read = () =>
    reading(page).evaluateAll(([it]) => {
      const { left, right, top, bottom } = it?.getBoundingClientRect() ?? {};
      return { text: it?.innerText ?? '', left, right, top, bottom };
    });
  const isLines = ({ text }) => /^presentation \d+\n▲: [\d.]+\n■: [\d.]+$/.test(text);
  const isUnder = ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom;
  const isWithin = ({ left, right }) => left >= 0 && right <= width;
  const accepts = (now) => isLines(now) && !isUnder(now) && isWithin(now);
  await eventually(read, accepts, `not all lines are read beside ${x}, ${y} and within ${width} pixels`);
}

for (const width of [1280, 390]) {
  test(`the pointer reads all lines, ${width} pixels`, async (t) => {
    const page = await open(t, demo, { viewport: { width, height: 900 } });
    const box = await boxOf(answers(page).locator('canvas'));
    for (const [across, down] of [[0.3, 0.4], [0.55, 0.4], [0.8, 0.7], [0.3, 0.7]]) {
      const place = { x: box.x + across * box.width, y: box.y + down * box.height };
      await page.mouse.move(place.x, place.y);
      await isRead(page, place);
    }
    await page.mouse.move(box.x + 5, box.y - 40);
    await reading(page).waitFor({ state: 'detached' });
  });
}

test('a tap reads, and another elsewhere ends it', async (t) => {
  const page = await open(t, demo, { viewport: { width: 390, height: 900 }, hasTouch: true });
  const box = await boxOf(answers(page).locator('canvas'));
  const place = { x: box.x + 0.6 * box.width, y: box.y + 0.5 * box.height };
  await page.touchscreen.tap(place.x, place.y);
  await pause(300);
  await isRead(page, place);
  const title = await answers(page).locator('h2').boundingBox();
  await page.touchscreen.tap(title.x + 10, title.y + 10);
  await reading(page).waitFor({ state: 'detached' });
});

test('arrow keys read', async (t) => {
  const page = await open(t, demo);
  await isDrawn(answers(page).locator('canvas'));
  await answers(page).locator('canvas').focus();
  await page.keyboard.press('End');
  const text = async () => (await reading(page).allInnerTexts()).join();
  const last = await eventually(text, (now) => now.startsWith('presentation'), 'nothing is read');
  await page.keyboard.press('ArrowLeft');
  await eventually(text, (now) => now !== '' && now !== last, 'the reading does not move');
  assert.equal(await reading(page).getAttribute('aria-live'), 'polite');
  await page.keyboard.press('Escape');
  await eventually(text, (now) => now === '', 'the reading stays');
});

for (const width of [1280, 390]) {
  test(`the menu of demos opens within the page, and closes, ${width} pixels`, async (t) => {
    const page = await open(t, demo, { viewport: { width, height: 800 } });
    const menu = await demoMenu(page);
    const box = await menu.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= width && box.y + box.height <= 800, JSON.stringify(box));
    assert.equal(await menu.locator('[aria-current=page]').count(), 1);
    await noViolation(page);
    await menu.getByRole('link').first().focus();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => document.activeElement.localName), 'summary');
    await demoMenu(page);
    // The page's edge, where nothing else is.
    await page.mouse.click(3, 400);
    await menu.waitFor({ state: 'hidden' });
  });
}

test('a stretch of a figure is dragged out, or set with sliders, and lines are put away', async (t) => {
  const page = await open(t, '?epochs=12');
  const panel = page.locator('[data-panel=hit_rate]');
  await panel.locator('summary', { hasText: 'Data' }).click();
  const rows = () => panel.locator('tbody tr').count();
  // The whole of it: each of the 12 epochs, and the other seeds, which come after the run. With more of them their median
  // stays as long.
  const named = (name) => panel.locator('tbody td:first-child', { hasText: name }).count();
  await eventually(() => named(/^this seed$/), (num) => num === 12, 'there is no row per epoch');
  await eventually(() => named(/^median of \d+ other seeds$/), (num) => num > 0, 'there are no other seeds', 60_000);
  const whole = await rows();
  const fewer = (message) => eventually(rows, (now) => now > 0 && now < whole, message);
  const all = (message) => eventually(rows, (now) => now === whole, message);

  const canvas = panel.locator('canvas');
  const box = await boxOf(canvas);
  const at = (share) => [box.x + share * box.width, box.y + 120];
  await page.mouse.move(...at(0.3));
  await page.mouse.down();
  await page.mouse.move(...at(0.5));
  await page.mouse.move(...at(0.6));
  await panel.locator('.stretch').waitFor();
  await page.mouse.up();
  await fewer('the stretch is not looked at');
  assert.equal(await panel.locator('.stretch').count(), 0);
  await page.mouse.dblclick(...at(0.5));
  await all('a double click does not show the whole');

  await panel.locator('summary', { hasText: 'View' }).click();
  await panel.getByRole('slider', { name: /from/ }).fill('50');
  await fewer('the slider does nothing');
  await noViolation(page);
  await panel.getByRole('button', { name: 'Whole' }).click();
  await all('Whole does not show the whole');
  await panel.getByRole('checkbox', { name: 'this seed' }).uncheck();
  await fewer('the line is still there');
  await panel.getByRole('checkbox', { name: 'this seed' }).check();
  await all('the line did not come back');
});
