// Bundlers: what they make for browsers runs in Chromium, what they make for Node in Node.
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createServer } from 'vite';
import { CHROMIUM, show, visit } from '../lib/browsers.mjs';
import { BUNDLERS } from '../lib/bundlers.mjs';
import { runNode } from '../lib/node.mjs';
import { WITHOUT_BLOBS, page } from '../lib/server.mjs';

const { devDependencies } = createRequire(import.meta.url)('../package.json');

export function rows(app, reports) {
  const row = (bundler, setting, trainsIn, run) => ({
    runtime: bundler,
    setting,
    version: async () => devDependencies[bundler.toLowerCase()],
    trainsIn,
    run,
  });
  return [
    ...Object.keys(BUNDLERS).flatMap((bundler) => [
      row(bundler, 'browser build', 'a worker', async () =>
        show(CHROMIUM, await bundled(bundler, app, 'browser'), 'main.mjs', reports),
      ),
      row(bundler, 'browser build without blob: workers', 'slices', async () =>
        show(CHROMIUM, await bundled(bundler, app, 'browser'), 'main.mjs', reports, WITHOUT_BLOBS),
      ),
      row(bundler, 'Node build', 'a worker', async () =>
        runNode(24, ['main.mjs'], await bundled(bundler, app, 'node')),
      ),
    ]),
    row('Vite', 'dev server', 'a worker', () => showFromDevServer(app, reports)),
  ];
}

/** Bundles the conformance program into a folder of its own. */
async function bundled(bundler, app, platform) {
  const folder = mkdtempSync(join(app, '..', `${bundler}-${platform}-`));
  await BUNDLERS[bundler]({ entry: join(app, 'bundled.mjs'), folder, platform });
  return folder;
}

async function showFromDevServer(app, reports) {
  const server = await createServer({
    root: app,
    configFile: false,
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1' },
    plugins: [{ name: 'page', configureServer: servePage }],
  });
  await server.listen();
  const expectation = reports.expect();
  try {
    return await visit(CHROMIUM, `${server.resolvedUrls.local[0]}page${expectation.query}`, expectation);
  } finally {
    await server.close();
  }
}

function servePage(server) {
  server.middlewares.use('/page', (request, response, next) => {
    server
      .transformIndexHtml(request.originalUrl, page('/bundled.mjs'))
      .then((html) => response.setHeader('Content-Type', 'text/html').end(html))
      .catch(next);
  });
}
