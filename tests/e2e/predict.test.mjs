// Predict first: an answer plays the film, the feedback comes when it is over, and the answer is part of the link.
import assert from 'node:assert/strict';
import test from 'node:test';

import { address, atRest, button, control, eventually, film, fingerprint, moving, newPage, noViolation, open, pause, runState, shownMs, site, until, untilFilm } from './page.mjs';
import { heroes } from './previews.mjs';

const demos = Object.keys(heroes);
const card = (page) => page.locator('.question-slot .prediction:visible');
const feedback = (page) => card(page).locator('[role=status]').textContent();
const radio = (page, place) => card(page).locator(`input[type=radio][value="${place}"]`);

/** What the card on the page asks: how many answers, which one is right, and the preset that shows it. */
const asked = (page) =>
  card(page).evaluate((card) => ({
    answers: card.querySelectorAll('input[type=radio]').length, right: Number(card.dataset.answer), preset: card.dataset.preset,
  }));

/** Waits until the film plays, or a run that takes long here is shown as it is computed; gives what is said of the answer meanwhile. */
const seen = async (page) => {
  const read = () =>
    page.evaluate(() => {
      const { film, runState, shownMs } = document.querySelector('main').dataset;
      const isSeen = film === 'playing' || (runState === 'running' && Number(shownMs) > 0);
      return [isSeen, document.querySelector('.question-slot .prediction:not([hidden]) [role=status]')?.textContent ?? ''];
    });
  return (await eventually(read, ([isSeen]) => isSeen, 'nothing is seen of it', 60_000))[1];
};

/** A demo as a visitor opens it who does not mind motion. */
async function visit(t, address, options = moving) {
  const page = await newPage(t, options);
  await page.goto(site.url + address);
  return page;
}

for (const id of demos) {
  test(`${id} asks before it shows anything`, async (t) => {
    const page = await visit(t, `${id}.html`);
    // The first tick is on screen, and the run is computed meanwhile.
    await eventually(() => fingerprint(page), Boolean, 'its first tick is not shown', 30_000);
    assert.deepEqual([await shownMs(page), await film(page) === 'playing'], [0, false]);
    assert.equal(await card(page).count(), 1);
    const { answers, right } = await asked(page);
    assert.ok(answers >= 2 && right >= 0 && right < answers);
    assert.equal(await card(page).locator('input:checked').count(), 0);
    assert.equal(await feedback(page), '');
    assert.equal(await card(page).getByText('Skip').isVisible(), true);
    assert.equal(await card(page).locator('details[open]').count(), 0, 'the answer is open');
  });
}

test('by keyboard alone: answer, film, feedback', async (t) => {
  const page = await visit(t, 'characters.html');
  await atRest(page);
  const { right, preset, answers } = await asked(page);
  for (let press = 0; ; press++) {
    assert.ok(press < 80, 'Tab does not reach the answers');
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement.matches('.prediction input[type=radio]'))) break;
  }
  // Space chooses the first answer.
  await page.keyboard.press('Space');
  await address(page, (link) => link.get('answer') === '1');
  // On its way the film asks once more; Space goes on.
  await page.locator('.question-slot .stop').waitFor({ timeout: 240_000 });
  await page.keyboard.press('Space');
  await untilFilm(page, 'playing');
  // So slow that it is not over before all this has been looked at.
  await control(page, 'speed').selectOption('1/100');
  assert.equal(await film(page), 'playing');
  assert.equal(await feedback(page), '', 'the feedback comes before the film is over');
  await radio(page, 0).focus();
  await page.keyboard.press('ArrowDown');
  const place = right === 1 ? 1 : 2 % answers;
  if (place !== 1) await page.keyboard.press('ArrowDown');
  await address(page, (link) => link.get('answer') === String(place + 1));
  if (preset) await eventually(() => control(page, 'preset').inputValue(), (now) => now === preset, 'it is not what was asked about');
  assert.equal(await feedback(page), '');
  // The speed is the visitor's, by keyboard too.
  await control(page, 'speed').focus();
  await control(page, 'speed').selectOption('20×');
  await button(page, 'To the end').focus();
  await page.keyboard.press('Enter');
  const { print } = await atRest(page, ({ state }) => state === 'finished');
  const verdict = await eventually(() => feedback(page), (text) => text !== '', 'no feedback');
  assert.match(verdict, place === right ? /^Right\. .{10,}/ : /^No: .+\. .{10,}/);
  assert.equal(await card(page).getByText('Skip').isVisible(), false);

  // Who gets the link sees the answer, the film, and the feedback after it.
  const link = page.url();
  const other = await newPage(t, moving);
  await other.goto(link);
  assert.equal(await seen(other), '', 'the feedback comes before the film is over');
  assert.equal(await radio(other, place).isChecked(), true);
  await button(other, 'To the end').click();
  assert.equal((await atRest(other, ({ state }) => state === 'finished')).print, print);
  assert.equal(await eventually(() => feedback(other), (text) => text !== '', 'no feedback'), verdict);
});

