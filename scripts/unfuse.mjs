// Makes plain binaries of those with relaxed SIMD, with the package's own function: `tsx scripts/unfuse.mjs build/kernels.`
// writes build/kernels.simd.wasm of build/kernels.relaxed-simd.wasm. From the root of the repository.
import { readFileSync, writeFileSync } from 'node:fs';
import { unfuse } from '../bindings/core/unfuse.ts';

for (const path of process.argv.slice(2))
  writeFileSync(`${path}simd.wasm`, unfuse(readFileSync(`${path}relaxed-simd.wasm`)));
