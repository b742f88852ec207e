// Embeds where people put them: a page of another site, slides, a sandbox. What is pasted is what the page's own form makes.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { after } from 'node:test';

import { button, control, dist, eventually, fingerprint, newPage, open, pause, runState, site, until } from './page.mjs';
import { serve } from './serve.mjs';

const pages = {};
// Another port and another name: another site. It serves reveal.js as npm has it.
const host = await serve(import.meta.dirname, { pages });
// As most static hosts do, for frames that have no origin.
const open_site = await serve(dist, { headers: { 'access-control-allow-origin': '*' } });
after(() => Promise.all([host.close(), open_site.close()]));

const template = (name) => readFile(path.join(import.meta.dirname, 'hosts', name), 'utf8');

/** Opens a host page with `text` pasted into it. */
async function openHost(t, name, text, options) {
  pages[name] = (await template(name)).replace('<!-- pasted -->', () => text);
  const page = await newPage(t, { init: listen, ...options });
  await page.goto(host.url.replace('127.0.0.1', 'localhost') + name);
  return page;
}

/** For `init`: keeps what embeds say to the page around them in `window.heard`. */
function listen() {
  window.heard = [];
  addEventListener('message', ({ data }) => window.heard.push(data));
}

/** What the form makes of a run, in this format; and its script for heights. */
async function snippet(t, query, format) {
  const page = await open(t, query);
  await button(page, 'Share').click();
  await page.getByRole('radio', { name: 'Embed' }).check();
  const script = await control(page, 'embed-script').inputValue();
  await control(page, 'embed-format').selectOption(format);
  return { text: await control(page, 'embed-snippet').inputValue(), script };
}

const frameOf = (element) => element.elementHandle().then((handle) => handle.contentFrame());
/** How high the frame is, and what is in it. */
const heights = async (element) => {
  const frame = await frameOf(element);
  return {
    frame: await element.evaluate((frame) => frame.clientHeight),
    content: await frame.evaluate(() => document.documentElement.scrollHeight),
    end: await frame.evaluate(() => Math.ceil(document.getElementById('page').getBoundingClientRect().bottom + scrollY)),
  };
};
const fits = ({ frame, content, end }) => frame === end && content === end;

test('three frames on a page of another site, each as high as what is in it', async (t) => {
  const made = [];
  for (const query of ['characters.html?seed=7&epochs=4', 'stdp_window.html', 'xor_reward.html?epochs=5']) made.push(await snippet(t, query, 'HTML'));
  const text = made.map(({ text }) => text).join('\n<p>More.</p>\n') + made[0].script;
  const page = await openHost(t, 'lesson.html', text);
  const frames = page.locator('iframe');
  assert.equal(await frames.count(), 3);
  const prints = new Set();
  for (const element of await frames.all()) {
    assert.ok(await element.getAttribute('title'));
    await element.scrollIntoViewIfNeeded();
    const frame = await frameOf(element);
    await until(frame, 'finished');
    prints.add(await fingerprint(frame));
    await eventually(() => heights(element), fits, 'the frame does not fit');
  }
  assert.equal(prints.size, 3);
  // It comes to an end of talking, and then says nothing more.
  const count = () => page.evaluate(() => window.heard.length);
  let before = await count();
  const later = async () => (await pause(1_000), [before, (before = await count())]);
  await eventually(later, ([one, other]) => one === other, 'it goes on talking');
  // Said once for each change, in whole pixels, and nothing else with it.
  const heard = await page.evaluate(() => window.heard);
  assert.ok(heard.length >= 3 && heard.length < 40, `${heard.length} messages`);
  for (const { px, ...rest } of heard) {
    assert.ok(Number.isInteger(px) && px > 100 && px < 5000, `${px}`);
    assert.deepEqual(rest, { snn: 1, event: 'height' });
  }

  // Narrower is higher.
  await page.setViewportSize({ width: 360, height: 800 });
  for (const element of await frames.all()) {
    await element.scrollIntoViewIfNeeded();
    await eventually(() => heights(element), fits, 'the narrow frame does not fit');
  }
});

test('a frame whose content follows its height does not grow for ever', async (t) => {
  const { text, script } = await snippet(t, 'stdp_window.html', 'HTML');
  const page = await openHost(t, 'lesson.html', text + script);
  const element = page.locator('iframe');
  const frame = await frameOf(element);
  await until(frame, 'finished');
  await frame.evaluate(() => (document.getElementById('page').style.minHeight = 'calc(100vh + 40px)'));
  let before;
  const later = async () => (await pause(1_500), [before, (before = (await heights(element)).frame)]);
  const [height] = await eventually(later, ([one, other]) => one === other, 'it grows for ever');
  assert.ok(height < 3_000, `${height} pixels`);
  // What really grows is still told.
  await frame.evaluate(() => (document.getElementById('page').style.minHeight = '3000px'));
  await eventually(() => heights(element), fits, 'it no longer tells its height');
});

