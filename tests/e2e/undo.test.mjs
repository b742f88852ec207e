// Undo and redo, defaults, and the browser's Back: by mouse and by keyboard alone.
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  address, allParameters, atRest, bar, button, control, enter, eventually, fingerprint, nextFingerprint, noViolation, open, pause,
} from './page.mjs';

const undo = (page) => page.getByRole('button', { name: /^(Undo:|Nothing to undo)/ });
const redo = (page) => page.getByRole('button', { name: /^(Redo:|Nothing to redo)/ });
const search = (page) => new URL(page.url()).search;
const shows = (page, query) => eventually(() => search(page), (found) => found === query, `the address is not ${query}`);

/** Puts the focus on a control by Tab alone. */
async function tabTo(page, accepts, most = 150) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const at = document.activeElement;
      return at.getAttribute('aria-label') ?? at.name ?? at.innerText;
    });
    if (accepts(name)) return;
  }
  assert.fail('Tab does not reach it');
}

test('every kind of change is taken back and made again', async (t) => {
  const page = await open(t, '?epochs=12');
  const prints = [await fingerprint(page)];
  assert.equal(await undo(page).getAttribute('aria-disabled'), 'true');
  const changes = [
    ['Homeostasis off', () => control(page, 'homeostasis').uncheck()],
    ['Seed 7', () => enter(page, 'seed', '7')],
    ['Preset: ABCD, as coded', () => control(page, 'preset').selectOption('as_coded')],
    ['Model: As the paper', () => control(page, 'mode').selectOption('paper')],
    ['Compare A|B', () => button(page, 'Compare A|B').click()],
  ];
  for (const [name, change] of changes) {
    await change();
    if (name !== 'Compare A|B') prints.push(await nextFingerprint(page, prints.at(-1)));
    await undo(page).and(page.locator(`[title="Undo: ${name}"]`)).waitFor();
  }
  await page.locator('main[data-twin-fingerprint]').waitFor();
  await undo(page).click();
  await page.locator('main:not([data-twin-fingerprint])').waitFor();
  assert.equal(await redo(page).getAttribute('title'), 'Redo: Compare A|B');
  for (let at = prints.length - 2; at >= 0; at--) {
    await undo(page).click();
    assert.equal(await nextFingerprint(page, prints[at + 1]), prints[at]);
  }
  assert.equal(await undo(page).getAttribute('title'), 'Nothing to undo');
  // It keeps the focus, and does nothing.
  await undo(page).click({ force: true });
  await shows(page, '?v=1&epochs=12');
  for (let at = 1; at < prints.length; at++) {
    await redo(page).click();
    assert.equal(await nextFingerprint(page, prints[at - 1]), prints[at]);
  }
  // A change of one's own ends what can be made again.
  await enter(page, 'seed', '8');
  await nextFingerprint(page, prints.at(-1));
  assert.equal(await redo(page).getAttribute('title'), 'Nothing to redo');
});

test('by keyboard alone; a text box keeps its own undo', async (t) => {
  const page = await open(t, '?epochs=12');
  const first = await fingerprint(page);
  await tabTo(page, (name) => name === 'homeostasis');
  await page.keyboard.press('Space');
  const second = await nextFingerprint(page, first);
  await page.keyboard.press('Control+z');
  assert.equal(await nextFingerprint(page, second), first);
  assert.equal(await page.evaluate(() => document.activeElement.name), 'homeostasis', 'the focus stays');
  await page.keyboard.press('Control+Shift+Z');
  assert.equal(await nextFingerprint(page, first), second);
  await page.keyboard.press('Control+z');
  assert.equal(await nextFingerprint(page, second), first);
  await page.keyboard.press('Control+y');
  assert.equal(await nextFingerprint(page, first), second);

  // What is typed in a box is the box's to take back.
  await control(page, 'letters').focus();
  await page.keyboard.press('End');
  await page.keyboard.type('X');
  await page.keyboard.press('Control+z');
  await pause(300);
  assert.equal(await fingerprint(page), second);
  assert.equal(await control(page, 'letters').inputValue(), 'ABCD');
});

test('a control goes back to its default', async (t) => {
  const page = await open(t, '?epochs=12&eta=0.07&preset=no_homeostasis');
  await allParameters(page);
  const before = await fingerprint(page);
  const back = page.getByRole('button', { name: 'Homeostasis: Back to on' });
  await back.focus();
  await page.keyboard.press('Enter');
  const second = await nextFingerprint(page, before);
  assert.equal(await control(page, 'homeostasis').isChecked(), true);
  await back.waitFor({ state: 'detached' });
  // The button is gone, and its control has the focus.
  assert.equal(await page.evaluate(() => document.activeElement.name), 'homeostasis');
  const row = page.locator('.control[data-key=eta]');
  const title = await row.locator('.back').getAttribute('title');
  await row.locator('input[type=range]').dblclick();
  await row.locator('.back').waitFor({ state: 'detached' });
  assert.equal(title, `Back to ${await control(page, 'eta').inputValue()}`);
  await nextFingerprint(page, second);
  await shows(page, '?v=1&epochs=12');
});

