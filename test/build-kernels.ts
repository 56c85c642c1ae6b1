import { execFileSync } from 'node:child_process';

/** Compiles the kernels that tests call one by one, before the first test. */
export function setup(): void {
  for (const target of ['simd', 'relaxed-simd']) {
    execFileSync('npx', ['asc', '--config', 'test/kernels/asconfig.json', '--target', target], {
      stdio: 'inherit',
    });
    execFileSync('node', ['scripts/optimize.mjs', `build/kernels.${target}.wasm`], { stdio: 'inherit' });
  }
}
