// What is taken home from the page: figures as PNG, SVG and CSV, and everything in one zip.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { crc32 } from 'node:zlib';

import { button, control, eventually, fingerprint, newPage, noViolation, open, runState, site, tab, until } from './page.mjs';

const query = '?epochs=4';
const figure = (page) => page.locator('[data-panel=hit_rate]').first();

/** Opens the menu of a figure. */
async function menu(page, panel = figure(page)) {
  await panel.locator('details.take > summary').click();
  return panel.locator('details.take .sheet');
}

/** What a click saves: its name, and its bytes. */
async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** The files of a zip in which nothing is packed, each held to its check sum. */
function opened(bytes) {
  const files = new Map();
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50; ) {
    const [packed, sum, size, name] = [bytes.readUInt16LE(at + 8), bytes.readUInt32LE(at + 14), bytes.readUInt32LE(at + 22), bytes.readUInt16LE(at + 26)];
    const start = at + 30 + name;
    const content = bytes.subarray(start, start + size);
    assert.equal(packed, 0);
    assert.equal(crc32(content), sum);
    files.set(bytes.toString('utf8', at + 30, start), content.toString('utf8'));
    at = start + size;
  }
  return files;
}

test('a figure is saved as a picture of twice its size', async (t) => {
  const page = await open(t, `${query}&theme=dark`);
  const shown = await figure(page).locator('canvas').evaluate((canvas) => [canvas.clientWidth, canvas.clientHeight]);
  const sheet = await menu(page);
  const { name, bytes } = await saved(page, () => sheet.getByRole('button', { name: 'PNG', exact: true }).click());
  assert.equal(name, 'characters-hit_rate.png');
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  assert.ok(Math.abs(width - 2 * shown[0]) <= 2 && Math.abs(height - 2 * shown[1]) <= 2, `${width} by ${height} of ${shown}`);
  const corner = await page.evaluate(async (url) => {
    const image = Object.assign(new Image(), { src: url });
    await image.decode();
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    return [...context.getImageData(1, 1, 1, 1).data];
  }, `data:image/png;base64,${bytes.toString('base64')}`).catch(() => null);
  // Where the page may not read it back, the size has to do.
  if (corner) assert.deepEqual(corner, [255, 255, 255, 255], 'on white, also from a dark page');
});

test('weights are offered where there are some', async (t) => {
  const page = await open(t, query);
  assert.ok(await button(page, 'Save weights').isVisible());
  await page.goto(`${site.url}balanced_networks.html?v=1&duration_s=0.2`);
  await until(page, 'finished');
  await button(page, 'Save weights').waitFor({ state: 'hidden' });
  await control(page, 'part').selectOption('learned');
  await button(page, 'Save weights').waitFor();
});

test('a figure is saved for print, in the size that was asked for', async (t) => {
  const page = await open(t, query);
  const sheet = await menu(page);
  const svg = () => saved(page, () => sheet.getByRole('button', { name: 'SVG for print' }).click());
  const first = await svg();
  assert.equal(first.name, 'characters-hit_rate.svg');
  assert.match(first.bytes.toString(), /^<svg width="85mm"/);
  await sheet.getByRole('button', { name: '2 columns' }).click();
  assert.equal(await sheet.locator('[name=width_mm]').inputValue(), '174');
  assert.match((await svg()).bytes.toString(), /^<svg width="174mm"/);
  for (const typed of ['1000', '999']) {
    await sheet.locator('[name=width_mm]').fill(typed);
    await sheet.locator('[name=width_mm]').blur();
    assert.equal(await sheet.locator('[name=width_mm]').inputValue(), '400', `${typed} is brought into its range`);
  }
  // Another figure's menu closes this one and remembers the size.
  const other = await menu(page, page.locator('[data-panel=weights]').first());
  assert.equal(await other.locator('[name=width_mm]').inputValue(), '400');
  await page.keyboard.press('Escape');
  await other.waitFor({ state: 'hidden' });
});

test('a figure is saved as numbers, and its table opens', async (t) => {
  const page = await open(t, query);
  const sheet = await menu(page);
  const { name, bytes } = await saved(page, () => sheet.getByRole('button', { name: 'CSV' }).click());
  assert.equal(name, 'characters-hit_rate.csv');
  const lines = bytes.toString().trim().split('\n');
  assert.match(lines[0], /^line,/);
  await sheet.getByRole('button', { name: 'Table' }).click();
  const cells = figure(page).locator('.data table');
  await cells.waitFor();
  const first = await cells.locator('tbody tr').first().locator('td').allTextContents();
  assert.equal(lines[1], first.join(','));
});

