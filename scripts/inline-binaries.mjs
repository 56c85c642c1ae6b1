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

const textOf = (bytes) => Array.from(bytes, characters).join('');
const binary = (name) => textOf(readFileSync(new URL(`../build/${name}.wasm`, import.meta.url)));

const simd = binary('simd');
const edits = editsOf(simd, binary('relaxed-simd'));
/** Three bytes an edit; as numbers in a list, beside the texts they go with, they take 0.1 kB more. */
const counts = edits.flatMap(([keep, drop]) => [keep % 256, Math.floor(keep / 256), drop]);
if (Math.max(...counts) > 255) throw new RangeError('an edit is too far from the one before, or too long');
writeFileSync(
  new URL('../bindings/core/binaries.generated.ts', import.meta.url),
  `export const simd: string = ${JSON.stringify(simd)};

export const counts: string = ${JSON.stringify(textOf(counts))};

export const inserts: readonly string[] = ${JSON.stringify(edits.map(([, , insert]) => insert))};
`,
);
