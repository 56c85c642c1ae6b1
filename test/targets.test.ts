import { describe, expect, test } from 'vitest';
import {
  encode as encoding,
  givenClasses,
  numberedClasses,
  type Classes,
  type Label,
} from '../bindings/data/labels.js';
import { selectRows } from '../bindings/data/selection.js';
import { refusal } from '../bindings/core/staging.js';
import { copyOf, Matrix } from '../bindings/matrix.js';
import type { RowSource } from '../bindings/row-source.js';
import { oneHot } from '../bindings/one-hot.js';
import { readTargets as readingTargets, type Targets } from '../bindings/targets.js';
import { complete } from '../bindings/interruptible.js';
import { expectError } from './throws.js';

const readTargets = (...of: Parameters<typeof readingTargets>): Targets => complete(readingTargets(...of));
const encode = (y: ArrayLike<unknown>, label: string, classes: Classes): Int32Array =>
  complete(encoding(y, label, classes));

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
    const source = readTargets(y, rows, classes, 'softmax', undefined);
    expect([source.rows, source.cols]).toEqual([rows, classes]);
    const target = new Float64Array(rows * classes + 1).fill(-9);
    source.copyTo(target, 0, rows, 0, classes);
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
    readTargets([2, 0, 1], 3, 3, 'softmax', undefined).copyTo(f32, 1, 2, 0, 3);
    expect(Array.from(f32)).toEqual([1, 0, 0, 0, 1, 0]);
    readTargets(oneHot([2, 0, 1]), 3, 3, 'softmax', undefined).copyTo(f32, 1, 2, 0, 3);
    expect(Array.from(f32)).toEqual([1, 0, 0, 0, 1, 0]);
  });

  test('no rows', () => {
    for (const y of [[], new Uint8Array(0), new Matrix(0, 3), new Matrix(0, 0)])
      expect(read(y, 0)).toEqual([]);
  });

  test('labels are a copy', () => {
    const y = [2, 0, 1];
    const source = readTargets(y, 3, 3, 'softmax', undefined);
    y[0] = 99;
    const target = new Float64Array(9);
    source.copyTo(target, 0, 3, 0, 3);
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
      readTargets(y, rows, classes, 'softmax', numberedClasses(classes));

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
    expect(() => readTargets(wide, 2, 5000, 'softmax', undefined)).not.toThrow();
    wide.row(1)[0] = 1;
    expectError(
      refused(wide, 2, 5000),
      RangeError,
      `"y" expected rows that sum to 1, got 2 at row 1${remedy}`,
    );
  });
});

describe('readTargets learns classes', () => {
  const softmax = (y: ArrayLike<unknown>, outputs = 3) =>
    readTargets(y, y.length, outputs, 'softmax', undefined);
  const rowsOf = (targets: RowSource): number[][] => copyOf(targets).toRows();

  test('from strings, and from numbers other than 0 … n − 1', () => {
    const hot = [
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
    ];
    const forms: ArrayLike<Label>[] = [['z', 'x', 'y'], [3, 1, 2], Int8Array.of(1, -1, 0), [7.5, 0, 1]];
    for (const y of forms) {
      const targets = softmax(y);
      expect(rowsOf(targets)).toEqual(hot);
      expect(targets.classes!.labels).toEqual(Array.from(y).sort((a, b) => (a < b ? -1 : 1)));
    }
    expect(softmax([2, 0]).classes!.labels).toEqual([0, 1, 2]);
  });

  test('and refuses another number of them', () => {
    const other = '"y" expected class labels from 0 to 2, got 3 at row 2; or 3 different labels, got ';
    expectError(() => softmax([0, 0, 3]), RangeError, `${other}2: 0, 3`);
    expectError(() => softmax([1, 2, 3, 0]), RangeError, `${other}4: 0, 1, 2, 3`);
    expectError(() => softmax(['a', 'b']), RangeError, '"y" expected 3 different labels, got 2: "a", "b"');
    expectError(() => softmax(['a', 1]), TypeError, '"y" expected strings as at row 0, got 1 at row 1');
  });

  test('only where none are known', () => {
    const classes = givenClasses(3)(['x', 'y', 'z'], 'classes');
    const known = readTargets(['y', 'y'], 2, 3, 'softmax', classes);
    expect(known.classes).toBe(classes);
    expect(rowsOf(known)).toEqual([
      [0, 1, 0],
      [0, 1, 0],
    ]);
    expectError(
      () => readTargets(['y', 'X'], 2, 3, 'softmax', classes),
      RangeError,
      '"y" expected one of the labels "x", "y", "z", got "X" at row 1, did you mean "x"?',
    );
    expect(readTargets(oneHot([0, 2]), 2, 3, 'softmax', classes).classes).toBe(classes);
    expect(readTargets(oneHot([0, 2]), 2, 3, 'softmax', undefined).classes).toBeUndefined();
  });

  test('a selection of rows is one of their labels', () => {
    const y = ['z', 'x', 'y', 'x'];
    const targets = softmax(y);
    const chosen = Uint32Array.of(3, 0);
    const codes = encode(
      [...chosen].map((i) => y[i]),
      'y',
      targets.classes!,
    );
    expect(copyOf(selectRows(targets, chosen)).argmax()).toEqual(codes);
  });
});

