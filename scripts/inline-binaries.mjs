// Writes the two binaries of the core into a module, as text. They are compressed together, as they are much alike, and
// so well that what gzip or brotli do with the text on the way to the user is to undo the base64.
// Gzipped they take 10.0 kB; deflated, 12.2 kB with the inflater of fflate or tiny-inflate on top (2.6 and 2.2 kB); as
// a text of one character for most bytes, which gzip compresses itself, 12.0 kB.
import { readFileSync, writeFileSync } from 'node:fs';
import { compress } from './compress.mjs';

const [relaxed, simd] = ['relaxed-simd', 'simd'].map((name) =>
  readFileSync(new URL(`../build/${name}.wasm`, import.meta.url)),
);
const compressed = compress(Buffer.concat([relaxed, simd]));
writeFileSync(
  new URL('../bindings/core/binaries.generated.ts', import.meta.url),
  `export const binaries: string = '${Buffer.from(compressed).toString('base64')}';

export const relaxedSize: number = ${relaxed.length};

export const simdSize: number = ${simd.length};
`,
);
