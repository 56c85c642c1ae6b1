// Compiles kernels/index.ts with the project's compiler, for both binaries.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export function compileKernels() {
  for (const target of ['simd', 'relaxed-simd']) {
    execFileSync('npx', ['asc', '--config', 'bench/kernels/asconfig.json', '--target', target], {
      cwd: root,
      stdio: 'inherit',
    });
    execFileSync('node', ['scripts/optimize.mjs', `build/bench.${target}.wasm`], {
      cwd: root,
      stdio: 'inherit',
    });
  }
}
