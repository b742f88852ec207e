// What the page does on other people's terms: under its own security policy, on another screen, on paper, in a frame.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test, { after } from 'node:test';

import { button, control, dist, eventually, keepWorkers, killWorker, newPage, noViolation, open, site, tab, until } from './page.mjs';
import { serve } from './serve.mjs';

const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:";
const strict = await serve(dist, { headers: { 'content-security-policy': policy } });
after(() => strict.close());

/** For `init`: keeps what the policy forbade in `window.violations`. */
function keepViolations() {
  window.violations = [];
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
    window.violations.push(`${effectiveDirective} ${blockedURI} ${sample}`),
  );
}
const violations = (page) => page.evaluate(() => window.violations);

for (const { name, url } of [{ name: 'its own', url: site.url }, { name: 'the host\'s too', url: strict.url }]) {
  test(`everything is done under the policy, ${name}`, async (t) => {
    const page = await open(t, '?epochs=4', { url, init: keepViolations });
    const said = await page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content');
    assert.equal(said, policy);
    await button(page, 'Share').click();
    await Promise.all([page.waitForEvent('download'), button(page, 'Save weights').click()]);
    await control(page, 'theme').selectOption('dark');
    const hovered = async () => {
      await page.locator('[data-panel=hit_rate] canvas').hover({ position: { x: 200, y: 100 } });
      return page.locator('[data-panel=hit_rate] .readout').count();
    };
    await eventually(hovered, (count) => count === 1, 'nothing is read out');
    await button(page, 'Compare A|B').click();
    await until(page, 'finished');
    await button(page, 'Compare A|B').click();
    await until(page, 'finished');
    await tab(page, 'Many seeds');
    await control(page, 'num_seeds').selectOption('10');
    await button(page, 'Run all').click();
    await page.locator('.seeds[data-state=idle] table tbody tr').first().waitFor({ timeout: 120_000 });
    await Promise.all([page.waitForEvent('download'), button(page, 'Save the table').click()]);
    assert.deepEqual(await violations(page), []);
    for (const query of ['?demo=correlated_inputs&duration_s=20', '?demo=xor_reward&epochs=5', '?embed=1&epochs=4']) {
      await page.goto(url + query);
      await until(page, 'finished');
      assert.deepEqual(await violations(page), [], query);
    }
  });
}

test('what the policy forbids is seen by these tests', async (t) => {
  const page = await open(t, '?epochs=4', { init: keepViolations, expected: /Content Security Policy/ });
  await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p style="color: red">styled</p>'));
  await eventually(() => violations(page), (all) => all.length === 1, 'a style is not forbidden');
});

/** Width of the first canvas, the colour in its corner, and how many colours there are. */
const drawn = (page) =>
  page.locator('.plot canvas').first().evaluate((canvas) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    const colours = new Set();
    for (let i = 0; i < data.length; i += 4) colours.add(data.slice(i, i + 3).join());
    return { width, corner: Math.min(...data.slice(0, 3)), colours: colours.size, opaque: data[3] === 255, isFine: width / canvas.clientWidth >= 1.9 };
  });

/** The same, once the figure has come and is drawn as large as it is shown. */
const settled = (page) => eventually(() => drawn(page), ({ opaque, isFine, colours }) => opaque && isFine && colours > 3, 'it is not drawn');

test('a finer screen of the same size', async (t) => {
  const size = { width: 1000, height: 800 };
  const page = await open(t, '?epochs=4', { viewport: size, deviceScaleFactor: 2 });
  const before = await settled(page);
  const session = await page.context().newCDPSession(page);
  // Twice, since each ratio is asked for anew.
  for (const ratio of [4, 3]) {
    await session.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: ratio, mobile: false });
    const now = await eventually(() => drawn(page), ({ width }) => Math.abs(width - before.width * ratio / 2) <= 2, `not drawn for ${ratio}`);
    assert.ok(now.colours > 3, `${now.colours} colours`);
  }
});

for (const colorScheme of ['light', 'dark']) {
  test(`on paper, ${colorScheme}`, async (t) => {
    const page = await open(t, '?epochs=4', { colorScheme });
    const before = await settled(page);
    assert.equal(before.corner > 200, colorScheme === 'light');
    await page.emulateMedia({ media: 'print', colorScheme });
    const printed = await eventually(() => drawn(page), ({ corner, width }) => corner > 200 && width !== before.width, 'not drawn for paper');
    assert.ok(printed.colours > 3, `${printed.colours} colours`);
    assert.equal(await page.locator('button:visible, select:visible, input:visible, summary:visible, nav:visible').count(), 0);
    const captions = page.locator('.panel:visible .caption');
    // Those of the tab that is open, and of the figure beside the network.
    assert.ok((await captions.count()) >= 3);
    for (const caption of await captions.all()) assert.ok(await caption.isVisible());
    const shapes = () => page.locator('.plot canvas').evaluateAll((all) => all.map((c) => (c.clientWidth / c.clientHeight) / (c.width / c.height)));
    await eventually(shapes, (all) => all.every((shape) => Math.abs(shape - 1) < 0.02), 'a figure is too wide or too high');
    const print = await page.locator('main').getAttribute('data-fingerprint');
    const origin = await page.locator('.provenance').innerText();
    assert.ok(origin.includes(print) && origin.includes(`${site.url}characters.html?`) && origin.includes('epochs=4'), origin);

    await page.emulateMedia({ media: 'screen', colorScheme });
    await eventually(() => drawn(page), ({ corner, width }) => corner === before.corner && width === before.width, 'it stays as printed');
    assert.equal(await page.locator('.provenance').count(), 0);
  });
}