test('on slides of reveal.js: loaded when near, gone when far, the same when back', async (t) => {
  const { text } = await snippet(t, 'characters.html?seed=7&epochs=4', 'reveal.js');
  const page = await openHost(t, 'slides.html', text);
  await page.waitForFunction(() => window.Reveal?.isReady());
  const element = page.locator('iframe');
  assert.equal(await element.getAttribute('src'), null);
  const goTo = (slide) => page.evaluate((slide) => Reveal.slide(slide), slide);
  await goTo(2);
  await until(await frameOf(element), 'finished');
  const print = await fingerprint(await frameOf(element));
  assert.ok(print);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'it took the focus');
  await goTo(4);
  await eventually(async () => (await frameOf(element)).url(), (url) => !url.startsWith('http'), 'it is still there');
  await goTo(2);
  await until(await frameOf(element), 'finished');
  assert.equal(await fingerprint(await frameOf(element)), print);
});

test('as the background of a slide, as Quarto has it', async (t) => {
  const { text } = await snippet(t, 'characters.html?seed=7&epochs=4', 'Quarto slides');
  const [, src] = /background-iframe="([^"]*)"/.exec(text);
  const slide = `<section data-background-iframe="${src.replaceAll('&', '&amp;')}" data-background-interactive="true"></section>`;
  const page = await openHost(t, 'slides.html', slide);
  await page.waitForFunction(() => window.Reveal?.isReady());
  await page.evaluate(() => Reveal.slide(2));
  const element = page.locator('.backgrounds iframe');
  await element.waitFor();
  await until(await frameOf(element), 'finished');
  assert.equal(await element.getAttribute('src'), src);
});

test('what a course site is given works without what it takes out', async (t) => {
  const { text } = await snippet(t, 'characters.html?seed=7&epochs=4', 'Moodle, Canvas');
  const page = await openHost(t, 'lesson.html', text);
  await until(await frameOf(page.locator('iframe')), 'finished');
  const href = await page.locator('p a').getAttribute('href');
  assert.ok(!href.includes('embed'));
  const whole = await open(t, '', { url: href });
  assert.equal(await fingerprint(whole), await fingerprint(await frameOf(page.locator('iframe'))));
});

test('in a sandbox that allows nothing but scripts', async (t) => {
  const src = `${open_site.url}characters.html?embed=1&epochs=4`;
  const frame_html = `<iframe title="demo" sandbox="allow-scripts" src="${src}" width="700" height="500"></iframe>`;
  const expected = /Clipboard API has been blocked|Download is disallowed/;
  const page = await openHost(t, 'lesson.html', frame_html, { expected });
  const frame = await frameOf(page.locator('iframe'));
  await until(frame, 'finished');
  assert.equal(await frame.evaluate(() => self.origin), 'null');
  // It has said how high it is, although nobody has answered.
  await eventually(() => page.evaluate(() => window.heard), (heard) => heard.some(({ event }) => event === 'height'), 'no height is told');
  await button(frame, 'Save weights').click();
  await frame.getByText('If characters-weights.csv was not saved, this frame may not save files').waitFor();
  await button(frame, 'Share').click();
  await frame.getByText('This frame may not use the clipboard. Select the link and copy it.').waitFor();
  await button(frame, 'Copy: link').click();
  await frame.getByText('This frame may not use the clipboard. It is selected').waitFor();
  const selected = await control(frame, 'link').evaluate((input) =>
    document.activeElement === input && input.value.slice(input.selectionStart, input.selectionEnd));
  assert.equal(selected, await control(frame, 'link').inputValue());
  // Its simulator has no thread of its own here, and runs all the same.
  await button(frame, 'To the start').click();
  await until(frame, 'idle');
  await button(frame, 'To the end').click();
  await until(frame, 'finished');
  assert.equal(await runState(frame), 'finished');
});

test('a page of its own says nothing to anybody', async (t) => {
  const page = await open(t, 'stdp_window.html?embed=1', { init: listen });
  await pause(300);
  assert.deepEqual(await page.evaluate(() => window.heard), []);
  const around = await openHost(t, 'lesson.html', `<iframe title="demo" src="${site.url}stdp_window.html" width="700" height="500"></iframe>`);
  await until(await frameOf(around.locator('iframe')), 'finished');
  assert.deepEqual(await around.evaluate(() => window.heard), [], 'only embeds tell their height');
});
