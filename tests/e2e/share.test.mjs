// The card behind "Share": the link and its code, the form for embeds, data and citation.
import assert from 'node:assert/strict';
import test from 'node:test';

import jsQR from 'jsqr';

import { button, control, eventually, fingerprint, newPage, noViolation, open, site, until } from './page.mjs';

/** Opens Share at one of its parts. */
async function share(page, part) {
  await button(page, 'Share').click();
  if (part) await page.getByRole('radio', { name: part }).check();
}

/** What the QR code on the page says to a camera. */
async function scan(page) {
  const side = 320;
  const seen = await page.locator('.qr img').evaluate(async (img, side) => {
    await img.decode();
    const context = Object.assign(document.createElement('canvas'), { width: side, height: side }).getContext('2d');
    context.drawImage(img, 0, 0, side, side);
    const { data } = context.getImageData(0, 0, side, side);
    return Array.from({ length: side * side }, (_, place) => (data[4 * place] > 128 ? '1' : '0')).join('');
  }, side);
  const grey = (dot) => [dot * 255, dot * 255, dot * 255, 255];
  return jsQR(Uint8ClampedArray.from([...seen].flatMap((dot) => grey(Number(dot)))), side, side)?.data;
}

/** The boxes that are ticked, by their names without `embed-`. */
const ticked = (page) =>
  page.locator('.embed input[type=checkbox]:checked').evaluateAll((all) => all.map((box) => box.name.replace('embed-', '')));

/** The address in the HTML to paste. */
async function source(page) {
  const [, src] = /src="([^"]*)"/.exec(await control(page, 'embed-snippet').inputValue());
  return src.replaceAll('&amp;', '&');
}

/** Figures, controls and transport that an embed shows, by their names. */
const parts = async (frame) => ({
  figures: await frame.locator('[data-panel]').evaluateAll((all) => all.map((panel) => panel.dataset.panel)),
  controls: await frame
    .locator('form.controls [name]')
    .evaluateAll((all) => all.map((input) => input.name).filter((name) => name !== 'preset' && !name.endsWith('-slider'))),
  transport: (await frame.locator('.transport').count()) > 0,
  title: await frame.locator('#opening h1').isVisible(),
});

for (const colorScheme of ['light', 'dark']) {
  test(`a camera reads the link, ${colorScheme}`, async (t) => {
    const page = await open(t, 'characters.html?seed=7&homeostasis=0&letters=AB', { colorScheme });
    await share(page);
    const link = await control(page, 'link').inputValue();
    assert.ok(link.includes('homeostasis=0'));
    assert.equal(await scan(page), link);
    await control(page, 'homeostasis').check();
    await until(page, 'finished');
    await eventually(() => scan(page), (now) => now && now !== link && !now.includes('homeostasis'), 'it is the code of the run before');
  });
}

test('a link that is too long for a code says so', async (t) => {
  const page = await open(t, `stdp_window.html?hide=${'opening,'.repeat(200)}`);
  await share(page);
  await page.getByText('No QR code').waitFor();
  assert.equal(await page.locator('.qr img').count(), 0);
  assert.match(await page.locator('.qr').innerText(), /the link has 1\d{3} characters/);
});

test('the theme stays at home, unless it is to go along', async (t) => {
  const page = await open(t, 'stdp_window.html?theme=dark');
  await share(page);
  assert.ok(!(await control(page, 'link').inputValue()).includes('theme'));
  await page.getByLabel('Open it in the dark theme').check();
  assert.match(await control(page, 'link').inputValue(), /theme=dark/);
  assert.match(page.url(), /theme=dark/);
});

