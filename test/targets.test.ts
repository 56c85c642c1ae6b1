import { describe, expect, test } from 'vitest';
import { Matrix } from '../bindings/matrix.js';
import { oneHot } from '../bindings/one-hot.js';
import { readTargets } from '../bindings/targets.js';
import { expectError } from './throws.js';

describe('oneHot', () => {
  test('as many classes as the largest label needs', () => {
    expect(oneHot([2, 0, 1]).toRows()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect(oneHot([]).toRows()).toEqual([]);
    expect(oneHot([-0]).toRows()).toEqual([[1]]);
  });

  test('any kind of array, any number of classes', () => {
    const expected = new Matrix(2, 4, Float64Array.of(0, 0, 1, 0, 1, 0, 0, 0));
    for (const labels of [[2, 0], Uint8Array.of(2, 0), Float32Array.of(2, 0), { 0: 2, 1: 0, length: 2 }])
      expect(oneHot(labels, 4)).toEqual(expected);
    expect(oneHot([], 4)).toEqual(new Matrix(0, 4));
  });

  test('refuses the rest', () => {
    const call = (labels: unknown, classes?: unknown) => () => oneHot(labels as never, classes as never);
    const kind = '"labels" expected an array of class labels, got ';
    expectError(call('012'), TypeError, `${kind}"012"`);
    expectError(call(undefined), TypeError, `${kind}undefined`);
    expectError(call(3), TypeError, `${kind}3`);
    const to2 = '"labels" expected class labels from 0 to 2, got ';
    expectError(call([0, 3], 3), RangeError, `${to2}3 at row 1`);
    expectError(call([-1], 3), RangeError, `${to2}-1 at row 0`);
    expectError(call([0, 1, 0.5], 3), RangeError, `${to2}0.5 at row 2`);
    expectError(call([NaN], 3), RangeError, `${to2}NaN at row 0`);
    expectError(call(['1'], 3), TypeError, `${to2}"1" at row 0`);
    expectError(call([[0, 1]], 3), TypeError, `${to2}array of length 2 at row 0`);
    expectError(call(new BigInt64Array(1), 3), TypeError, `${to2}0n at row 0`);
    const any = '"labels" expected class labels from 0 to 2147483647, got ';
    expectError(call([2 ** 31]), RangeError, `${any}2147483648 at row 0`);
    expectError(call([-1]), RangeError, `${any}-1 at row 0`);
    expectError(call([2 ** 31], 2 ** 40), RangeError, `${any}2147483648 at row 0`);
    expectError(call([0], 0), RangeError, '"classes" expected a safe integer >= 1, got 0');
    expectError(call([0], 2.5), RangeError, '"classes" expected a safe integer >= 1, got 2.5');
    expectError(call([0], '3'), TypeError, '"classes" expected a safe integer >= 1, got "3"');
  });
});

describe('readTargets', () => {
  const read = (y: unknown, rows = 3, classes = 3) => {
    const source = readTargets(y, rows, classes);
    expect([source.rows, source.cols]).toEqual([rows, classes]);
    const target = new Float64Array(rows * classes + 1).fill(-9);
    source.copyTo(target, 0, rows);
    expect(target.at(-1)).toBe(-9);
    return Array.from(target.subarray(0, -1));
  };
  const hot = [0, 0, 1, 1, 0, 0, 0, 1, 0];

  test('labels and one-hot rows in every form give the same', () => {
    for (const y of [
      [2, 0, 1],
      Uint8Array.of(2, 0, 1),
      Float64Array.of(2, 0, 1),
      { 0: 2, 1: 0, 2: 1, length: 3 },
      new Proxy([2, 0, 1], {}),
      oneHot([2, 0, 1]),
      oneHot([2, 0, 1]).toRows(),
      [...oneHot([2, 0, 1])],
      { data: hot, rows: 3, cols: 3 },
      { data: Uint8Array.from(hot), rows: 3, cols: 3 },
    ])
      expect(read(y)).toEqual(hot);
  });

  test('a part of the rows', () => {
    const f32 = new Float32Array(6).fill(-9);
    readTargets([2, 0, 1], 3, 3).copyTo(f32, 1, 2);
    expect(Array.from(f32)).toEqual([1, 0, 0, 0, 1, 0]);
    readTargets(oneHot([2, 0, 1]), 3, 3).copyTo(f32, 1, 2);
    expect(Array.from(f32)).toEqual([1, 0, 0, 0, 1, 0]);
  });

  test('no rows', () => {
    for (const y of [[], new Uint8Array(0), new Matrix(0, 3), new Matrix(0, 0)])
      expect(read(y, 0)).toEqual([]);
  });

  test('labels are a copy', () => {
    const y = [2, 0, 1];
    const source = readTargets(y, 3, 3);
    y[0] = 99;
    const target = new Float64Array(9);
    source.copyTo(target, 0, 3);
    expect(Array.from(target)).toEqual(hot);
  });

  test('probabilities that sum to 1 within 1e-6, in f32 too', () => {
    expect(read([[0.25, 0.25, 0.5]], 1)).toEqual([0.25, 0.25, 0.5]);
    const sure = 1 - 9e-7;
    expect(read([[sure, 0, 0]], 1)).toEqual([sure, 0, 0]);
    const tenths = new Float32Array(10).fill(0.1);
    expect(read([tenths], 1, 10)).toEqual(Array.from(tenths));
  });

  const refused =
    (y: unknown, rows = 3, classes = 3) =>
    () =>
      readTargets(y, rows, classes);

  test('refuses wrong kinds', () => {
    const kind = '"y" expected class labels or a matrix of one-hot rows, got ';
    expectError(refused(undefined), TypeError, `${kind}undefined`);
    expectError(refused(null), TypeError, `${kind}null`);
    expectError(refused('012'), TypeError, `${kind}"012"`);
    expectError(refused({}), TypeError, `${kind}Object`);
    expectError(refused(new DataView(new ArrayBuffer(3))), TypeError, `${kind}DataView`);
  });

  test('refuses another number of rows', () => {
    expectError(refused(new Uint8Array(149), 150), RangeError, '"y" expected 150 rows to match "x", got 149');
    expectError(refused([0, 1, 2, 0]), RangeError, '"y" expected 3 rows to match "x", got 4');
    expectError(refused([]), RangeError, '"y" expected 3 rows to match "x", got 0');
    expectError(refused([[1, 0, 0]]), RangeError, '"y" expected 3 rows to match "x", got 1');
    expectError(refused(new Matrix(2, 3)), RangeError, '"y" expected 3 rows to match "x", got 2');
  });

  test('refuses labels out of range and of other kinds', () => {
    const labels = '"y" expected class labels from 0 to 2, got ';
    expectError(refused([0, 1, 3]), RangeError, `${labels}3 at row 2`);
    expectError(refused([0, -1, 1]), RangeError, `${labels}-1 at row 1`);
    expectError(refused(Float32Array.of(0, 1.5, 1)), RangeError, `${labels}1.5 at row 1`);
    expectError(refused(['setosa', 'virginica', 'setosa']), TypeError, `${labels}"setosa" at row 0`);
    expectError(
      refused(Object.assign(new Array(3), { 0: 0, 2: 1 })),
      TypeError,
      `${labels}undefined at row 1`,
    );
    expectError(refused([null, [0], [0]]), TypeError, `${labels}null at row 0`);
    expectError(refused([0, [0, 1, 0], 1]), TypeError, `${labels}array of length 3 at row 1`);
    expectError(refused(new BigInt64Array(3)), TypeError, `${labels}0n at row 0`);
  });

  test('refuses matrices that are no distributions', () => {
    const bad = (row: number[], at = 1) => refused(oneHot([0, 0, 0], 3).toRows().with(at, row));
    const remedy = '; give class labels, one-hot rows or probabilities';
    expectError(
      bad([0.5, 0.25, 0]),
      RangeError,
      `"y" expected rows that sum to 1, got 0.75 at row 1${remedy}`,
    );
    expectError(bad([0, 0, 0], 2), RangeError, `"y" expected rows that sum to 1, got 0 at row 2${remedy}`);
    expectError(
      bad([1, 0, 2e-6], 0),
      RangeError,
      `"y" expected rows that sum to 1, got ${1 + 2e-6} at row 0${remedy}`,
    );
    expectError(
      bad([1.5, 0, -0.5]),
      RangeError,
      '"y" expected probabilities >= 0, got -0.5 at row 1, column 2',
    );
    expectError(bad([0, NaN, 1]), RangeError, '"y" expected finite numbers, got NaN at row 1, column 1');
    expectError(
      bad([-Infinity, 0, 1]),
      RangeError,
      '"y" expected finite numbers, got -Infinity at row 1, column 0',
    );
    expectError(
      refused([
        [0, 1],
        [1, 0],
        [1, 0],
      ]),
      RangeError,
      '"y" expected rows of 3 numbers, got array of length 2 at row 0',
    );
    expectError(
      refused([[0], [1], [2]]),
      RangeError,
      '"y" expected rows of 3 numbers, got array of length 1 at row 0',
    );
    expectError(
      refused([[1, 0, '0'], [], []]),
      TypeError,
      '"y" expected numbers, got "0" at row 0, column 2',
    );
    expectError(refused(new Matrix(3, 4)), RangeError, '"y" expected 3 columns, got 4');
  });

  test('finds a bad row beyond the first block, and in rows wider than a block', () => {
    const many = oneHot(new Uint16Array(5000), 3);
    many.row(4321)[0] = 0.5;
    const remedy = '; give class labels, one-hot rows or probabilities';
    expectError(
      refused(many, 5000),
      RangeError,
      `"y" expected rows that sum to 1, got 0.5 at row 4321${remedy}`,
    );
    const wide = oneHot([4999, 4999], 5000);
    expect(() => readTargets(wide, 2, 5000)).not.toThrow();
    wide.row(1)[0] = 1;
    expectError(
      refused(wide, 2, 5000),
      RangeError,
      `"y" expected rows that sum to 1, got 2 at row 1${remedy}`,
    );
  });
});