test('printing from the dark theme gives light figures', async (t) => {
  // Listens before the page does: what it sees after printing is what was printed.
  const keepPrinted = () => {
    const corner = (canvas) => Math.min(...canvas.getContext('2d').getImageData(0, 0, 1, 1).data.slice(0, 3));
    addEventListener('afterprint', () => {
      window.printed = [...document.querySelectorAll('.plot canvas')].map(corner);
      window.printedTheme = document.documentElement.dataset.theme;
    });
  };
  const page = await open(t, '?theme=dark&epochs=4', { colorScheme: 'dark', init: keepPrinted });
  const read = () => page.locator('.plot canvas').evaluateAll((all) => all.map((canvas) => [...canvas.getContext('2d').getImageData(0, 0, 1, 1).data]));
  // All of them are drawn, dark.
  const isDark = ([red, green, blue, alpha]) => alpha === 255 && Math.min(red, green, blue) < 60;
  const { length: figures } = await eventually(read, (all) => all.every(isDark), 'a figure is not drawn');
  await page.pdf({ path: process.env.PDF, format: 'A4' });
  const corners = await eventually(() => page.evaluate(() => window.printed), (all) => all?.length > 0, 'nothing is printed');
  assert.equal(corners.length, figures);
  for (const corner of corners) assert.ok(corner > 200, `a figure is dark: ${corner}`);
  assert.equal(await page.evaluate(() => window.printedTheme), 'light');
  await eventually(() => drawn(page), ({ corner }) => corner < 60, 'it stays light');
});

// The host page is another site to the browser.
let html;
const host = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html));
await new Promise((resolve) => host.listen(0, '127.0.0.1', resolve));
after(() => host.close());

/** The page in a frame of another site. */
async function frameOf(t, attributes, { url = site.url, ...options } = {}) {
  html = `<!doctype html><title>A lesson</title><iframe title="demo" src="${url}?embed=1&epochs=4" width="700" height="500" ${attributes}></iframe>`;
  const page = await newPage(t, options);
  await page.goto(`http://localhost:${host.address().port}/`);
  const frame = await page.locator('iframe').elementHandle().then((element) => element.contentFrame());
  await until(frame, 'finished');
  return { page, frame };
}

test('in a sandbox: files cannot be saved, nothing can be copied, and both are said', async (t) => {
  const open = await serve(dist, { headers: { 'access-control-allow-origin': '*', 'content-security-policy': policy } });
  t.after(() => open.close());
  const expected = /Clipboard API has been blocked|Download is disallowed/;
  const { page, frame } = await frameOf(t, 'sandbox="allow-scripts"', { url: open.url, init: keepViolations, expected });
  page.on('download', () => assert.fail('it was saved after all'));
  await button(frame, 'Save weights').click();
  const note = frame.getByText('If characters-weights.csv was not saved, this frame may not save files');
  const link = await note.getByRole('link', { name: 'full version' }).getAttribute('href');
  assert.ok(link.startsWith(`${open.url}characters.html?`) && link.includes('epochs=4') && !link.includes('embed'), link);
  await button(frame, 'Share').click();
  await frame.getByText('This frame may not use the clipboard. Select the link and copy it.').waitFor();
  assert.deepEqual(await violations(frame), []);
});

test('a frame that may save and copy does both', async (t) => {
  const { page, frame } = await frameOf(t, 'allow="clipboard-write"', { permissions: ['clipboard-write', 'clipboard-read'] });
  await Promise.all([page.waitForEvent('download'), button(frame, 'Save weights').click()]);
  await button(frame, 'Share').click();
  await frame.getByText('Copied.').waitFor();
});

test('a frame without the clipboard shows the report that it cannot copy', async (t) => {
  const { frame } = await frameOf(t, '', { init: keepWorkers, expected: /Clipboard API has been blocked/ });
  await killWorker(frame, 'unreachable');
  await button(frame, 'Copy report').click();
  await frame.getByText('This frame may not use the clipboard. Select the report and copy it.').waitFor();
  assert.match(await frame.getByRole('textbox', { name: 'Report' }).inputValue(), /unreachable/);
  await noViolation(frame);
});

test('in a window of its own nothing is said of frames', async (t) => {
  const page = await open(t, '?epochs=4');
  await Promise.all([page.waitForEvent('download'), button(page, 'Save weights').click()]);
  assert.equal(await page.locator('.saved').innerText().catch(() => ''), '');
});
