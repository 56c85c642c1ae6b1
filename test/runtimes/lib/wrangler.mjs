import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './processes.mjs';
import { node } from './tools.mjs';
import { COMPATIBILITY_DATE } from './workerd.mjs';

const wrangler = fileURLToPath(new URL('../node_modules/wrangler/bin/wrangler.js', import.meta.url));

/** The modules that `wrangler deploy` would upload for a Worker, the main one first. */
export async function wranglerModules(folder, main) {
  const out = join(folder, 'uploaded');
  rmSync(out, { recursive: true, force: true });
  const options = [
    '--dry-run',
    '--outdir',
    out,
    '--name',
    'feedforward',
    '--compatibility-date',
    COMPATIBILITY_DATE,
  ];
  await run(node(24), [wrangler, 'deploy', main, ...options], {
    cwd: folder,
    env: { WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' },
  });
  const modules = (kind) =>
    readdirSync(out)
      .filter((name) => name.endsWith(`.${kind}`))
      .map((name) => ({ name, kind, file: join(out, name) }));
  return [...modules('js'), ...modules('wasm')];
}