test('the preview and the link show what was chosen', async (t) => {
  const page = await open(t, 'characters.html?seed=7&epochs=4');
  await share(page, 'Embed');
  await eventually(() => page.locator('.preview iframe').count(), (count) => count === 1, 'no preview');
  const few = await ticked(page);
  assert.ok(few.includes('transport') && few.length >= 3 && few.length <= 8, `${few}`);
  for (const name of few) await control(page, `embed-${name}`).uncheck();
  await page.getByText('Nothing is chosen').waitFor();
  for (const name of ['hit_rate', 'homeostasis', 'eta', 'transport']) {
    await control(page, `embed-${name}`).evaluate((box) => box.closest('details')?.setAttribute('open', ''));
    await control(page, `embed-${name}`).check();
  }
  await control(page, 'embed-theme').selectOption('dark');
  const chosen = { figures: ['hit_rate'], controls: ['homeostasis', 'eta'], transport: true, title: false };
  const src = await source(page);
  const preview = page.frameLocator('.preview iframe');
  await eventually(() => page.locator('.preview iframe').getAttribute('src'), (now) => now === src, 'the preview is another');
  await preview.locator('main[data-run-state=finished]').waitFor();
  assert.deepEqual(await parts(preview), chosen);

  const embed = await open(t, '', { url: src, viewport: { width: 700, height: 500 } });
  assert.deepEqual(await parts(embed), chosen);
  assert.equal(await embed.locator('html').getAttribute('data-theme'), 'dark');
  assert.equal(await embed.locator('.notices').count(), 0);
  assert.equal(await fingerprint(embed), await fingerprint(page));

  // The run changes, and what was chosen goes along.
  await page.getByRole('radio', { name: 'Link' }).check();
  await page.getByRole('radio', { name: 'Embed' }).check();
  assert.deepEqual(await ticked(page), ['hit_rate', 'homeostasis', 'eta', 'transport']);
  await control(page, 'homeostasis').uncheck();
  await eventually(() => source(page), (now) => now.includes('homeostasis=0'), 'the link is of the run before');
  await button(page, 'Everything').click();
  const plain = new URL(await source(page)).searchParams;
  assert.deepEqual([plain.get('embed'), plain.get('show'), plain.get('hide')], ['1', null, null]);
});

