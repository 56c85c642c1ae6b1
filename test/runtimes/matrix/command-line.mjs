// Node, Deno and Bun, from the command line.
import { nodeVersion, runNode } from '../lib/node.mjs';
import { resultOf, run } from '../lib/processes.mjs';
import { tool } from '../lib/tools.mjs';

const NODES = [20, 22, 24, 26];

export function rows(app) {
  return [...NODES.flatMap((major) => nodeRows(app, major)), ...denoRows(app), ...bunRows(app)];
}

function nodeRows(app, major) {
  const row = (setting, trainsIn, ...args) => ({
    runtime: `Node ${major}`,
    setting,
    version: () => nodeVersion(major),
    trainsIn,
    run: () => runNode(major, args, app),
  });
  return [
    row('import', 'a worker', 'imported.mjs'),
    row('require', 'a worker', 'required.cjs'),
    row('feedforward-wasm/core', 'a worker', 'core-from-file.mjs'),
    row('refusal: no SIMD', undefined, '--no-enable-sse4-1', 'printed-refusal.mjs', 'no WebAssembly SIMD'),
    row('refusal: no WebAssembly', undefined, '--jitless', 'printed-refusal.mjs', 'no WebAssembly'),
  ];
}

function denoRows(app) {
  const row = (setting, program) => ({
    runtime: 'Deno',
    setting,
    version: async () => /deno (\S+)/.exec(await run(tool('deno'), ['--version']))[1],
    trainsIn: 'a worker',
    run: () => resultOf(tool('deno'), ['run', '--no-prompt', program], { cwd: app }),
  });
  return [row('import', 'imported.mjs'), row('require', 'required.cjs')];
}

function bunRows(app) {
  const row = (setting, program) => ({
    runtime: 'Bun',
    setting,
    version: async () => (await run(tool('bun'), ['--version'])).trim(),
    trainsIn: 'a worker',
    run: () => resultOf(tool('bun'), [program], { cwd: app }),
  });
  return [row('import', 'imported.mjs'), row('require', 'required.cjs')];
}
