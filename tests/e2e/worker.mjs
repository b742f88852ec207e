// The simulator's module in Node, for what needs no browser.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The bindings of the module in `dist`, ready to use. */
export async function worker(dist) {
  const script = 'simulator.js';
  // From its text, since Node would take a .js file without a package.json for CommonJS.
  const text = await readFile(path.join(dist, script), 'base64');
  const bindings = await import(`data:text/javascript;base64,${text}`);
  await bindings.default({ module_or_path: await readFile(path.join(dist, script.replace('.js', '_bg.wasm'))) });
  return bindings;
}
