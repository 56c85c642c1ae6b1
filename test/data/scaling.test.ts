import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusal } from '../../bindings/core/staging.js';
import { complete } from '../../bindings/interruptible.js';
import { fitScaling, scaledRows, type Scaling } from '../../bindings/data/scaling.js';
import { selectRows } from '../../bindings/data/selection.js';
import { copyOf } from '../../bindings/matrix.js';
import { readMatrix } from '../../bindings/row-source.js';
import { expectError } from '../throws.js';

fc.configureGlobal({ seed: 1 });

const fit = (method: 'standardize' | 'minMax', rows: number[][]): Scaling =>
  complete(fitScaling(method, readMatrix(rows, 'x')))!;
const scaled = (method: 'standardize' | 'minMax', rows: number[][]): number[][] =>
  copyOf(scaledRows(readMatrix(rows, 'x'), fit(method, rows))).toRows();
const mean = (values: number[]): number => values.reduce((a, b) => a + b) / values.length;
const deviation = (values: number[]): number => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};
const transposed = (rows: number[][]): number[][] => rows[0]!.map((_, j) => rows.map((row) => row[j]!));

/** Columns of another unit and offset each; the offset is at most a million times the spread. */
const matrices = fc.tuple(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 1, max: 5 })).chain(([m, n]) => {
  const column = fc
    .tuple(
      fc.integer({ min: -250, max: 250 }),
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: m - 2, maxLength: m - 2 }),
    )
    .map(([exponent, offset, values]) =>
      [-1, 1, ...values].map((value) => (offset + value) * Number(`1e${exponent}`)),
    );
  return fc.array(column, { minLength: n, maxLength: n }).map(transposed);
});

describe('standardize', () => {
  test('gives every column mean 0 and deviation 1 within 1e-9, and inverts', () => {
    fc.assert(
      fc.property(matrices, (rows) => {
        const { offset, factor } = fit('standardize', rows);
        const z = scaled('standardize', rows);
        for (const column of transposed(z)) {
          expect(Math.abs(mean(column))).toBeLessThan(1e-9);
          expect(Math.abs(deviation(column) - 1)).toBeLessThan(1e-9);
        }
        z.forEach((row, i) =>
          row.forEach((value, j) => {
            const back = value / factor[j]! + offset[j]!;
            expect(Math.abs(back - rows[i]![j]!)).toBeLessThanOrEqual(1e-9 / factor[j]!);
          }),
        );
      }),
    );
  });

  test('is the formula, population deviation and not the sample’s', () => {
    expect(
      fit('standardize', [
        [0, 1],
        [0, 3],
        [1, 5],
        [1, 7],
      ]),
    ).toEqual({
      offset: Float64Array.of(0.5, 4),
      factor: Float64Array.of(2, 1 / Math.sqrt(5)),
    });
  });

  test.each([1e9, 1e12, 1e15, -1e15])(
    'an offset of %d leaves the deviation within 1e-12, and the mean within half of its last bit',
    (offset) => {
      const steps = Array.from({ length: 1001 }, (_, i) => (i * 7) % 12);
      const shifted = fit(
        'standardize',
        steps.map((step) => [offset + step]),
      );
      const plain = fit(
        'standardize',
        steps.map((step) => [step]),
      );
      expect(Math.abs(shifted.factor[0]! / plain.factor[0]! - 1)).toBeLessThan(1e-12);
      const ulp = 2 ** (Math.floor(Math.log2(Math.abs(offset))) - 52);
      expect(Math.abs(shifted.offset[0]! - offset - plain.offset[0]!)).toBeLessThanOrEqual(ulp / 2);
    },
  );

  test('many rows in many blocks lose no bits: the deviation of a rare value is right within 1e-12', () => {
    const m = 200_000;
    const data = new Float64Array(m).fill(1e6);
    data[m - 1] = 1e6 + 1;
    const { offset, factor } = complete(
      fitScaling('standardize', readMatrix({ data, rows: m, cols: 1 }, 'x')),
    )!;
    expect(Math.abs(offset[0]! - 1e6 - 1 / m)).toBeLessThan(1e-10);
    expect(Math.abs(factor[0]! * Math.sqrt((1 / m) * (1 - 1 / m)) - 1)).toBeLessThan(1e-12);
  });

  test('ranges of 1e-300 and 1e300 have finite factors and deviation 1', () => {
    const rows = [1e-300, 1e300].map((unit) => [[0], [0.25], [1]].map(([value]) => [value! * unit]));
    for (const each of rows) expect(deviation(scaled('standardize', each).flat())).toBeCloseTo(1, 12);
  });
});

describe('minMax', () => {
  test('gives every column the range [0, 1], never beyond, and inverts', () => {
    fc.assert(
      fc.property(matrices, (rows) => {
        const { offset, factor } = fit('minMax', rows);
        const z = scaled('minMax', rows);
        for (const column of transposed(z)) {
          expect(Math.min(...column)).toBe(0);
          expect(Math.max(...column)).toBeLessThanOrEqual(1);
          expect(Math.max(...column)).toBeGreaterThan(1 - 1e-15);
        }
        z.forEach((row, i) =>
          row.forEach((value, j) => {
            const back = value / factor[j]! + offset[j]!;
            expect(Math.abs(back - rows[i]![j]!)).toBeLessThanOrEqual(1e-9 / factor[j]!);
          }),
        );
      }),
    );
  });
});

