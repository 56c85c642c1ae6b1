import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decompress } from '../bindings/core/decompress.js';

const { compress } = (await import(new URL('../scripts/compress.mjs', import.meta.url).href)) as {
  compress(bytes: Uint8Array): Uint8Array;
};

const pack = (bytes: Uint8Array): string => Buffer.from(compress(bytes)).toString('base64');

test('any bytes come back, and so does any beginning of them', () => {
  const repetitive = fc
    .array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 })
    .chain((parts) =>
      fc
        .array(fc.nat({ max: Math.max(0, parts.length - 1) }), { maxLength: 40 })
        .map((order) => Uint8Array.from(order.flatMap((i) => [...(parts[i] ?? [])]))),
    );
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 2000 }), repetitive);
  fc.assert(
    fc.property(bytes, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
      const text = pack(given);
      expect(decompress(text, given.length)).toEqual(given);
      const size = Math.floor(share * given.length);
      expect(decompress(text, size)).toEqual(given.subarray(0, size));
    }),
    { numRuns: 200 },
  );
});

test.each([0, 255])('a thousand times %i, then another byte, take next to nothing and come back', (byte) => {
  const bytes = new Uint8Array(1001).fill(byte);
  bytes[1000] = 128;
  const text = pack(bytes);
  expect(text.length).toBeLessThan(40);
  expect(decompress(text, bytes.length)).toEqual(bytes);
});
