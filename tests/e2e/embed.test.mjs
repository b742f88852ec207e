// The page inside somebody else's.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test, { after } from 'node:test';

import {
  atRest, button, control, eventually, film, fingerprint, moving, newPage, open, pause, runState, shownMs, site, until, untilFilm,
} from './page.mjs';

// The host page has another port and another name, so that it is another site to the browser.
let html;
const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
after(() => server.close());
const host = `http://localhost:${server.address().port}/`;

/** A host page with the embed in an iframe; gives the page and the frame. */
async function embed(t, query, { sandbox, spacer = 0, isSameSite = false, ...options } = {}) {
  html = `<!doctype html><title>A lesson</title>
    <input id="answer" aria-label="Answer" autofocus>
    <div style="height: ${spacer}px"></div>
    <iframe title="demo" src="${site.url}?embed=1${query}" width="700" height="500" ${sandbox ? `sandbox="${sandbox}"` : ''}></iframe>
    <div style="height: ${spacer}px"></div>`;
  const page = await newPage(t, options);
  const beside = `${site.url}lesson.html`;
  if (isSameSite) await page.route(beside, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(isSameSite ? beside : host);
  const frame = await page.locator('iframe').elementHandle().then((element) => element.contentFrame());
  return { page, frame };
}

test('plays by itself and leaves the focus where it was', async (t) => {
  // Short: what takes long to compute is shown as it is computed, and its film is not played after that.
  const { page, frame } = await embed(t, '&seed=7&epochs=4', moving);
  await page.locator('#answer:focus').waitFor();
  await page.keyboard.type('forty');
  await untilFilm(frame, 'playing');
  await atRest(frame, ({ state }) => state === 'finished');
  await page.keyboard.type('-two');
  assert.equal(await page.locator('#answer').inputValue(), 'forty-two');
  assert.equal(await frame.locator('header.site:visible, footer.site:visible').count(), 0);
  assert.equal(await frame.locator('.notices').count(), 0);

  const full = frame.getByRole('link', { name: 'Open the full version' });
  const other = await open(t, '', { url: await full.getAttribute('href') });
  assert.equal(await fingerprint(other), await fingerprint(frame));
  assert.equal(await other.locator('header.site').count(), 1);
});

test('keys and the wheel stay the host\'s', async (t) => {
  const { page, frame } = await embed(t, '', { spacer: 1500 });
  await page.locator('iframe').scrollIntoViewIfNeeded();
  await until(frame, 'finished');
  await page.locator('#answer').evaluate((input) => input.focus({ preventScroll: true }));
  for (const key of ['Space', 'r', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  await pause(200);
  assert.equal(await runState(frame), 'finished');
});

test('hide= leaves out parts, groups, controls and figures', async (t) => {
  const { frame } = await embed(t, '&hide=share,opening,mends,letters,potentials');
  await until(frame, 'finished');
  assert.equal(await button(frame, 'Share').count(), 0);
  assert.equal(await frame.getByRole('heading', { level: 1 }).count(), 0);
  assert.equal(await frame.locator('[data-panel=potentials]').count(), 0);
  assert.equal(await frame.locator('[data-panel=weights]').count(), 1);
  for (const key of ['letters', 'homeostasis', 'complement']) assert.equal(await control(frame, key).count(), 0, key);
  for (const key of ['polarity', 'epochs']) assert.equal(await control(frame, key).count(), 1, key);
});

test('show= leaves out everything else of its kind', async (t) => {
  const { frame } = await embed(t, '&show=transport,figures,hit_rate');
  await until(frame, 'finished');
  assert.equal(await button(frame, 'Play').count(), 1);
  assert.equal(await frame.locator('form.controls').count(), 0);
  assert.equal(await button(frame, 'Share').count(), 0);
  const panels = await frame.locator('[data-panel]').evaluateAll((all) => all.map((panel) => panel.dataset.panel));
  assert.deepEqual(panels, ['hit_rate']);
});

test('show= with a group and one more control', async (t) => {
  const { frame } = await embed(t, '&show=mends,eta');
  await until(frame, 'finished');
  const names = await frame.locator('.controls [name]').evaluateAll((all) => all.map((input) => input.name));
  assert.deepEqual(names.filter((name) => name !== 'preset' && !name.endsWith('-slider')).sort(),
    ['competition', 'complement', 'eta', 'homeostasis', 'normalise']);
});

test('show= brings the section of what it names', async (t) => {
  const { frame } = await embed(t, '&demo=stdp_window&show=window,transport');
  await until(frame, 'finished');
  assert.equal(await frame.locator('[data-panel]').evaluateAll((all) => all.map((panel) => panel.dataset.panel).join()), 'window');
  assert.equal(await frame.locator('[data-panel=window]').isVisible(), true);
  assert.equal(await button(frame, 'Play').count(), 1);
  assert.equal(await frame.locator('form.controls').count(), 0);
  assert.equal(await frame.locator('.notices').count(), 0);
});

test('show= with a parameter that stands further down opens the list', async (t) => {
  const { frame } = await embed(t, '&show=eta,transport');
  await until(frame, 'finished');
  assert.equal(await control(frame, 'eta').isVisible(), true);
  assert.equal(await frame.locator('[data-panel]').count(), 0);
});

test('autorun=0 waits for Play', async (t) => {
  const { frame } = await embed(t, '&autorun=0&epochs=4');
  await until(frame, 'idle');
  await pause(700);
  assert.equal(await runState(frame), 'idle');
  await button(frame, 'Play').click();
  await untilFilm(frame, 'playing');
});

// Browsers slow down what is out of view only where it is another site's.
for (const isSameSite of [false, true]) {
  const where = isSameSite ? ', on the same site' : '';

  test(`off screen it waits, in view it starts, out of view it pauses${where}`, async (t) => {
    const { page, frame } = await embed(t, '', { spacer: 3000, isSameSite });
    await frame.locator('main').waitFor({ state: 'attached' });
    await pause(1500);
    assert.equal(await runState(frame), 'idle');
    const scrollTo = (y) => page.evaluate((y) => window.scrollTo(0, y), y);
    await scrollTo(3000);
    await until(frame, 'finished');

    await button(frame, 'Play').click();
    await eventually(() => shownMs(frame), (ms) => ms > 0 && ms < 20_000, 'it does not replay');
    await scrollTo(0);
    await untilFilm(frame, 'resting');
    const left = await shownMs(frame);
    await pause(1000);
    assert.equal(await shownMs(frame), left, 'it goes on out of view');
    await scrollTo(3000);
    await untilFilm(frame, 'playing');
    await eventually(() => shownMs(frame), (ms) => ms > left, 'it does not go on in view');
  });

  test(`off screen even autorun=1 waits${where}`, async (t) => {
    const { page, frame } = await embed(t, '&autorun=1&epochs=4', { spacer: 3000, isSameSite, ...moving });
    await frame.locator('main').waitFor({ state: 'attached' });
    await pause(1500);
    assert.equal(await film(frame), 'none');
    await page.evaluate(() => window.scrollTo(0, 3000));
    await untilFilm(frame, 'playing');
  });
}

test('in a sandbox, without an origin, storage or worker', async (t) => {
  const allowed = async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'access-control-allow-origin': '*' } });
  };
  const { page, frame } = await embed(t, '&seed=7', {
    sandbox: 'allow-scripts',
    routes: { [`${site.url}**`]: allowed },
    expected: /Clipboard API has been blocked/,
  });
  await until(frame, 'finished');
  assert.equal(page.workers().length, 0);
  await assert.rejects(frame.evaluate(() => localStorage), /sandboxed/);
  const other = await open(t, '?seed=7');
  assert.equal(await fingerprint(frame), await fingerprint(other));
  await button(frame, 'Share').click();
  assert.ok((await frame.getByLabel('This link replays').inputValue()).startsWith(`${site.url}characters.html?`));
  await button(frame, 'Play').click();
  await untilFilm(frame, 'playing');
});

test('in a sandbox where the host of the page does not allow it, the plain card says so', async (t) => {
  const { frame } = await embed(t, '', { sandbox: 'allow-scripts', expected: /CORS|ERR_FAILED|integrity|dynamically imported/ });
  await frame.getByText(/load\.js could not be loaded.*sandboxed without allow-same-origin/).waitFor();
});
