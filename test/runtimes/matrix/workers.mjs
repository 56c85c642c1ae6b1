// Cloudflare Workers: workerd on the package's own files, on a bundle of wrangler's, and in miniflare.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import { BUNDLERS } from '../lib/bundlers.mjs';
import { COMPATIBILITY_DATE, serving, workerdVersion } from '../lib/workerd.mjs';
import { wranglerModules } from '../lib/wrangler.mjs';

const { devDependencies } = createRequire(import.meta.url)('../package.json');

export function rows(app) {
  const row = (runtime, setting, version, trainsIn, run) => ({ runtime, setting, version, trainsIn, run });
  const wrangler = () => devDependencies.wrangler;
  const miniflare = () => devDependencies.miniflare;
  return [
    row('workerd', 'modules as they are', workerdVersion, 'slices', () => serving(ownModules(app), answer)),
    row('workerd', 'nodejs_compat', workerdVersion, 'slices', () =>
      serving(ownModules(app), answer, ['nodejs_compat']),
    ),
    row('workerd', 'refusal: no condition "workerd"', workerdVersion, undefined, async () =>
      serving(await modulesWithoutCondition(app), answer),
    ),
    row('wrangler', 'bundle in workerd', wrangler, 'slices', async () =>
      serving(await wranglerModules(app, 'workers.mjs'), answer),
    ),
    row('miniflare', 'modules as they are', miniflare, 'slices', () => inMiniflare(ownModules(app))),
  ];
}

/** The Worker and what it imports, the Worker first. */
const MODULES = [
  'workers',
  'conformance',
  'fnv1a',
  'generator',
  'golden',
  'numbers-of',
  'train-aside',
  'watch-threads',
];

async function answer(origin) {
  return (await fetch(origin)).json();
}

/** The installed files, each a module of its own. */
function ownModules(app) {
  const dist = join(app, 'node_modules/feedforward-wasm/dist');
  const scripts = MODULES.map((name) => `${name}.mjs`);
  return [
    ...scripts.map((name) => ({ name, kind: 'js', file: join(app, name) })),
    { name: 'feedforward-wasm', kind: 'js', file: join(dist, 'index.workerd.js') },
    ...['core.wasm', 'core.relaxed.wasm'].map((name) => ({ name, kind: 'wasm', file: join(dist, name) })),
  ];
}

/** A bundle made as for a browser. */
async function modulesWithoutCondition(app) {
  const folder = join(app, 'without-condition');
  await BUNDLERS.esbuild({ entry: join(app, 'workers-refusal.mjs'), folder, platform: 'browser' });
  return [{ name: 'main.mjs', kind: 'js', file: join(folder, 'main.mjs') }];
}

async function inMiniflare(modules) {
  const miniflare = new Miniflare({
    compatibilityDate: COMPATIBILITY_DATE,
    modules: modules.map(({ name, kind, file }) => ({
      type: kind === 'js' ? 'ESModule' : 'CompiledWasm',
      path: name,
      contents: readFileSync(file),
    })),
  });
  try {
    return await (await miniflare.dispatchFetch('http://localhost/')).json();
  } finally {
    await miniflare.dispose();
  }
}
