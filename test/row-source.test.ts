import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { Matrix } from '../bindings/matrix.js';
import { complete } from '../bindings/interruptible.js';
import {
  isMatrixLike,
  nonFiniteError,
  readMatrix,
  visitRows,
  type RowSource,
} from '../bindings/row-source.js';
import { expectError } from './throws.js';

function copied(source: RowSource, firstRow = 0, rowCount = source.rows): number[] {
  const target = new Float64Array(rowCount * source.cols + 1).fill(-9);
  source.copyTo(target, firstRow, rowCount, 0, source.cols);
  expect(target.at(-1)).toBe(-9);
  return Array.from(target.subarray(0, -1));
}

/** What a source of two columns gives column by column. */
function inParts(source: RowSource): number[] {
  const target = Float64Array.of(-9, -9);
  const parts: number[] = [];
  for (let i = 0; i < source.rows; i++) {
    for (const [from, to] of [
      [0, 1],
      [1, 2],
    ] as const) {
      source.copyTo(target, i, 1, from, to);
      parts.push(target[0]!);
    }
  }
  expect(target[1]).toBe(-9);
  return parts;
}

const values = [1, 2, 3, 4, 5, 6];
const rows = [
  [1, 2],
  [3, 4],
  [5, 6],
];
const whole = Float64Array.of(0, ...values, 0);
const shared = new Float64Array(new SharedArrayBuffer(48));
shared.set(values);

const forms: [name: string, input: unknown][] = [
  ['Matrix of f64', new Matrix(3, 2, Float64Array.from(values))],
  ['Matrix of f32', new Matrix(3, 2, Float32Array.from(values))],
  ['flat plain array', { data: values, rows: 3, cols: 2 }],
  ['flat view into a larger array', { data: whole.subarray(1, 7), rows: 3, cols: 2 }],
  ['flat view of shared memory', { data: shared, rows: 3, cols: 2 }],
  ['flat Int8Array', { data: Int8Array.from(values), rows: 3, cols: 2 }],
  ['flat Int16Array', { data: Int16Array.from(values), rows: 3, cols: 2 }],
  ['flat Int32Array', { data: Int32Array.from(values), rows: 3, cols: 2 }],
  ['flat Uint8Array', { data: Uint8Array.from(values), rows: 3, cols: 2 }],
  ['flat Uint8ClampedArray', { data: Uint8ClampedArray.from(values), rows: 3, cols: 2 }],
  ['flat Uint16Array', { data: Uint16Array.from(values), rows: 3, cols: 2 }],
  ['flat Uint32Array', { data: Uint32Array.from(values), rows: 3, cols: 2 }],
  ['flat Buffer', { data: Buffer.from(values), rows: 3, cols: 2 }],
  ['flat array-like', { data: { ...values, length: 6 }, rows: 3, cols: 2 }],
  ['flat proxy', { data: new Proxy(values, {}), rows: 3, cols: 2 }],
  ['flat of another realm', { data: runInNewContext('Float64Array.of(1, 2, 3, 4, 5, 6)'), rows: 3, cols: 2 }],
  ['plain rows', rows],
  ['typed rows', rows.map((row) => Float32Array.from(row))],
  ['rows of several kinds', [[1, 2], Uint8Array.of(3, 4), { 0: 5, 1: 6, length: 2 }]],
  ['rows that are views', [whole.subarray(1, 3), whole.subarray(3, 5), whole.subarray(5, 7)]],
  ['array-like of rows', { ...rows, length: 3 }],
  [
    'proxies all the way',
    new Proxy(
      rows.map((row) => new Proxy(row, {})),
      {},
    ),
  ],
];

describe('readMatrix copies', () => {
  test.each(forms)('%s', (_, input) => {
    const source = readMatrix(input, 'x', 2);
    expect([source.rows, source.cols]).toEqual([3, 2]);
    expect(copied(source)).toEqual(values);
    expect(copied(source, 1, 2)).toEqual([3, 4, 5, 6]);
    expect(copied(source, 2, 1)).toEqual([5, 6]);
    expect(copied(source, 1, 0)).toEqual([]);
    const f32 = new Float32Array(6);
    source.copyTo(f32, 0, 3, 0, 2);
    expect(Array.from(f32)).toEqual(values);
    expect(inParts(source)).toEqual(values);
    expect(isMatrixLike(input)).toBe(true);
    expect(readMatrix(input, 'x').cols).toBe(2);
  });

  test('without rows: an empty array and 0 × 0 fit any width', () => {
    for (const input of [[], new Matrix(0, 0), { data: [], rows: 0, cols: 0 }, new Matrix(0, 4)]) {
      const source = readMatrix(input, 'x', 4);
      expect([source.rows, source.cols]).toEqual([0, 4]);
      expect(copied(source)).toEqual([]);
    }
  });

  test('NaN and Infinity pass, to be found by the copy’s reader', () => {
    expect(copied(readMatrix([[NaN, Infinity]], 'x', 2))).toEqual([NaN, Infinity]);
  });

  test('the input is left as it was', () => {
    const input = Object.freeze([Object.freeze([1, 2])]);
    copied(readMatrix(input, 'x', 2));
    expect(input).toEqual([[1, 2]]);
  });
});

