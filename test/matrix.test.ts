import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { OutOfMemoryError } from '../bindings/errors.js';
import { Matrix } from '../bindings/matrix.js';
import { expectError } from './throws.js';

const m = new Matrix(2, 3, Float64Array.of(1, 2, 3, 4, 5, 6));

describe('new Matrix', () => {
  test('is zeros in f64 by default', () => {
    const zeros = new Matrix(2, 3);
    expect(zeros.data).toEqual(new Float64Array(6));
    expect([zeros.rows, zeros.cols]).toEqual([2, 3]);
  });

  test.each([
    [0, 0],
    [0, 3],
    [3, 0],
  ])('%i × %i is a matrix', (rows, cols) => {
    expect(new Matrix(rows, cols).data.length).toBe(0);
  });

  test('keeps the data it is given', () => {
    const data = new Float32Array(4);
    expect(new Matrix(2, 2, data).data).toBe(data);
  });

  test('takes arrays of shared memory and of another realm', () => {
    const shared = new Float64Array(new SharedArrayBuffer(16));
    expect(new Matrix(1, 2, shared).data).toBe(shared);
    const foreign = runInNewContext('Float64Array.of(1, 2)') as Float64Array;
    expect(foreign instanceof Float64Array).toBe(false);
    expect(new Matrix(1, 2, foreign).at(0, 1)).toBe(2);
  });

  const any = (value: unknown): never => value as never;
  test('refuses wrong sizes and data', () => {
    expectError(() => new Matrix(-1, 2), RangeError, '"rows" expected a safe integer >= 0, got -1');
    expectError(() => new Matrix(1.5, 2), RangeError, '"rows" expected a safe integer >= 0, got 1.5');
    expectError(() => new Matrix(2, NaN), RangeError, '"cols" expected a safe integer >= 0, got NaN');
    expectError(
      () => new Matrix(2 ** 53, 1),
      RangeError,
      '"rows" expected a safe integer >= 0, got 9007199254740992',
    );
    expectError(() => new Matrix(any('2'), 2), TypeError, '"rows" expected a safe integer >= 0, got "2"');
    expectError(() => new Matrix(2, any(2n)), TypeError, '"cols" expected a safe integer >= 0, got 2n');
    expectError(
      () => new Matrix(2, any(undefined)),
      TypeError,
      '"cols" expected a safe integer >= 0, got undefined',
    );
    expectError(
      () => new Matrix(2, 3, new Float64Array(5)),
      RangeError,
      '"data" expected a Float64Array or Float32Array of 6 numbers (2 rows of 3), got Float64Array of length 5',
    );
    for (const [data, got] of [
      [[1, 2], 'array of length 2'],
      [new Int32Array(2), 'Int32Array of length 2'],
      [new BigInt64Array(2), 'BigInt64Array of length 2'],
      [null, 'null'],
    ] as const)
      expectError(
        () => new Matrix(1, 2, any(data)),
        TypeError,
        `"data" expected a Float64Array or Float32Array of 2 numbers (1 rows of 2), got ${got}`,
      );
  });

  test('too large is an OutOfMemoryError', () => {
    expectError(
      () => new Matrix(2 ** 26, 2 ** 26),
      OutOfMemoryError,
      'no memory for 36028797018963970 bytes; fewer rows, narrower layers or precision "f32" need less',
    );
  });
});

describe('Matrix reads', () => {
  test('at', () => {
    expect([m.at(0, 0), m.at(0, 2), m.at(1, 0), m.at(1, 2)]).toEqual([1, 3, 4, 6]);
    expectError(() => m.at(2, 0), RangeError, '"i" expected a row index in [0, 2), got 2');
    expectError(() => m.at(-1, 0), RangeError, '"i" expected a row index in [0, 2), got -1');
    expectError(() => m.at(0, 3), RangeError, '"j" expected a column index in [0, 3), got 3');
    expectError(() => m.at(0, 0.5), RangeError, '"j" expected a column index in [0, 3), got 0.5');
    expectError(() => m.at('0' as never, 0), TypeError, '"i" expected a row index in [0, 2), got "0"');
    expectError(() => new Matrix(0, 0).at(0, 0), RangeError, '"i" expected a row index in [0, 0), got 0');
  });

  test('row is a view', () => {
    const copy = Matrix.from(m);
    copy.row(1)[2] = 60;
    expect(copy.at(1, 2)).toBe(60);
    expect(Array.from(copy.row(0))).toEqual([1, 2, 3]);
    expectError(() => m.row(2), RangeError, '"i" expected a row index in [0, 2), got 2');
  });

  test('iterates over its rows', () => {
    const rows = [...m];
    expect(rows).toEqual([Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)]);
    expect(rows[1]!.buffer).toBe(m.data.buffer);
    expect([...new Matrix(0, 3)]).toEqual([]);
    expect([...new Matrix(2, 0)]).toEqual([new Float64Array(0), new Float64Array(0)]);
  });

  test('toRows copies', () => {
    const rows = m.toRows();
    expect(rows).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    rows[0]![0] = 9;
    expect(m.at(0, 0)).toBe(1);
  });

  test('argmax is the first of the largest', () => {
    const scores = Matrix.from([
      [1, 3, 2],
      [5, 5, 1],
      [-3, -2, -2],
      [0, 0, 7],
    ]);
    expect(scores.argmax()).toEqual(Int32Array.of(1, 0, 1, 2));
    expect(new Matrix(0, 0).argmax()).toEqual(new Int32Array(0));
    expectError(() => new Matrix(1, 0).argmax(), RangeError, '"cols" expected at least 1 column, got 0');
  });
});

describe('Matrix.from', () => {
  test('copies whatever is like a matrix into f64', () => {
    const expected = new Matrix(2, 2, Float64Array.of(1, 2, 3, 4));
    const f32 = new Matrix(2, 2, Float32Array.of(1, 2, 3, 4));
    for (const input of [
      expected,
      f32,
      { data: [1, 2, 3, 4], rows: 2, cols: 2 },
      [
        [1, 2],
        [3, 4],
      ],
      [Uint8Array.of(1, 2), [3, 4]],
    ])
      expect(Matrix.from(input)).toEqual(expected);
    expect(Matrix.from(expected).data).not.toBe(expected.data);
    expect(Matrix.from([])).toEqual(new Matrix(0, 0));
    expect(Matrix.from([[], []])).toEqual(new Matrix(2, 0));
  });

  test('keeps NaN and Infinity', () => {
    expect(Matrix.from([[NaN, -Infinity]]).toRows()).toEqual([[NaN, -Infinity]]);
  });

  test('refuses the rest', () => {
    const from = (input: unknown) => () => Matrix.from(input as never);
    const kinds = '"input" expected a Matrix, { data, rows, cols } or an array of rows, got ';
    expectError(from(null), TypeError, `${kinds}null`);
    expectError(from('12'), TypeError, `${kinds}"12"`);
    expectError(
      from([1, 2]),
      TypeError,
      '"input" expected rows of numbers, got 1 at row 0; one row is [[…]]',
    );
    expectError(
      from([[1, 2], [3]]),
      RangeError,
      '"input" expected rows of 2 numbers, got array of length 1 at row 1',
    );
  });
});
