// The network on the stage: there for every run, told in words, moving while the film plays, and followed through the figures.
import assert from 'node:assert/strict';
import test from 'node:test';

import { atRest, bar, button, eventually, moving, newPage, noViolation, open, pause, shownMs, site, untilFilm, tab } from './page.mjs';

const odd = {
  characters: ['mode=coded&preset=as_coded_alphabet', 'mode=reward&epochs=4', 'mode=paper&letters=AB&epochs=2'],
  stdp_window: ['preset=inhibitory', 'preset=froemke_dan', 'preset=gate'],
  correlated_inputs: ['part=groups&duration_s=5', 'part=synapse', 'preset=vogels&duration_s=5'],
  xor_reward: ['preset=rate_mstdp&epochs=10', 'preset=yoked&epochs=10', 'preset=temporal_mstdp&epochs=10'],
  distal_reward: ['duration_s=20', 'part=pairing', 'preset=classical&duration_s=20'],
  reward_baseline: ['part=biofeedback&duration_s=20', 'preset=critic&num_trials=200', 'preset=quarter&num_trials=200'],
  pattern_clustering: ['preset=published_stdp', 'preset=reward', 'preset=no_inhibition'],
  balanced_networks: ['preset=coba&duration_s=0.5', 'preset=ai&duration_s=0.3', 'part=learned&duration_s=20'],
  neural_coding: ['preset=published_ttfs_full', 'preset=population', 'preset=race_jitter'],
  playground: ['preset=compete&duration_s=10', 'preset=adapting', 'preset=b9_offsets', 'num_inhibitory=20&wiring=in_degree&neurons=several&num_neurons=5&duration_s=5'],
};
const short = { distal_reward: '?duration_s=20&reward=yoked', reward_baseline: '?num_trials=200' };

const net = (page) => page.locator('.net').first();
const picture = (page) => net(page).locator('canvas[role=img]');
const above = (page) => net(page).locator('canvas[aria-hidden=true]:not([class])');

/** How many pixels have ink, and a number that stands for all of them. */
const pixels = (canvas) =>
  canvas.evaluate((canvas) => {
    const { width, height } = canvas;
    const all = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, width, height).data.buffer);
    let [ink, sum] = [0, 0];
    for (const pixel of all) {
      if (pixel !== all[0]) ink += 1;
      sum = (Math.imul(sum, 31) + pixel) | 0;
    }
    return { ink: ink / all.length, sum };
  });

/** Waits until the network is drawn. */
const isDrawn = (page) => eventually(() => pixels(picture(page)), ({ ink }) => ink > 0.002, 'the network is not drawn', 30_000);

/** Waits until what `read` gives has been the same for so long: its last step is drawn, however slowly. */
async function settled(read, ms, what = 'it is never finished') {
  let [before, since] = [await read(), performance.now()];
  const now = async () => {
    const value = await read();
    if (value !== before) [before, since] = [value, performance.now()];
    return performance.now() - since;
  };
  await eventually(now, (unchanged) => unchanged >= ms, what, 30_000);
  return before;
}

/** Fails unless a network is drawn and told. */
async function isThere(page) {
  const drawn = await isDrawn(page);
  assert.ok(drawn.ink < 0.9, 'it is one blot');
  const told = await picture(page).getAttribute('aria-label');
  assert.match(told, /^The network\. .{30,}/);
  assert.match(told, /input|neuron|synapse/i);
  // The same as text, for everybody.
  const words = page.locator('.network details.data');
  await words.locator('summary').click();
  const sentences = await words.locator('li').allInnerTexts();
  assert.ok(sentences.length >= 1 && sentences.every((sentence) => told.includes(sentence.trim())), sentences.join(' '));
  assert.ok((await page.locator('.network .legend li').count()) >= 1, 'no legend');
  return told;
}

