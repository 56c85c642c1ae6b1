import { defineConfig } from 'vitest/config';

// Node 20 has relaxed SIMD behind a flag, later versions without; the tests run both binaries.
const beforeRelaxedSimd = Number(process.versions.node.split('.')[0]) < 22;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build-kernels.ts'],
    pool: 'forks',
    execArgv: ['--expose-gc', ...(beforeRelaxedSimd ? ['--experimental-wasm-relaxed-simd'] : [])],
    testTimeout: 60_000,
  },
});