test('a picture is copied where the browser allows it', async (t) => {
  const page = await open(t, query, { permissions: ['clipboard-read', 'clipboard-write'] });
  const sheet = await menu(page);
  await sheet.getByRole('button', { name: 'Copy picture' }).click();
  await eventually(() => sheet.locator('output').textContent(), (text) => text === 'Copied.', 'it is not copied');
  const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types));
  assert.ok(types.includes('image/png'), types.join());
});

test('the network is saved as a picture, for print and as numbers', async (t) => {
  const page = await open(t, `${query}&theme=dark`);
  const network = page.locator('.panel.network');
  const shown = await network.locator('.net canvas').first().evaluate((canvas) => [canvas.clientWidth, canvas.clientHeight]);
  const sheet = await menu(page, network);
  const png = await saved(page, () => sheet.getByRole('button', { name: 'PNG', exact: true }).click());
  assert.equal(png.name, 'characters-network.png');
  assert.equal(png.bytes.toString('latin1', 1, 4), 'PNG');
  const size = [png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)];
  // With the legend below it.
  const legend = size[1] - 2 * shown[1];
  assert.ok(Math.abs(size[0] - 2 * shown[0]) <= 2 && legend > 20 && legend < 200, `${size} of ${shown}`);
  const svg = await saved(page, () => sheet.getByRole('button', { name: 'SVG for print' }).click());
  assert.equal(svg.name, 'characters-network.svg');
  assert.match(svg.bytes.toString(), /^<svg width="85mm"[^]*t = [\d.]+ s[^]*<\/svg>\s*$/);
  const csv = await saved(page, () => sheet.getByRole('button', { name: 'CSV' }).click());
  assert.equal(csv.name, 'characters-network.csv');
  const lines = csv.bytes.toString().trim().split('\n');
  assert.equal(lines[0], 'projection,pre_population,pre,post_population,post,weight,start_weight,unit,num_synapses');
  assert.ok(lines.length > 60, `${lines.length} rows`);
  assert.ok(lines.slice(1).some((line) => line.split(',')[5] !== line.split(',')[6]), 'nothing was learned');
  await noViolation(page);
});

test('everything is in one zip', async (t) => {
  const page = await open(t, query);
  await tab(page, 'Results');
  const { name, bytes } = await saved(page, () => button(page, 'Everything (zip)').click());
  assert.equal(name, 'characters-seed-1.zip');
  const files = opened(bytes);
  assert.ok(files.get('README.txt').includes(await fingerprint(page)));
  const link = files.get('link.txt').trim();
  assert.equal(JSON.parse(files.get('run.json')).runs[0].fingerprint, await fingerprint(page));
  assert.match(files.get('citation.bib'), /@software\{stdp_playground[^]*@inproceedings\{gupta2007/);
  const panels = await page.locator('.panel canvas').evaluateAll((all) => all.map((it) => it.closest('[data-panel]').dataset.panel));
  assert.ok(panels.includes('network'));
  for (const panel of panels) {
    assert.match(files.get(`figures/${panel}.svg`), /^<svg width="85mm"/, panel);
    assert.ok(files.get(`data/${panel}.csv`).includes('\n'), panel);
  }
  const again = await newPage(t);
  await again.goto(site.url + link);
  await until(again, 'finished');
  assert.equal(await fingerprint(again), await fingerprint(page));
});

test('an open menu has no violation and is used by keyboard', async (t) => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await open(t, query, { colorScheme });
    await figure(page).locator('details.take > summary').focus();
    await page.keyboard.press('Enter');
    await figure(page).getByRole('button', { name: 'PNG', exact: true }).waitFor();
    await noViolation(page);
    await page.keyboard.press('Escape');
    assert.ok(await figure(page).locator('details.take > summary').evaluate((it) => it === document.activeElement));
  }
});

test('a frame that may not save says where to go', async (t) => {
  const page = await newPage(t, { expected: /sandboxed/ });
  await page.goto(site.url);
  const source = `${site.url}characters.html?embed=1&epochs=4&show=hit_rate`;
  await page.evaluate((source) => {
    document.body.innerHTML = `<iframe sandbox="allow-scripts allow-same-origin" width="900" height="700" src="${source}"></iframe>`;
  }, source);
  const frame = page.frameLocator('iframe');
  await frame.locator('main[data-run-state=finished]').waitFor();
  await frame.locator('details.take > summary').first().click();
  await frame.getByRole('button', { name: 'CSV' }).click();
  const told = frame.locator('.take .saved').first();
  await told.getByText('this frame may not save files').waitFor();
  assert.match(await told.locator('a').getAttribute('href'), /characters\.html\?/);
});