for (const [id, others] of Object.entries(odd)) {
  test(`${id} has a network, and so have others of its runs`, async (t) => {
    const told = new Set();
    for (const query of [short[id] ?? '', ...others.map((other) => `?${other}`)]) {
      const page = await open(t, `${id}.html${query}`, { state: null });
      await atRest(page);
      told.add(await isThere(page));
    }
    assert.ok(told.size > 1, 'the words are of no network in particular');
  });
}

test('it moves while the film plays, and stands while it rests', async (t) => {
  const page = await newPage(t, moving);
  await page.goto(`${site.url}characters.html`);
  // The simulator stands there too, and has told what waits.
  await atRest(page, ({ state }) => state === 'idle');
  await isDrawn(page);
  const both = async () => JSON.stringify([await pixels(picture(page)), await pixels(above(page))]);
  // Until the last step of the picture is drawn: anew at most twice a second.
  const before = await settled(both, 1_200);
  const unlearned = await pixels(picture(page));
  await pause(600);
  assert.equal(await both(), before, 'it moves at rest');

  await button(page, 'Play').click();
  await untilFilm(page, 'playing');
  const seen = new Set();
  await eventually(async () => seen.add((await pixels(above(page))).sum).size, (size) => size >= 5, 'nothing happens in it');
  await button(page, 'Pause').click();
  await atRest(page);
  // Once the weights are in the picture below, which may take half a second.
  await settled(async () => JSON.stringify([await pixels(picture(page)), await pixels(above(page))]), 1_200);
  const flashes = await eventually(() => pixels(above(page)), ({ ink }) => ink > 0, 'nobody fires');
  await pause(700);
  assert.equal((await pixels(above(page))).sum, flashes.sum, 'it moves while it is held');

  // What has been learned is seen in the weights.
  await button(page, 'To the end').click();
  await atRest(page, ({ state }) => state === 'finished');
  await eventually(() => pixels(picture(page)), ({ sum }) => sum !== unlearned.sum, 'nothing has been learned');
});

test('it is the network of the moment, whichever way one goes there', async (t) => {
  const page = await open(t, 'characters.html?epochs=12');
  await isDrawn(page);
  const sum = async () => (await pixels(picture(page))).sum;
  // It is drawn anew at most twice a second, and is seen when it is done.
  const at = async (place, accepts, what) => {
    await bar(page).fill(place);
    await atRest(page);
    await eventually(sum, accepts, what, 30_000);
    const found = await settled(sum, 1_200);
    assert.ok(accepts(found), what);
    return found;
  };
  const end = await settled(sum, 2_000);
  const middle = await at('500', (now) => now !== end, 'the middle is the end');
  await at('1000', (now) => now === end, 'another end, from the middle');
  const start = await at('0', (now) => now !== end, 'the start is the end');
  assert.notEqual(start, middle);
  await at('500', (now) => now === middle, 'another middle, from the start');
  await at('1000', (now) => now === end, 'another end');
});

/** Where something is in the network that is told in such words, in pixels of the window. */
async function find(page, wanted) {
  await isDrawn(page);
  await above(page).scrollIntoViewIfNeeded();
  const place = await above(page).evaluate(async (canvas, wanted) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    for (let x = 0.98; x > 0.2; x -= 0.02) {
      for (let y = 0.03; y < 1; y += 0.03) {
        const place = { clientX: left + x * width, clientY: top + y * height };
        canvas.dispatchEvent(new PointerEvent('pointermove', { ...place, bubbles: true }));
        await new Promise((done) => setTimeout(done));
        const text = canvas.parentElement.querySelector('.readout')?.innerText ?? '';
        if (new RegExp(wanted).test(text)) return { x: place.clientX, y: place.clientY };
      }
    }
    return null;
  }, wanted);
  assert.ok(place, `nothing in the network says ${wanted}`);
  return place;
}