test('size, start and format', async (t) => {
  const page = await open(t, 'stdp_window.html');
  await share(page, 'Embed');
  const text = () => control(page, 'embed-snippet').inputValue();
  const size = () => page.locator('.preview iframe').evaluate((frame) => [frame.clientWidth, frame.clientHeight]);
  assert.match(await text(), /width="700" height="500"/);
  await eventually(size, ([width, height]) => width === 700 && height === 500, 'another size');
  await control(page, 'embed-size').selectOption('own size');
  await control(page, 'embed-width').fill('900');
  await control(page, 'embed-width').blur();
  await control(page, 'embed-height').fill('90');
  await control(page, 'embed-height').blur();
  await page.getByText("Height '90' is not taken: type a whole number of pixels from 200 to 4000.").waitFor();
  assert.match(await text(), /width="900" height="500"/);
  await control(page, 'embed-height').fill('640');
  await control(page, 'embed-height').blur();
  assert.match(await text(), /width="900" height="640"/);
  await eventually(size, ([width, height]) => width === 900 && height === 640, 'another size');
  // Scaled down as a whole, and to no more room than it has.
  const widths = () => page.evaluate(() => ['.preview', '.preview iframe'].map((it) => document.querySelector(it).getBoundingClientRect().width));
  await eventually(widths, ([outer, inner]) => inner <= outer + 1, 'it is wider than its room');

  await control(page, 'embed-autorun').selectOption('0');
  const src = await source(page);
  assert.equal(new URL(src).searchParams.get('autorun'), '0');
  for (const [format, pattern] of [
    ['Markdown', /^\[!\[.*\]\(http:.*\/posters\/stdp_window\.svg\)\]\(http:.*\)$/],
    ['MyST, Jupyter Book', /^:::\{iframe\} http/],
    ['Quarto slides', /^## \{background-iframe="http/],
    ['reveal.js', /^<section>\n {2}<iframe data-src="http/],
    ['Moodle, Canvas', /^<p><iframe src="http/],
  ]) {
    await control(page, 'embed-format').selectOption(format);
    assert.match(await text(), pattern);
    assert.equal(await control(page, 'embed-script').count(), 0);
    if (format === 'Markdown') {
      const [, poster] = /\((http[^)]*svg)\)/.exec(await text());
      assert.equal((await page.request.get(poster)).status(), 200, poster);
    } else {
      assert.ok((await text()).replaceAll('&amp;', '&').includes(src), format);
    }
  }
});

test('by keyboard alone', async (t) => {
  const page = await open(t, 'stdp_window.html', { permissions: ['clipboard-read', 'clipboard-write'] });
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('name') ?? document.activeElement.innerText);
  const tabTo = async (name, key = 'Tab') => {
    for (let i = 0; i < 80; i++) {
      if ((await focused()) === name) return;
      await page.keyboard.press(key);
    }
    assert.fail(`Tab does not reach ${name}`);
  };
  await button(page, 'Share').focus();
  await page.keyboard.press('Enter');
  await tabTo('share-part');
  await page.keyboard.press('ArrowRight');
  await control(page, 'embed-snippet').waitFor();
  assert.equal(await focused(), 'share-part');
  await tabTo('embed-results');
  await page.keyboard.press('Space');
  assert.equal(await focused(), 'embed-results', 'the focus stays on the box');
  assert.ok((await ticked(page)).includes('results'));
  await tabTo('embed-size');
  await page.keyboard.press('ArrowDown');
  await eventually(() => control(page, 'embed-snippet').inputValue(), (text) => text.includes('width="1000"'), 'the size is not taken');
  // The preview does not hold anybody up.
  await tabTo('embed-format');
  await tabTo('embed-snippet');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('.copied output', { hasText: 'Copied.' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await control(page, 'embed-snippet').inputValue());
  // Another choice is another text: nobody is told that it has been copied.
  await control(page, 'embed-results').focus();
  await page.keyboard.press('Space');
  await eventually(() => page.locator('.copied output').allInnerTexts(), (all) => all.every((text) => !text), 'it still says so');
});

test('Back does not go through previews', async (t) => {
  const page = await newPage(t);
  await page.goto(`${site.url}characters.html?epochs=4`);
  await page.goto(`${site.url}stdp_window.html`);
  await until(page, 'finished');
  await share(page, 'Embed');
  for (const name of ['results', 'opening']) {
    await control(page, `embed-${name}`).check();
    await eventually(
      async () => (await page.locator('.preview iframe').getAttribute('src')) === (await source(page)),
      Boolean,
      'the preview does not follow',
    );
  }
  await page.goBack();
  await page.waitForURL(/characters/);
});

test('how to cite the run, and its data', async (t) => {
  const page = await open(t, 'characters.html?seed=7&epochs=4&theme=dark');
  await share(page, 'Data and citation');
  const print = await fingerprint(page);
  for (const name of ['citation', 'bibtex']) {
    const text = await control(page, name).inputValue();
    assert.ok(text.includes(print) && text.includes('characters.html?v=1&seed=7&epochs=4') && !text.includes('theme'), text);
    assert.match(text, /version (= \{)?\d+\.\d+\.\d+/);
  }
  assert.match(await control(page, 'command').inputValue(), /run "characters\.html\?v=1&seed=7&epochs=4" --out results$/);
  // Of a run that is not over nobody knows the fingerprint.
  await button(page, 'To the start').click();
  await until(page, 'idle');
  assert.ok(!(await control(page, 'citation').inputValue()).includes('ingerprint'));
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing in any part, ${colorScheme}`, async (t) => {
    const page = await open(t, 'stdp_window.html?theme=auto', { colorScheme });
    await share(page);
    await noViolation(page);
    for (const part of ['Embed', 'Data and citation']) {
      await page.getByRole('radio', { name: part }).check();
      if (part === 'Embed') {
        await control(page, 'embed-size').selectOption('own size');
        await control(page, 'embed-height').fill('9');
        await control(page, 'embed-height').blur();
        await page.locator('[aria-invalid]').waitFor();
      }
      await noViolation(page);
    }
  });
}
