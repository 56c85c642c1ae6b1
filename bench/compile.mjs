// Compiles kernels/index.ts with the project's compiler, for both binaries.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export function compileKernels() {
  const run = (...command) => execFileSync('npx', command, { cwd: root, stdio: 'inherit' });
  run('asc', '--config', 'bench/kernels/asconfig.json', '--target', 'relaxed-simd');
  run('node', 'scripts/optimize.mjs', 'build/bench.relaxed-simd.wasm');
  run('tsx', 'scripts/unfuse.mjs', 'build/bench.');
}