describe.each(['standardize', 'minMax'] as const)('%s', (method) => {
  test.each([0, 5, -0.1, 1e-310, 1e300, 1.7e308, Number.MIN_VALUE])(
    'a column of %d alone becomes 0, by factor 1',
    (value) => {
      const rows = Array.from({ length: 7 }, (_, i) => [value, i]);
      expect(fit(method, rows).factor[0]).toBe(1);
      expect(fit(method, rows).offset[0]).toBe(value);
      expect(transposed(scaled(method, rows))[0]).toEqual(new Array(7).fill(0));
    },
  );

  test('a column whose values differ by rounding only is constant, one that differs by more is not', () => {
    expect(fit(method, [[0.1 + 0.2], [0.3], [0.3]]).factor[0]).toBe(1);
    expect(fit(method, [[1e15], [1e15 + 1]]).factor[0]).toBe(method === 'minMax' ? 1 : 2);
  });

  test('one row is constant throughout', () => {
    expect(scaled(method, [[3, -1e300, 0]])).toEqual([[0, 0, 0]]);
  });

  test('NaN and infinities are refused with the caller’s row and column', () => {
    const rows = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    for (const value of [NaN, Infinity, -Infinity]) {
      const source = readMatrix(rows.with(2, [5, value]), 'x');
      const message = `"x" expected finite numbers, got ${value} at row 2, column 1`;
      expectError(() => complete(fitScaling(method, source)), RangeError, message);
      expectError(
        () => complete(fitScaling(method, selectRows(source, Uint32Array.of(0, 2)))),
        RangeError,
        message,
      );
    }
  });

  test.each([
    [[-1e308, 1e308], 'Infinity'],
    [[0, 1.7e308], '1.7e+308'],
    [[-Number.MAX_VALUE, Number.MAX_VALUE, 0], 'Infinity'],
    [[0, 1e-301], '1e-301'],
    [[0, Number.MIN_VALUE], '5e-324'],
  ])('a range whose reciprocal is no good is refused with its column: %j', (values, got) => {
    const rows = values.map((value, i) => [i, value]);
    const expected = '"x" expected columns whose range is from 1e-300 to 1e+300, got ';
    const message = `${expected}${got} at column 1; give it in another unit`;
    expectError(() => fit(method, rows), RangeError, message);
  });

  test('whatever the finite values, factors are finite and > 0 and what was fitted scales to finite numbers', () => {
    const rows = fc.array(fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 1 });
    fc.assert(
      fc.property(rows, (values) => {
        let scaling: Scaling;
        try {
          scaling = fit(method, values);
        } catch (error) {
          expect((error as Error).message).toContain('columns whose range is from');
          return;
        }
        expect(Number.isFinite(scaling.factor[0]) && scaling.factor[0]! > 0).toBe(true);
        expect(Number.isFinite(scaling.offset[0])).toBe(true);
        expect(copyOf(scaledRows(readMatrix(values, 'x'), scaling)).data.every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

test('none is no scaling', () => {
  expect(complete(fitScaling('none', readMatrix([[NaN]], 'x')))).toBeUndefined();
});

describe('scaledRows', () => {
  const scaling = { offset: Float64Array.of(1, 1e9), factor: Float64Array.of(10, 0.5) };
  const rows = [
    [1, 1e9],
    [2, 1e9 + 1],
    [3, 1e9 + 3],
  ];
  const source = scaledRows(readMatrix(rows, 'x'), scaling);

  test('scales in f64 and rounds once, also into f32', () => {
    const f32 = new Float32Array(5).fill(-9);
    source.copyTo(f32, 1, 2, 0, 2);
    expect([...f32]).toEqual([10, 0.5, 20, 1.5, -9]);
    const f64 = new Float64Array(5).fill(-9);
    source.copyTo(f64, 1, 2, 0, 2);
    expect([...f64]).toEqual([10, 0.5, 20, 1.5, -9]);
    expect(copyOf(source).toRows()[0]).toEqual([0, 0]);
    expect(rows[1]).toEqual([2, 1e9 + 1]);
  });

  test('what is not finite stays so, in both types', () => {
    const bad = scaledRows(
      readMatrix(
        [
          [NaN, Infinity],
          [-Infinity, 1e9],
        ],
        'x',
      ),
      scaling,
    );
    for (const target of [new Float64Array(4), new Float32Array(4)]) {
      bad.copyTo(target, 0, 2, 0, 2);
      expect([...target]).toEqual([NaN, Infinity, -Infinity, 0]);
    }
  });

  test('a refusal shows the caller’s own value and row, through scaling and selection', () => {
    const given = readMatrix(
      [
        [0, 0],
        [1e300, 0],
        [0, NaN],
      ],
      'x',
    );
    const chosen = scaledRows(selectRows(given, Uint32Array.of(2, 1)), scaling);
    const of = (values: number[], row: number, from: number): string =>
      refusal(chosen, 'x', Float32Array.from(values), row, from).message;
    expect(of([1e300], 1, 0)).toBe('"x" expected finite numbers, got 1e+300 at row 1, column 0');
    expect(of([NaN, NaN], 0, 1)).toBe('"x" expected finite numbers, got NaN at row 2, column 1');
    expect(of([0, 0, 1e300, 0], 0, 0)).toBe('"x" expected finite numbers, got 1e+300 at row 1, column 0');
  });

  test('no rows', () => {
    expect(copyOf(scaledRows(readMatrix([], 'x', 2), scaling)).data.length).toBe(0);
  });
});
