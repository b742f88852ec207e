// The link: shared, reopened, wrong, in the history, below a folder.
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  address, allParameters, atRest, button, control, dist, enter, fingerprint, newPage, nextFingerprint, open, pause, runState, site, until,
} from './page.mjs';
import { serve } from './serve.mjs';

const shared = (page) => page.getByLabel('This link replays exactly this run').inputValue();

test('a shared link gives the same run in another browser', async (t) => {
  const page = await open(t, '?seed=7');
  const first = await fingerprint(page);
  await allParameters(page);
  await enter(page, 'tau_minus_ms', '30');
  const print = await nextFingerprint(page, first);
  await button(page, 'Share').click();
  const link = await shared(page);
  assert.match(link, /\/characters\.html\?v=1&seed=7&tau_minus_ms=30$/);
  const other = await open(t, '', { url: link });
  assert.equal(await fingerprint(other), print);
  assert.equal(await other.locator('.notices').count(), 0);
});

test('the link is copied where the browser allows it', async (t) => {
  const page = await open(t, '?seed=7', { permissions: ['clipboard-read', 'clipboard-write'] });
  await button(page, 'Share').click();
  await page.getByText('Copied.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await shared(page));
});

test('where there is no clipboard, the link can be selected', async (t) => {
  // As on a page served by plain http, other than from the visitor's own machine.
  const page = await open(t, '', {
    init: () => Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined }),
  });
  await button(page, 'Share').click();
  await page.getByText('Select the link').waitFor();
  assert.match(await shared(page), /\/characters\.html\?v=1$/);
});

test('the address bar holds the run on screen, and nothing that is the default', async (t) => {
  const page = await open(t, '?preset=no_homeostasis&epochs=40');
  assert.equal(String(await address(page, (link) => link.has('v'))), 'v=1&homeostasis=0');
});

