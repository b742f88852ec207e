// Number boxes: what people type, with the commas of their language.
import assert from 'node:assert/strict';
import test from 'node:test';

import { address, allParameters, control, enter, eventually, fingerprint, nextFingerprint, open, pause } from './page.mjs';

const short = '?demo=correlated_inputs&num_inputs=50&duration_s=1';
const box = (page, key) => control(page, key).and(page.locator('input[type=text]'));
const error = (page, key) => page.locator(`#${key}-error`);

test('a decimal comma is one, and the box then shows what is used', async (t) => {
  const page = await open(t, short);
  await allParameters(page);
  const print = await fingerprint(page);
  assert.equal(await box(page, 'rate_hz').getAttribute('inputmode'), 'decimal');
  await enter(page, 'rate_hz', '12,5');
  await nextFingerprint(page, print);
  await address(page, (link) => link.get('rate_hz') === '12.5');
  assert.equal(await box(page, 'rate_hz').inputValue(), '12.5');
  // The same number in other words is shown as the page writes it.
  await enter(page, 'rate_hz', ' 12,50 ');
  await eventually(() => box(page, 'rate_hz').inputValue(), (text) => text === '12.5', 'the box keeps what was typed');
  await enter(page, 'num_inputs', '60.0');
  await address(page, (link) => link.get('num_inputs') === '60');
  assert.equal(await box(page, 'num_inputs').inputValue(), '60');
});

// The key, what is typed, and what is said of it.
const wrong = [
  ['rate_hz', '1.234,5', /one point for decimals/],
  ['rate_hz', '1,234', /one point for decimals/],
  ['rate_hz', '1 000', /one point for decimals/],
  ['rate_hz', 'fast', /not a number from/],
  ['rate_hz', '', /not a number from/],
  ['rate_hz', '1e9', /outside/],
  ['num_inputs', '12,5', /not a whole number from/],
  ['seed', '1,5', /a seed is a whole number/],
];

test('what is no number is told beside the box, and the last run stays', async (t) => {
  const page = await open(t, `${short}&rate_hz=15`);
  await allParameters(page);
  const print = await fingerprint(page);
  const before = String(await address(page, (link) => link.has('v')));
  for (const [key, typed, rule] of wrong) {
    const good = await box(page, key).inputValue();
    await enter(page, key, typed);
    await eventually(() => error(page, key).textContent(), (text) => rule.test(text), `${key}=${typed}`);
    assert.equal(await box(page, key).getAttribute('aria-invalid'), 'true');
    assert.equal(await box(page, key).inputValue(), typed, 'what is to be mended stays');
    await pause(500);
    assert.equal(await fingerprint(page), print);
    assert.equal(new URL(page.url()).searchParams.toString(), before);
    await enter(page, key, good);
    await eventually(() => error(page, key).textContent(), (text) => text === '', 'the error stays');
    assert.equal(await box(page, key).getAttribute('aria-invalid'), null);
  }
});

test('a whole number in the seed box', async (t) => {
  const page = await open(t, short);
  const print = await fingerprint(page);
  await enter(page, 'seed', '7.0');
  await nextFingerprint(page, print);
  await address(page, (link) => link.get('seed') === '7');
  assert.equal(await box(page, 'seed').inputValue(), '7');
});

test('arrow keys step, and stop at the end of the range', async (t) => {
  const page = await open(t, '?demo=correlated_inputs&duration_s=1&num_inputs=51&autorun=0', { state: 'idle' });
  await allParameters(page);
  const input = box(page, 'num_inputs');
  const [min] = (await input.getAttribute('title')).split(' to ').map(Number);
  await input.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await eventually(() => input.inputValue(), (text) => text === '53', 'it does not step up');
  await page.keyboard.press('ArrowDown');
  await address(page, (link) => link.get('num_inputs') === '52');
  await input.fill(String(min));
  await page.keyboard.press('ArrowDown');
  await pause(100);
  assert.equal(await input.inputValue(), String(min));
  assert.equal(await error(page, 'num_inputs').textContent(), '');
});