test('a click on an output neuron is followed, in the network and in the figures', async (t) => {
  const page = await open(t, 'characters.html?epochs=12', { viewport: { width: 1440, height: 900 } });
  const follow = page.locator('select[name=follow]').first();
  const before = await follow.inputValue();
  const flat = await pixels(above(page));
  const number = before === '2' ? 2 : 3;
  const { x, y } = await find(page, `^output neuron ${number}\\b`);
  await page.mouse.click(x, y);
  await eventually(() => pixels(above(page)), ({ sum }) => sum !== flat.sum, 'nothing is marked');
  await eventually(() => follow.inputValue(), (now) => now === String(number - 1), 'the figures do not follow');
  await page.mouse.move(5, 5);
  await net(page).locator('.readout').waitFor({ state: 'detached' });
  await noViolation(page);
});

test('who is followed is told, with the figures that have it', async (t) => {
  const page = await open(t, 'xor_reward.html?epochs=10', { viewport: { width: 1440, height: 900 } });
  const told = page.locator('.network .followed');
  await tab(page, 'More figures');
  const output = await find(page, '^output neuron');
  await page.mouse.click(output.x, output.y);
  await eventually(() => told.innerText(), (text) => /^Followed: output\. Marked in: .*Spikes of this epoch/.test(text), 'it is not told where');
  // Picked once more it is let go.
  await page.mouse.click(output.x, output.y);
  await eventually(() => told.innerText(), (text) => text === '', 'it is still followed');
  await noViolation(page);
});

test('80,000 synapses are a dot each, and change while they learn', async (t) => {
  const page = await open(t, 'distal_reward.html?duration_s=20', { viewport: { width: 1440, height: 900 } });
  const dots = net(page).locator('canvas.carpet');
  await eventually(() => dots.evaluate((canvas) => canvas.width * canvas.height), (size) => size >= 80_000, 'too few dots');
  await bar(page).fill('0');
  await atRest(page);
  const start = await eventually(() => pixels(dots), ({ ink }) => ink > 0, 'there are no dots');
  await bar(page).fill('1000');
  await atRest(page);
  const end = await eventually(() => pixels(dots), ({ sum }) => sum !== start.sum, 'no dot has changed');
  await bar(page).fill('0');
  await atRest(page);
  await eventually(() => pixels(dots), ({ sum }) => sum === start.sum, 'the start is another one');
  assert.notEqual(end.sum, start.sum);
});

test('the network as large as the window, and back', async (t) => {
  const page = await open(t, 'characters.html?epochs=4', { viewport: { width: 1280, height: 800 } });
  await isDrawn(page);
  const { width } = await picture(page).boundingBox();
  const enlarge = page.getByRole('button', { name: 'Enlarge: The network' });
  await enlarge.click();
  await eventually(() => picture(page).boundingBox().then((box) => box.width), (now) => now > 1.3 * width, 'it stays small');
  await noViolation(page);
  await page.keyboard.press('Escape');
  await eventually(() => picture(page).boundingBox().then((box) => Math.round(box.width)), (now) => now === Math.round(width), 'it stays large');
  assert.equal(await enlarge.evaluate((button) => button === document.activeElement), true);
  assert.ok((await shownMs(page)) > 0);
});

test('by keyboard: the arrows go from neuron to neuron, Escape lets go', async (t) => {
  const page = await open(t, 'characters.html?epochs=4', { viewport: { width: 1440, height: 900 } });
  const told = page.locator('.network .followed');
  await isDrawn(page);
  await net(page).focus();
  const { ms } = await atRest(page);
  await page.keyboard.press('ArrowRight');
  const first = await eventually(() => told.innerText(), (text) => /^Followed: /.test(text), 'nobody is followed');
  await page.keyboard.press('ArrowRight');
  const second = await eventually(() => told.innerText(), (text) => text !== first, 'it does not go on');
  await page.keyboard.press('ArrowLeft');
  await eventually(() => told.innerText(), (text) => text === first, 'it does not go back');
  assert.notEqual(first, second);
  await page.keyboard.press('ArrowLeft');
  await eventually(() => told.innerText(), (text) => /output/.test(text), 'before the first comes not the last');
  await page.keyboard.press('Escape');
  await eventually(() => told.innerText(), (text) => text === '', 'it is still followed');
  // The film has stayed where it was.
  assert.equal(await shownMs(page), ms);
  await noViolation(page);
});
