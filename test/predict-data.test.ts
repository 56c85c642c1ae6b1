import { describe, expect, test } from 'vitest';
import { FeedforwardNN } from '../bindings/index.js';
import { CORES, networkOn } from './networks.js';
import { expectError } from './throws.js';

// predict with an array of the caller's for the outputs.

const m = 700;
const n = 41;
const value = (i: number, j: number): number => Math.sin(i * 7 + j);
const rows = Array.from({ length: m }, (_, i) => Array.from({ length: n }, (__, j) => value(i, j)));
const options = { layers: [n, 6, 3], init: 'glorot', seed: 3 } as const;

describe.each(CORES)('in $binary, $precision', ({ binary, precision }) => {
  test.each([0, 1, 2, m])('%i rows: the bits that a new array would hold', (count) => {
    using network = networkOn(binary, { ...options, precision });
    const x = { data: Float64Array.from(rows.slice(0, count).flat()), rows: count, cols: n };
    const expected = network.predict(x);
    const data = new (precision === 'f64' ? Float64Array : Float32Array)(count * 3).fill(NaN);
    const yHat = network.predict(x, data);
    expect(yHat.data).toBe(data);
    expect(yHat).toEqual(expected);
  });

  test('a part of a larger array, of either type', () => {
    using network = networkOn(binary, { ...options, precision });
    const expected = [...network.predict(rows).data];
    for (const Numbers of [Float64Array, Float32Array]) {
      const all = new Numbers(m * 3 + 4).fill(-9);
      network.predict(rows, all.subarray(2, -2));
      expect([...all.slice(0, 2), ...all.slice(-2)]).toEqual([-9, -9, -9, -9]);
      expect([...all.subarray(2, -2)]).toEqual([...Numbers.from(expected)]);
    }
  });
});

describe('refused before anything is computed:', () => {
  const expected = '"data" expected a Float64Array or Float32Array of 6 numbers (2 rows of 3), got ';
  test.each([
    ['another length', new Float64Array(5), RangeError, 'Float64Array of length 5'],
    ['another type', new Int32Array(6), TypeError, 'Int32Array of length 6'],
    ['a plain array', [0, 0, 0, 0, 0, 0], TypeError, 'array of length 6'],
    ['null', null, TypeError, 'null'],
    ['a matrix', { data: new Float64Array(6), rows: 2, cols: 3 }, TypeError, 'Object'],
  ])('%s', (_, data, kind, got) => {
    using network = new FeedforwardNN(options);
    const two = rows.slice(0, 2);
    const before = network.predict(two);
    expectError(() => network.predict(two, data as never), kind, expected + got);
    expect(network.predict(two)).toEqual(before);
  });

  test('and a row that is refused leaves the array as it was', () => {
    using network = new FeedforwardNN(options);
    const data = new Float64Array(6).fill(-9);
    const bad = [rows[0]!, rows[1]!.with(4, NaN)];
    expectError(
      () => network.predict(bad, data),
      RangeError,
      '"x" expected finite numbers, got NaN at row 1, column 4',
    );
    expect([...data]).toEqual([-9, -9, -9, -9, -9, -9]);
  });
});

// A single row is read where it was copied to, and what lies behind it there belongs to rows before.
test.each([1, 2, 3, 4, 5, 7, 8, 9, 41])(
  'a single row of %i numbers has the bits it has among others, also after rows of NaN',
  (cols) => {
    for (const { binary, precision } of CORES) {
      using network = networkOn(binary, { layers: [cols, 6, 3], init: 'glorot', precision });
      const some = Array.from({ length: 5 }, (_, i) => Array.from({ length: cols }, (__, j) => value(i, j)));
      const together = network.predict(some);
      const nan = Array.from({ length: 64 }, () => new Float64Array(cols).fill(NaN));
      expect(() => network.predict(nan)).toThrow('got NaN at row 0, column 0');
      expect(some.map((row) => [...network.predict([row]).data])).toEqual(
        some.map((_, i) => [...together.row(i)]),
      );
      const last = some[0]!.with(-1, Infinity);
      expect(() => network.predict([last])).toThrow(`got Infinity at row 0, column ${cols - 1}`);
    }
  },
);
