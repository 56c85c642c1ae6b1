// Cloudflare's runtime, started from a configuration that lists every module.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { run, start } from './processes.mjs';
import { tool } from './tools.mjs';

export const COMPATIBILITY_DATE = '2026-07-01';

const KINDS = { js: 'esModule', wasm: 'wasm' };

export async function workerdVersion() {
  return (await run(tool('workerd'), ['--version'])).trim().replace('workerd ', '');
}

/**
 * @typedef {{ name: string, kind: 'js' | 'wasm', file: string }} Module
 *
 * Serves a Worker while `use` runs; its first module is the main one.
 *
 * @template T
 * @param {Module[]} modules
 * @param {(origin: string) => Promise<T>} use
 * @param {string[]} [flags] compatibility flags
 * @returns {Promise<T>}
 */
export async function serving(modules, use, flags = []) {
  const folder = mkdtempSync(join(tmpdir(), 'feedforward-workerd-'));
  const config = join(folder, 'config.capnp');
  writeFileSync(config, configuration(folder, modules, flags));
  const { child, stop } = start(tool('workerd'), ['serve', '--control-fd=3', config], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  try {
    return await use(await originOf(child));
  } finally {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function configuration(folder, modules, flags) {
  const listed = modules.map(({ name, kind, file }) => {
    // Cap'n Proto looks for absolute paths elsewhere.
    const path = JSON.stringify(relative(folder, file));
    return `(name = ${JSON.stringify(name)}, ${KINDS[kind]} = embed ${path})`;
  });
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    compatibilityDate = "${COMPATIBILITY_DATE}",
    compatibilityFlags = ${JSON.stringify(flags)},
    modules = [${listed.join(', ')}],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
}

/** The address at which it listens, which it tells on its control channel. */
function originOf(child) {
  return new Promise((resolve, reject) => {
    let complaints = '';
    child.stderr.on('data', (chunk) => (complaints += chunk));
    child.once('close', () => reject(new Error(`workerd ended: ${complaints.slice(-600)}`)));
    child.stdio[3].on('data', (chunk) => {
      const port = /"listen".*"port":(\d+)/.exec(String(chunk))?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
  });
}
