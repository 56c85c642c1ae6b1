import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** How long a page may take, in ms. */
const PATIENCE = 60_000;

/** The strictest policy under which WebAssembly and workers from a Blob run; without the one, and without the other. */
export const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src *";
export const WITHOUT_BLOBS = STRICT.replace(' blob:', '');
export const WITHOUT_WASM = STRICT.replace(" 'wasm-unsafe-eval'", '');

/**
 * Serves a folder under a policy. `/page/<name>` is a page whose one script is that file of the folder.
 *
 * @returns {Promise<{ origin: string, close: () => void }>}
 */
export function serve(folder, policy) {
  return listen(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    response.setHeader('Content-Security-Policy', policy);
    if (pathname.startsWith('/page/')) {
      response.setHeader('Content-Type', TYPES['.html']);
      response.end(page(pathname.slice('/page'.length)));
      return;
    }
    try {
      const bytes = await readFile(join(folder, normalize(pathname)));
      response.setHeader('Content-Type', TYPES[extname(pathname)] ?? 'application/octet-stream');
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
}

/** A page with one module script. */
export function page(script) {
  return `<!doctype html><meta charset="utf-8"><title>feedforward-wasm</title><script type="module" src="${script}"></script>\n`;
}

/** Takes the reports of pages, each at an address of its own. */
export async function takeReports() {
  const waiting = new Map();
  const { origin, close } = await listen(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end();
    if (request.method === 'POST') waiting.get(request.url)?.(JSON.parse(body));
  });
  const expect = () => {
    const path = `/${waiting.size}`;
    const result = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no report within ${PATIENCE / 1000} s`)), PATIENCE);
      waiting.set(path, (report) => {
        clearTimeout(timer);
        resolve(report);
      });
    });
    // Nobody waits for it when the browser does not even start.
    result.catch(() => {});
    return { query: `?report=${encodeURIComponent(origin + path)}`, result };
  };
  return { expect, close };
}

function listen(handle) {
  return new Promise((resolve) => {
    const server = createServer((request, response) => void handle(request, response));
    server.listen(0, '127.0.0.1', () => {
      const origin = `http://localhost:${server.address().port}`;
      const close = () => {
        server.closeAllConnections();
        server.close();
      };
      resolve({ origin, close });
    });
  });
}
