// Writes the two binaries of the core into a module: one as text, the other, which is much alike, as edits of it.
// Gzip or brotli compress them on the way to the user, so a byte is one or two characters: what repeats among the bytes
// then repeats in the text, while base64 hides it and is twice as large, gzipped.
// Refused: bytes deflated here and inflated by tiny-inflate in the package, + 2.2 kB, by fflate, + 2.6 kB; both binaries
// as text, taking turns so that gzip sees the likeness, + 0.4 kB, + 1.1 kB once they have 47 kB each.
import { readFileSync, writeFileSync } from 'node:fs';
import { editsOf } from './edits.mjs';

/** The text of one byte; bindings/core/binary-text.ts reads it back. The commonest, −3 … 88, are one character each. */
function characters(byte) {
  const digit = (byte + 3) % 256;
  return ['', ' ', '!'][Math.floor(digit / 92)] + String.fromCharCode(35 + (digit % 92));
}

const textOf = (name) =>
  Array.from(readFileSync(new URL(`../build/${name}.wasm`, import.meta.url)), characters).join('');

const simd = textOf('simd');
const edits = editsOf(simd, textOf('relaxed-simd'));
writeFileSync(
  new URL('../bindings/core/binaries.generated.ts', import.meta.url),
  `import type { Edit } from './binary-text.js';

export const simd: string = ${JSON.stringify(simd)};

export const simdToRelaxed: readonly Edit[] = ${JSON.stringify(edits)};
`,
);