test('right and wrong answers, and what was asked about', async (t) => {
  // A question about another preset than the one on screen.
  const page = await open(t, 'correlated_inputs.html?v=1&duration_s=5', { state: null });
  await atRest(page);
  const { right, preset } = await asked(page);
  const before = await fingerprint(page);
  const wrong = right === 0 ? 1 : 0;
  await radio(page, wrong).check();
  await eventually(() => control(page, 'preset').inputValue(), (now) => now === preset, 'the preset is not chosen');
  assert.match(await eventually(() => feedback(page), (text) => text !== '', 'no feedback', 60_000), /^No: those of the half that fires together\. Inputs that fire together/);
  const whole = await open(t, 'correlated_inputs.html');
  assert.notEqual(await fingerprint(whole), before);
  const { print } = await atRest(page);
  assert.equal(print, await fingerprint(whole));
  // With reduced motion an answer may play, since it was asked for.
  await radio(page, right).check();
  await address(page, (link) => link.get('answer') === String(right + 1));
  await button(page, 'To the end').click();
  await eventually(() => feedback(page), (text) => /^Right\. /.test(text), 'no feedback');
  await noViolation(page);
  // See it plays the film again.
  await card(page).getByRole('button', { name: 'See it' }).click();
  await untilFilm(page, 'playing');
});

test('a link with an answer shows choice and feedback, also where no motion is wanted', async (t) => {
  const page = await open(t, 'characters.html?v=1&homeostasis=0&answer=2');
  assert.equal(await radio(page, 1).isChecked(), true);
  const { right } = await asked(page);
  const verdict = await eventually(() => feedback(page), (text) => text !== '', 'no feedback');
  assert.match(verdict, right === 1 ? /^Right\. / : /^No: /);
  assert.equal(String(await address(page, (link) => link.has('v'))), 'v=1&homeostasis=0&answer=2');
});

test('of another run than the one asked about nothing is said, and a button leads there', async (t) => {
  const page = await open(t, 'characters.html?v=1&epochs=10&answer=2');
  assert.equal(await radio(page, 1).isChecked(), true);
  await card(page).getByText('See it').click();
  await eventually(() => feedback(page), (text) => text !== '', 'no feedback');
  assert.equal((await address(page, (link) => link.has('homeostasis'))).get('answer'), '2');
});

test('answers that there are not', async (t) => {
  for (const [given, isTold] of [['0', true], ['many', true], ['99', null]]) {
    const page = await open(t, `xor_reward.html?v=1&epochs=20&answer=${given}`);
    assert.equal(await card(page).locator('input:checked').count(), 0, given);
    assert.equal(await feedback(page), '', given);
    if (isTold) assert.match(await page.locator('.notices').innerText(), new RegExp(`answer=${given}`));
  }
});

test('skip plays the film, and tells nothing', async (t) => {
  const page = await visit(t, 'stdp_window.html');
  await atRest(page);
  await card(page).getByText('Skip').click();
  await untilFilm(page, 'playing');
  await button(page, 'To the end').click();
  await atRest(page, ({ state }) => state === 'finished');
  await pause(300);
  assert.equal(await feedback(page), '');
  assert.ok(!new URL(page.url()).searchParams.has('answer'));
});

test('Play plays it too, and a question can still be answered after it', async (t) => {
  const page = await visit(t, 'stdp_window.html');
  await atRest(page);
  await button(page, 'Play').click();
  await untilFilm(page, 'playing');
  await button(page, 'To the end').click();
  await atRest(page, ({ state }) => state === 'finished');
  assert.equal(await feedback(page), '');
  const { right } = await asked(page);
  await radio(page, right).check();
  await untilFilm(page, 'playing');
  assert.ok((await shownMs(page)) >= 0);
  await button(page, 'To the end').click();
  await eventually(() => feedback(page), (text) => /^Right\. /.test(text), 'no feedback');
  assert.equal(await film(page), 'resting');
});

