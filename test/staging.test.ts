import { expect, test } from 'vitest';
import { sharedCore } from '../bindings/core/core.js';
import { leasing } from '../bindings/core/lease.js';
import { stage } from '../bindings/core/staging.js';
import { readMatrix } from '../bindings/row-source.js';
import { expectError } from './throws.js';

test.each(['f64', 'f32'] as const)(
  'what is refused in %s is found though memory grew since it was copied',
  (precision) => {
    const core = sharedCore(true);
    const wide = new Float64Array(70_000);
    wide[66_000] = Infinity;
    leasing(core, (lease) => {
      const source = readMatrix([new Float64Array(70_000), wide], 'x');
      const parts: [row: number, from: number, width: number][] = [];
      const work = stage(lease, precision, source, 'x', (address, first, count, from, width) => {
        expect(count).toBe(1);
        parts.push([first, from, width]);
        return core.view(precision, address, width).every(Number.isFinite);
      });
      const inPieces = (): void => {
        while (!work.next().done) {
          const { byteLength } = core.exports.memory.buffer;
          while (core.exports.memory.buffer.byteLength === byteLength) lease.allocate(2 ** 20);
        }
      };
      expectError(inPieces, RangeError, '"x" expected finite numbers, got Infinity at row 1, column 66000');
      const [row, from, width] = parts.at(-1)!;
      expect(row).toBe(1);
      expect(from).toBeLessThanOrEqual(66_000);
      expect(from + width).toBeGreaterThan(66_000);
    });
  },
);
