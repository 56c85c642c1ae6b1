// Writes the two binaries of the core into a module, as text. They are compressed together, as they are much alike, and
// so well that what gzip or brotli do with the text on the way to the user is to undo the base64.
// Gzipped they take 12.0 kB, and 0.5 kB to decompress. Refused, when it was 10.0 kB: a text of one character for most
// bytes, which gzip compresses itself, 12.0 kB; bytes deflated here, with tiny-inflate or fflate in the package, 2.2 and
// 2.6 kB more than that.
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