test('help is read out, and seen when it is asked for', async (t) => {
  const page = await open(t, '?epochs=2');
  const help = page.locator('#homeostasis-help');
  const ask = button(page, 'Help: Homeostasis');
  assert.match(await control(page, 'homeostasis').getAttribute('aria-describedby'), /homeostasis-help/);
  assert.ok((await help.boundingBox()).height <= 1, 'out of sight');
  await ask.click();
  assert.equal(await ask.getAttribute('aria-expanded'), 'true');
  assert.ok((await help.boundingBox()).height > 10, 'in sight');
  await noViolation(page);
  await page.keyboard.press('Space');
  assert.equal(await ask.getAttribute('aria-expanded'), 'false');
});

test('a slider that is moved is one step, and one entry for Back', async (t) => {
  const page = await open(t, '?epochs=12');
  const first = await fingerprint(page);
  await allParameters(page);
  const slider = page.locator('.control[data-key=eta] input[type=range]');
  await slider.focus();
  const entries = await page.evaluate(() => history.length);
  // As fast as keys come that are held: what comes more than a second later is another step.
  await slider.evaluate((slider) => {
    for (let i = 0; i < 6; i++) {
      slider.stepUp();
      for (const type of ['input', 'change']) slider.dispatchEvent(new Event(type, { bubbles: true }));
    }
  });
  const second = await nextFingerprint(page, first);
  await address(page, (link) => link.has('eta'));
  assert.equal(await page.evaluate(() => history.length), entries + 1);
  await page.keyboard.press('Control+z');
  assert.equal(await nextFingerprint(page, second), first);
  assert.equal(await undo(page).getAttribute('title'), 'Nothing to undo');
});

test('Back right after New seed, and Forward again: no entry is lost', async (t) => {
  const page = await open(t, '?epochs=12');
  const first = await fingerprint(page);
  await address(page, (link) => link.has('v'));
  await button(page, 'New seed').click();
  const seed = await control(page, 'seed').inputValue();
  // Before the address bar has come to rest.
  await page.evaluate(() => history.back());
  await shows(page, '?v=1&epochs=12');
  await eventually(() => fingerprint(page), (print) => print === first, 'it is not the run of before');
  await pause(600);
  assert.equal(search(page), '?v=1&epochs=12');
  await page.goForward();
  await shows(page, `?v=1&seed=${seed}&epochs=12`);
  const second = await nextFingerprint(page, first);
  assert.equal(await control(page, 'seed').inputValue(), seed);

  // The same with a part of the demo and the second run.
  await control(page, 'mode').selectOption('paper');
  const third = await nextFingerprint(page, second);
  await button(page, 'Compare A|B').click();
  await page.locator('main[data-twin-fingerprint]').waitFor();
  await page.goBack();
  await page.locator('main:not([data-twin-fingerprint])').waitFor();
  await page.goBack();
  assert.equal(await nextFingerprint(page, third), second);
  // Going back is a change like others, and can be taken back.
  await undo(page).click();
  assert.equal(await nextFingerprint(page, second), third);
});

test('undo of a change from here begins a run with the old value', async (t) => {
  const page = await open(t, '?demo=xor_reward&epochs=100');
  const whole = await fingerprint(page);
  await bar(page).fill('500');
  const { print } = await atRest(page, ({ state }) => state === 'paused');
  assert.notEqual(print, whole);
  await control(page, 'change_here').check();
  await enter(page, 'gamma_mv', '1');
  const status = page.locator('.status .fingerprint');
  await eventually(() => status.textContent(), (text) => /edited at/.test(text), 'not marked');
  await undo(page).click();
  await eventually(() => status.textContent(), (text) => !/edited at/.test(text), 'still edited');
  assert.equal(await control(page, 'gamma_mv').inputValue(), '0.625');
  await button(page, 'To the end').click();
  assert.equal((await atRest(page, ({ state }) => state === 'finished')).print, whole);
  await shows(page, '?v=1&epochs=100');
});

test('a control that does nothing is not shown', async (t) => {
  const page = await open(t, '?demo=distal_reward&duration_s=20');
  assert.equal(await control(page, 'delay_max_s').count() > 0, true);
  await control(page, 'reward').selectOption('none');
  await control(page, 'delay_max_s').first().waitFor({ state: 'detached' });
  assert.equal(await control(page, 'pulse').count(), 0);
});

test('many presets are a menu of named groups', async (t) => {
  const page = await open(t, '?demo=correlated_inputs&part=groups&duration_s=1');
  const groups = await page.locator('select[name=preset] optgroup').evaluateAll((all) => all.map((group) => [group.label, group.children.length]));
  assert.ok(groups.length > 5 && groups.every(([label, count]) => label && count < 12), JSON.stringify(groups));
  await control(page, 'preset').selectOption('groups_mip');
  assert.match(await page.locator('#preset-help').innerText(), /pairwise correlation/);
});