for (const id of demos) {
  test(`${id}: the film stops once, where its story says, and asks`, async (t) => {
    const page = await visit(t, `${id}.html`);
    await eventually(() => fingerprint(page), Boolean, 'its first tick is not shown', 30_000);
    const stop = page.locator('.question-slot .stop');
    assert.equal(await stop.filter({ visible: true }).count(), 0, 'it asks too soon');
    const { right } = await asked(page);
    await radio(page, right).focus();
    await page.keyboard.press('Space');
    const shown = stop.filter({ visible: true });
    await shown.waitFor({ timeout: 240_000 });
    assert.equal(await card(page).count(), 0, 'two questions at once');
    const { atMs, answer } = await shown.evaluate(({ dataset }) => dataset);
    // A long run is still being computed behind it.
    assert.ok(Math.abs((await shownMs(page)) - Number(atMs)) < 1, `${await shownMs(page)}, not ${atMs}`);
    assert.notEqual(await film(page), 'playing');
    // By keyboard the answers come next.
    assert.ok(await shown.evaluate((it) => it.contains(document.activeElement)), 'the focus is elsewhere');
    const answers = shown.locator('input[type=radio]');
    await answers.nth(Number(answer)).focus();
    await page.keyboard.press('Space');
    assert.match(await eventually(() => shown.locator('[role=status]').textContent(), Boolean, 'no verdict'), /^Right\. .{10,}/);
    await eventually(async () => (await film(page)) === 'playing' || (await runState(page)) === 'running', Boolean, 'it does not go on', 30_000);
    await button(page, 'To the end').click();
    await page.locator('main[data-run-state=finished]').waitFor({ timeout: 240_000 });
    // The first question has the word again, and what was said of the second stays.
    assert.match(await eventually(() => feedback(page), Boolean, 'no feedback', 60_000), /^Right\. /);
    assert.equal(await stop.locator('[role=status]:visible').count(), 1);
    assert.equal(await answers.first().isVisible(), false);
    // Once.
    await card(page).getByRole('button', { name: 'See it' }).click();
    await untilFilm(page, 'playing');
    // Looked at with each picture: seen from outside, the film may be over by then.
    const passes = (atMs) =>
      new Promise((done) => {
        const { dataset } = document.querySelector('main');
        const end = performance.now() + 120_000;
        const look = () => {
          const isThere = Number(dataset.shownMs) > atMs || performance.now() > end;
          if (isThere) done([Number(dataset.shownMs) > atMs, dataset.film]);
          else requestAnimationFrame(look);
        };
        look();
      });
    assert.deepEqual(await page.evaluate(passes, Number(atMs)), [true, 'playing'], 'it does not go on');
  });
}

test('the film goes on without an answer, and does not stop for who has skipped', async (t) => {
  const page = await visit(t, 'characters.html');
  await atRest(page);
  await radio(page, 0).check();
  const stop = page.locator('.question-slot .stop');
  await stop.waitFor({ timeout: 240_000 });
  await noViolation(page);
  const atMs = Number(await stop.getAttribute('data-at-ms'));
  await stop.getByRole('button', { name: 'Go on' }).click();
  await eventually(() => shownMs(page), (now) => now > atMs, 'it does not go on', 60_000);
  assert.equal(await stop.isVisible(), false);
  assert.equal(await card(page).count(), 1);
  await button(page, 'To the end').click();
  await eventually(() => feedback(page), Boolean, 'no feedback');
  assert.equal(await stop.isVisible(), false);

  const other = await visit(t, 'characters.html?v=1&homeostasis=0');
  await eventually(() => shownMs(other), (now) => now > 2_000, 'it stops for who was not asked', 60_000);
  assert.equal(await other.locator('.question-slot .stop').isVisible(), false);
});

test('Back takes away an answer that was given since', async (t) => {
  const page = await visit(t, 'characters.html', {});
  await atRest(page);
  await button(page, 'New seed').click();
  await address(page, (link) => link.has('seed'));
  await radio(page, 0).check();
  await address(page, (link) => link.get('answer') === '1');
  await page.goBack();
  await address(page, (link) => !link.has('answer'));
  await eventually(() => card(page).locator('input:checked').count(), (count) => count === 0, 'the answer is still ticked');
  await page.goForward();
  await eventually(() => radio(page, 0).isChecked(), Boolean, 'the answer of the link is not ticked');
});

test('a reason is the visitor\'s own, and stays on the page', async (t) => {
  const page = await visit(t, 'stdp_window.html');
  await atRest(page);
  const reason = card(page).getByLabel('Why?');
  await reason.fill('because   of spaces');
  // Keys that the film listens to are the box's here.
  await page.keyboard.press('Space');
  await page.keyboard.press('Home');
  assert.equal(await film(page), 'resting');
  assert.equal(await reason.inputValue(), 'because   of spaces ');
  await pause(600);
  assert.doesNotMatch(page.url(), /because/);
});
