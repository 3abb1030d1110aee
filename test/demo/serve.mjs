import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Serves a folder on the loopback interface, compressed as any host does, with or without the headers that let a page
 * share memory. `sentBytes` counts what went over the wire.
 * @param {string} folder
 * @param {{ isolated: boolean }} options
 */
export async function serve(folder, { isolated }) {
  let sentBytes = 0;
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    readFile(file).then(
      (content) => {
        const body = gzipSync(content);
        sentBytes += body.byteLength;
        const type = TYPES[extname(file)] ?? 'application/octet-stream';
        const headers = { 'Content-Type': type, 'Content-Encoding': 'gzip', ...(isolated ? ISOLATION : {}) };
        response.writeHead(200, headers).end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    sentBytes: () => sentBytes,
    /** @returns {Promise<void>} */
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
