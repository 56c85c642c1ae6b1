// Writes the two binaries of the core into a module, as text.
import { readFileSync, writeFileSync } from 'node:fs';

const base64 = (name) => readFileSync(new URL(`../build/${name}.wasm`, import.meta.url)).toString('base64');

writeFileSync(
  new URL('../bindings/core/binaries.generated.ts', import.meta.url),
  `export const simd: string = '${base64('simd')}';\nexport const relaxedSimd: string = '${base64('relaxed-simd')}';\n`,
);