test('the address follows a slider at once, and when it has come to rest', async (t) => {
  const page = await open(t, '?autorun=0', { state: 'idle' });
  await address(page, (link) => link.has('v'));
  await page.evaluate(() => {
    window.writes = [];
    for (const name of ['replaceState', 'pushState']) {
      const write = history[name];
      history[name] = (...args) => {
        window.writes.push(name);
        return write.apply(history, args);
      };
    }
  });
  await allParameters(page);
  // As a slider does that is dragged, on a machine of any speed.
  await page.locator('.control[data-key=eta] input[type=range]').evaluate((slider) => {
    for (let i = 0; i < 20; i++) {
      slider.stepUp();
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }
    slider.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await address(page, (link) => link.has('eta'));
  await pause(600);
  // One entry for Back at the first movement, and what it came to.
  const [first, ...more] = await page.evaluate(() => window.writes);
  assert.equal(first, 'pushState');
  // At most every 400 ms.
  assert.ok(more.length < 8 && more.every((write) => write === 'replaceState'), String(more));
});

test('reload, back and forward', async (t) => {
  const page = await open(t);
  const first = await fingerprint(page);
  await enter(page, 'seed', '3');
  const second = await nextFingerprint(page, first);
  await address(page, (link) => link.get('seed') === '3');
  await page.reload();
  await until(page, 'finished');
  assert.equal(await fingerprint(page), second);

  await control(page, 'preset').selectOption('ABCD without homeostasis');
  const third = await nextFingerprint(page, second);
  await address(page, (link) => link.get('homeostasis') === '0');
  await page.goBack();
  assert.equal(await nextFingerprint(page, third), second);
  assert.equal(await control(page, 'preset').inputValue(), 'mended');
  assert.equal(await control(page, 'seed').inputValue(), '3');
  await page.goForward();
  assert.equal(await nextFingerprint(page, second), third);
  assert.equal(await page.getByLabel('Homeostasis', { exact: true }).isChecked(), false);
});

test('back after a change of one\'s own', async (t) => {
  const page = await open(t);
  const first = await fingerprint(page);
  await address(page, (link) => link.has('v'));
  // Both at once, before the address bar has followed the first.
  await page.evaluate(() => {
    for (const [name, value] of [['seed', '3'], ['preset', 'no_homeostasis']]) {
      const input = document.querySelector(`[name=${name}]`);
      input.value = value;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }
  });
  await address(page, (link) => link.get('homeostasis') === '0');
  const third = await nextFingerprint(page, first);
  await page.goBack();
  await nextFingerprint(page, third);
  assert.equal(await control(page, 'seed').inputValue(), '3');
});

// What the link says; what the notice repeats of it; what it says was used; the rule.
const wrong = [
  ['?demo=characters&taum_ms=30', 'taum_ms=30', null, /no such parameter.*tau_m_ms/],
  ['?epochs=many', 'epochs=many', '40', /number/],
  ['?tau_m_ms=1e9', 'tau_m_ms=1e9', '100', /6.*100/],
  ['?demo=charakters', 'demo=charakters', 'characters', /no such demo/],
  ['?seed=1&seed=7', 'seed=1', '7', /more than once/],
  ['?seed=-1', 'seed=-1', '1', /whole number/],
  ['?v=99', 'v=99', '1', /version 1/],
  ['?preset=nonsense', 'preset=nonsense', null, /no such preset.*mended/],
  ['?v=1&theme=pink', 'theme=pink', null, /auto, light, dark/],
  ['?letters=A', 'letters=A', 'ABCD', /at least 2/],
];

test('a wrong link runs, and the notice says what was wrong', async (t) => {
  const page = await newPage(t);
  for (const [query, given, used, rule] of wrong) {
    await t.test(query, async () => {
      await page.goto(site.url + query);
      await until(page, 'finished');
      const notices = page.locator('.notices li');
      assert.equal(await notices.count(), 1);
      assert.equal(await notices.locator('code').first().textContent(), given);
      assert.match(await notices.textContent(), rule);
      if (used !== null) assert.equal(await notices.locator('code').nth(1).textContent(), used);
      // The address now holds what is run, and is right.
      const link = await address(page, (link) => link.get('v') === '1' && !link.has('demo'));
      assert.equal(link.get('tau_m_ms'), query.includes('tau_m_ms=1e9') ? '100' : null);
      await button(page, 'Dismiss').click();
      assert.equal(await notices.count(), 0);
    });
  }
});

// A link as it arrives, and the run that it means.
const pasted = [
  ['?demo=characters&amp;seed=7&amp;homeostasis=0', 'seed=7&homeostasis=0'],
  ['?demo=characters&#38;seed=7&#38;homeostasis=0', 'seed=7&homeostasis=0'],
  ['?v=1&amp;Demo=Characters&amp;seed=7', 'seed=7'],
  ['?seed=7.', 'seed=7'],
  ['?seed=7.0&homeostasis=False', 'seed=7&homeostasis=0'],
  ['?seed=7%3E', 'seed=7'],
  ['?seed=7”', 'seed=7'],
  ['?utm_source=x&seed=7)&fbclid=y', 'seed=7'],
];

test('a link that was pasted is read as it was meant', async (t) => {
  const page = await newPage(t);
  for (const [query, meant] of pasted) {
    await t.test(query, async () => {
      await page.goto('about:blank');
      await page.goto(site.url + query);
      await until(page, 'finished');
      assert.equal(await page.locator('.notices li').count(), 0);
      // Both, since one of them may stand in the link as it was given.
      await address(page, (link) => String(link) === `v=1&${meant}`);
      assert.equal(new URL(page.url()).hash, '');
    });
  }
});

test('everything wrong at once, and not text at all', async (t) => {
  const page = await open(t, `?epochs=-5&nonsense=%00%FF%F0%9F&seed=999999999999&eta=NaN&letters=${'%F0%9F%90%9D'.repeat(300)}&=&&&x`);
  assert.ok((await page.locator('.notices li').count()) >= 5);
  const text = await page.locator('.notices').textContent();
  for (const key of ['epochs', 'nonsense', 'seed', 'eta', 'letters']) assert.ok(text.includes(`${key}=`), key);
});

test('below any folder, and nothing is asked of anybody else', async (t) => {
  const below = await serve(dist, { base: '/a/b/' });
  t.after(() => below.close());
  const page = await newPage(t);
  const asked = [];
  page.context().on('request', (request) => asked.push(request.url()));
  await page.goto(`${below.url}?v=1`);
  await until(page, 'finished');
  const print = await fingerprint(page);
  assert.match(print, /\w/);
  await button(page, 'Share').click();
  assert.ok((await shared(page)).startsWith(`${below.url}characters.html?v=1`));
  await page.reload();
  await until(page, 'finished');
  assert.equal(await fingerprint(page), print);
  const others = asked.filter((url) => !url.startsWith(below.url) && !/^(blob|data):/.test(url));
  assert.deepEqual(others, []);
  const missing = below.served.filter(({ status }) => status !== 200).map(({ path }) => path);
  assert.deepEqual(missing.filter((path) => path !== '/favicon.ico'), []);
  assert.ok(below.served.some(({ path }) => path.includes('worker-start.js')), 'what the worker loads is seen here');
});

test('nothing is kept: no cookie, no storage', async (t) => {
  const page = await open(t);
  assert.deepEqual(await page.context().cookies(), []);
  assert.deepEqual(await page.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]), [0, 0, 0]);
});

test('a link that says not to start', async (t) => {
  const page = await open(t, '?autorun=0', { state: 'idle' });
  await pause(500);
  assert.equal(await runState(page), 'idle');
  await button(page, 'To the end').click();
  await until(page, 'finished');
});

test('a moment in the link', async (t) => {
  const page = await open(t, '?t=3000', { state: 'paused' });
  const { ms, print } = await atRest(page);
  assert.equal(ms, 3000);
  assert.equal(String(await address(page, (link) => link.has('v'))), 'v=1&t=3000');
  // It is a moment of the same run, and the bar moves on from there.
  await button(page, 'To the end').click();
  await until(page, 'finished');
  await address(page, (link) => !link.has('t'));
  assert.notEqual(await fingerprint(page), print);
});
