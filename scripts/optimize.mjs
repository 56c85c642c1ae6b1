// Optimises binaries that asc has compiled, in place: `node scripts/optimize.mjs file…`, from the root of the repository.
// asc can do that too, but with its own limits of what is inlined: inlining all that it may makes 12 % more bytes, gzipped,
// and less of it leaves calls in the loops of a step, which engines that do not inline WebAssembly pay in full. Here a
// function with one caller is always inlined, of any size, and one with several only if it is tiny.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ONE_CALLER = 2000;
const SEVERAL_CALLERS = 10;

const FEATURES = [
  '--enable-simd',
  '--enable-relaxed-simd',
  '--enable-bulk-memory',
  '--enable-sign-ext',
  '--enable-nontrapping-float-to-int',
  '--enable-mutable-globals',
];

const wasmOpt = fileURLToPath(import.meta.resolve('binaryen/bin/wasm-opt'));

for (const file of process.argv.slice(2)) {
  const limits = [
    `--one-caller-inline-max-function-size=${ONE_CALLER}`,
    `--flexible-inline-max-function-size=${SEVERAL_CALLERS}`,
  ];
  const options = ['-O3', '--low-memory-unused', ...limits, ...FEATURES];
  execFileSync(process.execPath, [wasmOpt, file, '-o', file, ...options], { stdio: 'inherit' });
}