describe('readMatrix, or the copy, refuses', () => {
  const read =
    (input: unknown, cols = 2) =>
    () =>
      copied(readMatrix(input, 'x', cols));

  test.each([
    [null, 'null'],
    [undefined, 'undefined'],
    [5, '5'],
    ['abc', '"abc"'],
    [5n, '5n'],
    [rows.values, 'function values'],
    [{}, 'Object'],
    [new Map(), 'Map'],
    [{ length: -1 }, 'Object of length -1'],
    [{ length: 1.5 }, 'Object of length 1.5'],
    [new DataView(new ArrayBuffer(2)), 'DataView'],
    [new Float64Array(4), 'Float64Array of length 4; one row is [[…]]'],
  ])('%# kinds', (input, got) => {
    expect(isMatrixLike(input)).toBe(false);
    expectError(
      read(input),
      TypeError,
      `"x" expected a Matrix, { data, rows, cols } or an array of rows, got ${got}`,
    );
  });

  test('rows that are none', () => {
    const sparse = Object.assign(new Array<number[]>(3), { 0: [1, 2], 2: [3, 4] });
    const at = '"x" expected rows of 2 numbers, got ';
    expectError(read(sparse), TypeError, `${at}undefined at row 1`);
    expectError(read([1, 2]), TypeError, `${at}1 at row 0; one row is [[…]]`);
    expectError(read([[1, 2], 3]), TypeError, `${at}3 at row 1`);
    expectError(read([[1, 2], null]), TypeError, `${at}null at row 1`);
    expectError(read([[1, 2], 'ab']), TypeError, `${at}"ab" at row 1`);
    expectError(read([new Matrix(1, 2)]), TypeError, `${at}Matrix at row 0`);
    expectError(read([new Map()]), TypeError, `${at}Map at row 0`);
    expectError(read([new BigInt64Array(2)]), TypeError, `${at}BigInt64Array of length 2 at row 0`);
    expectError(read([new BigUint64Array(2)]), TypeError, `${at}BigUint64Array of length 2 at row 0`);
    expectError(read([new DataView(new ArrayBuffer(2))]), TypeError, `${at}DataView at row 0`);
    const lengthy = Object.assign(new DataView(new ArrayBuffer(2)), { length: 2 });
    expectError(read([lengthy]), TypeError, `${at}DataView of length 2 at row 0`);
    expectError(read({ length: 2 ** 53 - 1 }), TypeError, `${at}undefined at row 0`);
  });

  test('ragged and wrong widths', () => {
    const at = '"x" expected rows of 2 numbers, got ';
    expectError(read([[1, 2], [3, 4], [5]]), RangeError, `${at}array of length 1 at row 2`);
    expectError(read([[1, 2, 3]]), RangeError, `${at}array of length 3 at row 0`);
    expectError(read([[]]), RangeError, `${at}array of length 0 at row 0`);
    expectError(read([[1, 2], new Float32Array(3)]), RangeError, `${at}Float32Array of length 3 at row 1`);
    expectError(read(new Matrix(5, 3)), RangeError, '"x" expected 2 columns, got 3');
    expectError(read(new Matrix(0, 3)), RangeError, '"x" expected 2 columns, got 3');
    expectError(read(new Matrix(3, 0)), RangeError, '"x" expected 2 columns, got 0');
  });

  test('a row too few or too many, also of views into a larger array', () => {
    const flat = (data: unknown, r: number) => read({ data, rows: r, cols: 2 });
    const expected = '"x.data" expected an array of 6 numbers (3 rows of 2), got ';
    expectError(flat([1, 2, 3, 4], 3), RangeError, `${expected}array of length 4`);
    expectError(flat(whole.subarray(1, 5), 3), RangeError, `${expected}Float64Array of length 4`);
    expectError(flat(whole.subarray(1), 3), RangeError, `${expected}Float64Array of length 7`);
    // The buffer goes on behind the views, but the rows do not.
    expectError(
      read([whole.subarray(1, 3), whole.subarray(3, 4)]),
      RangeError,
      '"x" expected rows of 2 numbers, got Float64Array of length 1 at row 1',
    );
  });

  test('flat data of the wrong kind or shape', () => {
    const flat = (data: unknown, r: unknown = 1, c: unknown = 2) => read({ data, rows: r, cols: c });
    const kind = '"x.data" expected an array of 2 numbers (1 rows of 2), got ';
    expectError(flat('ab'), TypeError, `${kind}"ab"`);
    expectError(flat(undefined), TypeError, `${kind}undefined`);
    expectError(flat(new Set([1, 2])), TypeError, `${kind}Set`);
    expectError(flat(new BigInt64Array(2)), TypeError, `${kind}BigInt64Array of length 2`);
    expectError(flat(new ArrayBuffer(2)), TypeError, `${kind}ArrayBuffer`);
    expectError(
      flat([1, 2, 3]),
      RangeError,
      '"x.data" expected an array of 2 numbers (1 rows of 2), got array of length 3',
    );
    expectError(flat([1, 2], -1), RangeError, '"x.rows" expected a safe integer >= 0, got -1');
    expectError(flat([1, 2], '1'), TypeError, '"x.rows" expected a safe integer >= 0, got "1"');
    expectError(flat([1, 2], 1, 2.5), RangeError, '"x.cols" expected a safe integer >= 0, got 2.5');
    expectError(read({ data: [] }), TypeError, '"x.rows" expected a safe integer >= 0, got undefined');
    const detached = new Float64Array(2);
    structuredClone(detached.buffer, { transfer: [detached.buffer] });
    expectError(
      flat(detached),
      RangeError,
      '"x.data" expected an array of 2 numbers (1 rows of 2), got Float64Array of length 0',
    );
  });

  const intruders: [value: unknown, got: string][] = [
    ['4', '"4"'],
    [null, 'null'],
    [undefined, 'undefined'],
    [true, 'true'],
    [4n, '4n'],
    [[4], 'array of length 1'],
    [{ valueOf: () => 4 }, 'Object'],
    [Symbol('4'), 'Symbol(4)'],
  ];
  test.each(intruders)('%# what is no number, with row and column', (value, got) => {
    const message = `"x" expected numbers, got ${got} at row 1, column 0`;
    expectError(
      read([
        [1, 2],
        [value, 5],
        [value, value],
      ]),
      TypeError,
      message,
    );
    expectError(read({ data: [1, 2, value, 4], rows: 2, cols: 2 }), TypeError, message);
    expectError(read([[1, 2], { 0: value, 1: 5, length: 2 }]), TypeError, message);
  });

  test('holes', () => {
    const sparse = Object.assign(new Array<number>(2), { 0: 1 });
    const message = '"x" expected numbers, got undefined at row 0, column 1';
    expectError(read([sparse]), TypeError, message);
    expectError(read({ data: sparse, rows: 1, cols: 2 }), TypeError, message);
  });
});

describe('visitRows', () => {
  test.each([
    [0, 3],
    [1, 1],
    [5000, 3],
    [3, 4096],
    [3, 5000],
    [2, 10_001],
    [4, 0],
  ])('visits %i × %i once, in order', (m, n) => {
    const data = Float64Array.from({ length: m * n }, (_, k) => k);
    const seen: number[] = [];
    const visit = (row: Float64Array, i: number, from: number, to: number): void => {
      expect(i * n + from).toBe(seen.length);
      expect(row.length).toBe(n);
      expect(to - from).toBeLessThanOrEqual(4096);
      // The parts before it hold still.
      expect(row.subarray(0, from)).toEqual(data.subarray(i * n, i * n + from));
      for (const value of row.subarray(from, to)) seen.push(value);
    };
    complete(visitRows(readMatrix({ data, rows: m, cols: n }, 'x'), visit));
    expect(seen).toEqual([...data]);
  });
});

test('nonFiniteError names the place', () => {
  const error = nonFiniteError('x', 3, 2, NaN);
  expect(error).toBeInstanceOf(RangeError);
  expect(error.message).toBe('"x" expected finite numbers, got NaN at row 3, column 2');
});
