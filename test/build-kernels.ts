import { execFileSync } from 'node:child_process';

/** Compiles the kernels that tests call one by one, before the first test. */
export function setup(): void {
  const run = (...command: string[]): void => {
    execFileSync('npx', command, { stdio: 'inherit' });
  };
  run('asc', '--config', 'test/kernels/asconfig.json', '--target', 'relaxed-simd');
  run('node', 'scripts/optimize.mjs', 'build/kernels.relaxed-simd.wasm');
  run('tsx', 'scripts/unfuse.mjs', 'build/kernels.');
}