describe('readTargets of sigmoid outputs', () => {
  const sigmoid = (y: unknown, rows: number, outputs: number) =>
    readTargets(y, rows, outputs, 'sigmoid', undefined);

  test('one output takes labels of two classes, the second as 1', () => {
    for (const [y, labels] of [
      [
        [0, 1, 1],
        [0, 1],
      ],
      [Float64Array.of(1, 2, 2), [1, 2]],
      [
        ['no', 'yes', 'yes'],
        ['no', 'yes'],
      ],
      [
        [-1, 1, 1],
        [-1, 1],
      ],
    ] as const) {
      const targets = sigmoid(y, 3, 1);
      expect(copyOf(targets)).toEqual(new Matrix(3, 1, Float64Array.of(0, 1, 1)));
      expect(targets.classes!.labels).toEqual(labels);
    }
    expect(copyOf(sigmoid([1, 1], 2, 1)).toRows()).toEqual([[1], [1]]);
    expectError(() => sigmoid(['a', 'a'], 2, 1), RangeError, '"y" expected 2 different labels, got 1: "a"');
    expectError(
      () => sigmoid([0, 1, 2], 3, 1),
      RangeError,
      '"y" expected class labels from 0 to 1, got 2 at row 2; or 2 different labels, got 3: 0, 1, 2',
    );
    expectError(() => sigmoid([0, 1], 3, 1), RangeError, '"y" expected 3 rows to match "x", got 2');
  });

  test('any number of outputs takes rows of numbers from 0 to 1', () => {
    const targets = sigmoid(
      [
        [0, 1, 0.25],
        [1, 1, 1],
      ],
      2,
      3,
    );
    expect(copyOf(targets).toRows()).toEqual([
      [0, 1, 0.25],
      [1, 1, 1],
    ]);
    expect(targets.classes).toBeUndefined();
    expect(copyOf(sigmoid(new Matrix(2, 1), 2, 1)).toRows()).toEqual([[0], [0]]);
    const expected = '"y" expected numbers from 0 to 1, got ';
    expectError(() => sigmoid([[0, 1.5]], 1, 2), RangeError, `${expected}1.5 at row 0, column 1`);
    expectError(() => sigmoid([[1], [-1]], 2, 1), RangeError, `${expected}-1 at row 1, column 0`);
    expectError(
      () => sigmoid([[0, NaN]], 1, 2),
      RangeError,
      '"y" expected finite numbers, got NaN at row 0, column 1',
    );
    expectError(() => sigmoid([[0, 1]], 2, 2), RangeError, '"y" expected 2 rows to match "x", got 1');
    expectError(() => sigmoid([], 2, 2), RangeError, '"y" expected 2 rows to match "x", got 0');
  });

  test('several outputs take no labels', () => {
    const expected = '"y" expected a matrix of numbers from 0 to 1, got ';
    expectError(() => sigmoid([0, 1], 2, 3), TypeError, `${expected}array of length 2`);
    expectError(() => sigmoid(Uint8Array.of(0, 1), 2, 3), TypeError, `${expected}Uint8Array of length 2`);
    expectError(() => sigmoid(null, 2, 3), TypeError, `${expected}null`);
    expectError(
      () => sigmoid(1, 2, 1),
      TypeError,
      '"y" expected class labels or a matrix of numbers from 0 to 1, got 1',
    );
  });
});

describe('readTargets of linear outputs', () => {
  const linear = (y: unknown, rows: number, outputs: number) =>
    readTargets(y, rows, outputs, 'linear', undefined);

  test('one output takes an array of numbers, any number of outputs a matrix', () => {
    const column = new Matrix(3, 1, Float64Array.of(2.5, -7, 1e300));
    const views = new Float64Array([0, 2.5, -7, 1e300]).subarray(1);
    for (const y of [
      [2.5, -7, 1e300],
      views,
      { ...[2.5, -7, 1e300], length: 3 },
      [[2.5], [-7], [1e300]],
      column,
    ])
      expect(copyOf(linear(y, 3, 1))).toEqual(column);
    expect(copyOf(linear([[1, -2]], 1, 2)).toRows()).toEqual([[1, -2]]);
    expect(linear([1, 2, 3], 3, 1).classes).toBeUndefined();
  });

  test('what is not finite passes, to be found by the copy’s reader', () => {
    const targets = linear([1, NaN], 2, 1);
    expect(copyOf(targets).toRows()).toEqual([[1], [NaN]]);
    expect(refusal(targets, 'y', Float64Array.of(1, NaN), 0, 0).message).toBe(
      '"y" expected finite numbers, got NaN at row 1, column 0',
    );
  });

  test('refuses the rest', () => {
    expectError(
      () => copyOf(linear([1, 'a'], 2, 1)),
      TypeError,
      '"y" expected numbers, got "a" at row 1, column 0',
    );
    expectError(() => linear([1, 2], 3, 1), RangeError, '"y" expected 3 rows to match "x", got 2');
    expectError(() => linear('ab', 2, 1), TypeError, '"y" expected numbers or a matrix of numbers, got "ab"');
    const several = '"y" expected a matrix of numbers, got ';
    expectError(() => linear([1, 2], 2, 2), TypeError, `${several}array of length 2`);
    expectError(() => linear(new Matrix(2, 3), 2, 2), RangeError, '"y" expected 2 columns, got 3');
  });
});
