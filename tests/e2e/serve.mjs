// A static file server for the tests, no cleverer than a plain web host: right types, no headers of its own but those it is given.
//   import { serve } from './serve.mjs';
//   const site = await serve('dist', { base: '/some/path/' });   // site.url, site.served, site.close()
//   node serve.mjs [folder] [port] [base]
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/**
 * Serves `folder` under `base`; `served` lists each answered request as { path, status, body }. `pages` are texts by file name
 * beside those of the folder, `hidden` are files that are not found, `headers` come with every answer, and `posted` gets the path
 * and text of what is posted. `gzip` compresses every answer, as hosts do.
 */
export async function serve(folder, { port = 0, base = '/', pages = {}, hidden = [], headers = {}, posted, gzip = false } = {}) {
  const root = path.resolve(folder);
  const served = [];

  const server = createServer(async (request, response) => {
    const answer = (status, body, type = types['.txt']) => {
      served.push({ path: request.url, status, body });
      const packed = gzip && { 'content-encoding': 'gzip' };
      response.writeHead(status, { ...headers, ...packed, 'content-type': type });
      response.end(request.method === 'HEAD' ? undefined : gzip ? gzipSync(body) : body);
    };
    let url;
    try {
      url = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    } catch {
      return answer(400, 'bad request');
    }
    if (!url.startsWith(base)) return answer(404, 'not found');
    const name = url.slice(base.length);
    if (request.method === 'POST' && posted) {
      posted(name, await text(request));
      return answer(200, 'thanks');
    }
    if (name in pages) return answer(200, pages[name], types['.html']);
    if (hidden.includes(name)) return answer(404, 'not found');
    let file = path.join(root, name);
    if (file !== root && !file.startsWith(root + path.sep)) return answer(404, 'not found');
    if (url.endsWith('/')) file = path.join(file, 'index.html');
    try {
      answer(200, await readFile(file), types[path.extname(file)] ?? 'application/octet-stream');
    } catch {
      answer(404, 'not found');
    }
  });

  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    served,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder = 'dist', port = '8080', base = '/'] = process.argv.slice(2);
  console.log((await serve(folder, { port: Number(port), base })).url);
}
