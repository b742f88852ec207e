// The worker's module in Node, for what needs no browser.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The bindings of the worker in `dist`, ready to use. */
export async function worker(dist) {
  // From its text, since Node would take a .js file without a package.json for CommonJS.
  const text = await readFile(path.join(dist, 'worker.js'), 'base64');
  const bindings = await import(`data:text/javascript;base64,${text}`);
  await bindings.default({ module_or_path: await readFile(path.join(dist, 'worker_bg.wasm')) });
  return bindings;
}
