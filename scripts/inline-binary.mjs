// Writes the core's binary into a module, as text: compressed so well that what gzip or brotli do with the text on the way
// to the user is to undo the base64. Gzipped it takes 11.4 kB, and 0.5 kB to decompress. Refused, when both binaries
// travelled and took 10.0 kB: a text of one character for most bytes, which gzip compresses itself, 12.0 kB; bytes deflated
// here, with tiny-inflate or fflate in the package, 2.2 and 2.6 kB more than that.
import { readFileSync, writeFileSync } from 'node:fs';
import { compress } from './compress.mjs';

const path = (relative) => new URL(`../${relative}`, import.meta.url);

const binary = readFileSync(path('build/relaxed-simd.wasm'));
writeFileSync(
  path('bindings/core/binary.generated.ts'),
  `export const binary: string = '${Buffer.from(compress(binary)).toString('base64')}';

export const size: number = ${binary.length};
`,
);
