// For everybody: axe-core, keyboard, small screens, reduced motion.
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  allParameters, button, control, enter, eventually, fingerprint, keepWorkers, killWorker, newPage, nextFingerprint, noViolation, open, pause, site,
  tab, until, untilFilm,
} from './page.mjs';

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing, ${colorScheme}`, async (t) => {
    const page = await open(t, '', { colorScheme });
    assert.equal(await page.locator('html').getAttribute('data-theme'), colorScheme);
    await noViolation(page);
    for (const name of ['More figures', 'Many seeds', 'Results', 'Figures']) {
      await tab(page, name);
      await noViolation(page);
    }
    await t.test('while it plays, with everything open and something wrong in a box', async () => {
      await control(page, 'speed').selectOption('1/5');
      // Before it plays: what grows with every picture is never still enough to be clicked on.
      await allParameters(page);
      for (const data of await page.getByText('Data', { exact: true }).all()) await data.click();
      await button(page, 'Share').click();
      await button(page, 'Play').click();
      await untilFilm(page, 'playing');
      await enter(page, 'letters', 'A1');
      await page.locator('[aria-invalid]').waitFor();
      await noViolation(page);
    });
  });

  test(`axe finds nothing, with notices and another model, ${colorScheme}`, async (t) => {
    const page = await open(t, '?nonsense=1&mode=paper&epochs=3&drawn=111100111100111', { colorScheme });
    await page.locator('.notices').waitFor();
    await allParameters(page);
    await noViolation(page);
  });

  test(`axe finds nothing, embedded, ${colorScheme}`, async (t) => {
    await noViolation(await open(t, '?embed=1', { colorScheme }));
  });

  test(`axe finds nothing, on the problem card and the plain card, ${colorScheme}`, async (t) => {
    const page = await open(t, '', { colorScheme, init: keepWorkers });
    await killWorker(page, 'unreachable');
    await page.getByText('The simulator stopped working').waitFor();
    await page.evaluate(() => (document.getElementById('crash').hidden = false));
    await noViolation(page);
  });
}

test('the theme is chosen on the page, and in the link', async (t) => {
  const page = await open(t, '?v=1&theme=dark', { colorScheme: 'light' });
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await background();
  await control(page, 'theme').selectOption('light');
  await eventually(background, (now) => now !== dark, 'it stays dark');
  await eventually(() => page.url(), (url) => url.includes('theme=light'), 'the link does not say so');
});

/** Presses Tab until what has the focus is called `name`; fails after `most` times. */
async function tabTo(page, name, most = 150, key = 'Tab') {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press(key);
    const found = await page.evaluate(() => {
      const at = document.activeElement;
      return [at.getAttribute('aria-label'), at.innerText, at.getAttribute('name')];
    });
    if (found.includes(name)) return;
  }
  assert.fail(`Tab does not reach ${name}`);
}

test('everything by keyboard', async (t) => {
  const page = await open(t);
  const print = await fingerprint(page);
  await tabTo(page, 'Play', 150);
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(ring, 'none', 'the focus can be seen');
  await page.keyboard.press('Space');
  await untilFilm(page, 'playing');
  // Play has become Pause, and the focus is where it was.
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  await eventually(focused, (name) => name === 'Pause', 'the focus is lost');
  await page.keyboard.press('Enter');
  await until(page, 'paused');
  await tabTo(page, 'To the start', 6, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await until(page, 'idle');
  await tabTo(page, 'To the end', 6);
  await page.keyboard.press('Enter');
  await until(page, 'finished');

  await tabTo(page, 'homeostasis');
  await page.keyboard.press('Space');
  await nextFingerprint(page, print);
  await tabTo(page, 'More parameters');
  await page.keyboard.press('Enter');
  await tabTo(page, 'eta');
  await page.keyboard.type('0.03');
  await page.keyboard.press('Enter');
  await eventually(() => page.url(), (url) => url.includes('eta=0.03'), 'Enter does not take the value');
  await tabTo(page, 'Share', 150);
  await page.keyboard.press('Enter');
  await tabTo(page, 'link', 5);
});

test('every control has a name for people and a name for links', async (t) => {
  for (const mode of ['fixed', 'paper', 'coded']) {
    const page = await open(t, `?mode=${mode}&epochs=2&intervals=8`);
    await allParameters(page);
    await button(page, 'Share').click();
    const controls = await page.locator('input, select, textarea').evaluateAll((all) =>
      all.map((input) => ({
        // One of several radio buttons has a name together with its value.
        name: input.type === 'radio' ? `${input.name}=${input.value}` : input.name,
        type: input.type,
        text: input.getAttribute('aria-label') ?? [...(input.labels ?? [])].map((label) => label.textContent).join(' '),
        html: input.outerHTML,
        // Each figure's menu and each story's question have boxes of the same names, of which one is on screen.
        isShown: input.checkVisibility(),
      })),
    );
    assert.ok(controls.length > 20);
    for (const { name, type, text, html } of controls) {
      assert.ok(text.trim(), `nothing says what this is: ${html}`);
      // A slider belongs to the box beside it.
      if (type !== 'range') assert.ok(name, `no name: ${html}`);
    }
    const names = controls.filter(({ isShown }) => isShown).map(({ name }) => name).filter(Boolean);
    assert.equal(new Set(names).size, names.length, `twice the same name: ${names}`);
  }
  const page = await open(t);
  for (const name of ['Play', 'To the start', 'To the end', 'Next spike', 'Next trial', 'Next tick', 'New seed', 'Compare A|B', 'Share', 'Save weights']) {
    assert.equal(await button(page, name).count(), 1, name);
  }
});

for (const [width, height] of [[390, 844], [768, 1024], [1920, 1080]]) {
  test(`${width} pixels wide`, async (t) => {
    const page = await open(t, '?nonsense=1', { viewport: { width, height } });
    await allParameters(page);
    await button(page, 'Share').click();
    const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(inner <= outer, `${inner} pixels in a window of ${outer}`);
    const small = await page.locator('button:visible, select:visible, input:visible, summary:visible').evaluateAll((all) =>
      all
        .filter((element) => !element.classList.contains('visually-hidden'))
        // A label takes what its box or dot takes.
        .map((element) => [(element.closest('label:has([type=radio], [type=checkbox])') ?? element).getBoundingClientRect(), element.outerHTML.slice(0, 100)])
        .filter(([box]) => box.width < 24 || box.height < 24)
        .map(([box, html]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`),
    );
    assert.deepEqual(small, [], 'smaller than 24 pixels');
    const read = () => page.locator('.plot canvas').evaluateAll((all) => all.map((c) => [c.width / c.clientWidth, c.clientWidth]));
    // Figures are drawn once they have come, and anew when they have another size.
    const sizes = await eventually(read, (all) => all.every(([ratio, shown]) => ratio >= 1.9 && shown > 80), 'a figure is not drawn as it is shown');
    for (const [ratio, shown] of sizes) assert.ok(ratio >= 1.9 && shown > 80, `a figure of ${shown} pixels, drawn ${ratio} times as fine`);
  });
}

test('what happens is told to those who cannot see it', async (t) => {
  const page = await newPage(t);
  await page.goto(`${site.url}characters.html`);
  await until(page, 'finished');
  const told = page.locator('[role=status][aria-live=polite]');
  await told.filter({ hasText: /^finished/ }).waitFor({ state: 'attached' });
  // One region, and not one word per picture of the film.
  await page.evaluate(() => {
    window.changes = 0;
    const region = document.querySelector('[role=status][aria-live=polite]');
    new MutationObserver(() => window.changes++).observe(region, { childList: true, characterData: true, subtree: true });
  });
  await button(page, 'Play').click();
  await untilFilm(page, 'playing');
  await pause(1_500);
  await button(page, 'Pause').click();
  await told.filter({ hasText: /^paused/ }).waitFor({ state: 'attached' });
  const changes = await page.evaluate(() => window.changes);
  assert.ok(changes >= 1 && changes <= 3, `${changes} announcements in 1.5 s`);
});

test('a figure as numbers, and under the pointer', async (t) => {
  const page = await open(t);
  const panel = page.locator('[data-panel=hit_rate]');
  await panel.getByText('Data', { exact: true }).click();
  await eventually(() => panel.locator('tbody tr').count(), (rows) => rows >= 40, 'there is no row per epoch');
  const canvas = panel.locator('canvas');
  const { width, height } = await canvas.boundingBox();
  await eventually(
    async () => {
      await canvas.hover({ position: { x: width * (0.3 + Math.random() * 0.4), y: height * (0.1 + Math.random() * 0.7) } });
      return panel.locator('.readout').count();
    },
    (count) => count === 1,
    'nothing is read out',
  );
  assert.match(await panel.locator('.readout').textContent(), /\d/);
});
