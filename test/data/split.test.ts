import fc from 'fast-check';
import { Matrix as MlMatrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { kFold, splitRows, trainTestSplit } from '../../bindings/data/split.js';
import { complete } from '../../bindings/interruptible.js';
import { Matrix, oneHot } from '../../bindings/index.js';
import { expectError } from '../throws.js';

fc.configureGlobal({ seed: 1 });

const numbers = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const rowsOf = (n: number): number[][] => numbers(n).map((i) => [i, i + 0.5]);
const sorted = (...parts: Iterable<number>[]): number[] => parts.flatMap((p) => [...p]).sort((a, b) => a - b);
/** Rows in their order take no seed. */
const order = (seed: number, shuffle: boolean): { seed?: number; shuffle: boolean } =>
  shuffle ? { seed, shuffle } : { shuffle };

test('a seed for rows that stay in their order is refused, and undefined is none', () => {
  const message =
    '"seed" contradicts "shuffle", which is false; rows in their order take no seed, so leave one out';
  const both = { seed: 0, shuffle: false };
  expectError(() => trainTestSplit(rowsOf(8), numbers(8), both), RangeError, message);
  expectError(() => kFold(8, both), RangeError, message);
  expect(kFold(8, { seed: undefined, shuffle: false }).length).toBe(5);
});

describe('trainTestSplit', () => {
  test('parts every row with its target, a quarter of them to test on', () => {
    const { xTrain, xTest, yTrain, yTest } = trainTestSplit(rowsOf(20), numbers(20));
    expect([xTrain.rows, xTest.rows, yTrain.length, yTest.length]).toEqual([15, 5, 15, 5]);
    expect(xTrain).toBeInstanceOf(Matrix);
    expect(xTrain.toRows()).toEqual(yTrain.map((i) => [i, i + 0.5]));
    expect(xTest.toRows()).toEqual(yTest.map((i) => [i, i + 0.5]));
    expect(sorted(yTrain, yTest)).toEqual(numbers(20));
    expect(yTrain).not.toEqual(sorted(yTrain));
  });

  test('the split of seed 0 stays what it is', () => {
    expect(trainTestSplit(rowsOf(8), numbers(8)).yTest).toEqual([7, 5]);
  });

  test('is a partition for any number of rows, size and seed, and the same for the same seed', () => {
    const sizes = fc.oneof(
      fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }),
      fc.nat(),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 200 }),
        sizes,
        fc.maxSafeNat(),
        fc.boolean(),
        (m, size, seed, shuffle) => {
          const testSize = size < 1 && size > 0 ? size : 1 + (size % (m - 1));
          const split = () => trainTestSplit(rowsOf(m), numbers(m), { testSize, ...order(seed, shuffle) });
          const { xTrain, xTest, yTrain, yTest } = split();
          expect(sorted(yTrain, yTest)).toEqual(numbers(m));
          expect(xTrain.toRows()).toEqual(yTrain.map((i) => [i, i + 0.5]));
          expect(xTest.toRows()).toEqual(yTest.map((i) => [i, i + 0.5]));
          const wanted = testSize < 1 ? testSize * m : testSize;
          if (wanted >= 1 && wanted <= m - 1)
            expect(Math.abs(yTest.length - wanted)).toBeLessThanOrEqual(0.5);
          expect(Math.min(yTrain.length, yTest.length)).toBeGreaterThan(0);
          if (!shuffle) expect([...yTrain, ...yTest]).toEqual(numbers(m));
          expect(split()).toEqual({ xTrain, xTest, yTrain, yTest });
        },
      ),
    );
  });

  test('stratified, each class has its share of the test to within one row, and each part its size', () => {
    const labels = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 2, maxLength: 150 });
    const size = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(labels, size, fc.maxSafeNat(), fc.boolean(), (y, testSize, seed, shuffle) => {
        const x = rowsOf(y.length);
        const options = { testSize, ...order(seed, shuffle), stratify: true };
        const plain = trainTestSplit(x, y, { testSize });
        const { xTest, yTrain, yTest } = trainTestSplit(x, y, options);
        expect(yTest.length).toBe(plain.yTest.length);
        expect(yTest).toEqual([...xTest].map((row) => y[row[0]!]));
        for (const label of new Set(y)) {
          const count = (part: string[]): number => part.filter((each) => each === label).length;
          expect(Math.abs(count(yTest) - (count(y) * yTest.length) / y.length)).toBeLessThan(1);
          expect(count(yTest) + count(yTrain)).toBe(count(y));
        }
        // One-hot rows are split as their labels are.
        const codes = y.map((label) => 'abcd'.indexOf(label));
        expect(trainTestSplit(x, oneHot(codes, 4), options).yTest.argmax()).toEqual(
          Int32Array.from(yTest, (label) => 'abcd'.indexOf(label)),
        );
      }),
    );
  });

  test('stratified in order, the last rows of each class are tested on', () => {
    const y = ['a', 'b', 'a', 'b', 'a', 'a', 'b', 'b'];
    const split = trainTestSplit(rowsOf(8), y, { testSize: 0.5, shuffle: false, stratify: true });
    expect([...split.xTest].map((row) => row[0])).toEqual([4, 5, 6, 7]);
    expect(split.yTest).toEqual(['a', 'a', 'b', 'b']);
  });

  test('which of equally small classes is tested on depends on the seed', () => {
    const tested = numbers(40).map(
      (seed) => trainTestSplit(rowsOf(4), ['a', 'b', 'c', 'd'], { seed, stratify: true }).yTest[0],
    );
    expect(new Set(tested).size).toBe(4);
  });

  test('stratifies several classes a row, and a single column', () => {
    const y = numbers(40).map((i) => [i % 2, i % 4 < 2 ? 1 : 0]);
    const { yTest } = trainTestSplit(rowsOf(40), y, { testSize: 8, stratify: true });
    expect(sorted([...yTest].map((row) => 2 * row[0]! + row[1]!))).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    const single = numbers(40).map((i) => [i % 4 === 0 ? 1 : 0]);
    const split = trainTestSplit(rowsOf(40), single, { testSize: 8, stratify: true });
    expect(sorted(split.yTest.data)).toEqual([0, 0, 0, 0, 0, 0, 1, 1]);
  });

  test('takes and gives targets of every kind', () => {
    const x = new Matrix(4, 1, Float32Array.of(0, 1, 2, 3));
    const options = { testSize: 1, shuffle: false };
    expect(trainTestSplit(x, Float64Array.of(0.5, 1.5, 2.5, 3.5), options).yTest).toEqual([3.5]);
    expect(trainTestSplit(x, ['p', 'q', 'r', 's'], options).yTrain).toEqual(['p', 'q', 'r']);
    expect(trainTestSplit(x, { ...['p', 'q', 'r', 's'], length: 4 }, options).yTest).toEqual(['s']);
    const matrices = [rowsOf(4), Matrix.from(rowsOf(4)), new MlMatrix(rowsOf(4))];
    for (const y of matrices)
      expect(trainTestSplit(y, y, options)).toEqual({
        xTrain: Matrix.from(rowsOf(3)),
        xTest: Matrix.from([[3, 3.5]]),
        yTrain: Matrix.from(rowsOf(3)),
        yTest: Matrix.from([[3, 3.5]]),
      });
  });

  test('both parts have a row where a fraction would leave none', () => {
    for (const testSize of [1e-9, 0.001, 0.999, 1 - 1e-9]) {
      const { yTrain, yTest } = trainTestSplit(rowsOf(2), ['a', 'b'], { testSize });
      expect([yTrain.length, yTest.length]).toEqual([1, 1]);
    }
  });

  test('changes nothing of the caller’s', () => {
    const x = Object.freeze(rowsOf(5).map((row) => Object.freeze(row)));
    const y = Object.freeze(['a', 'b', 'a', 'b', 'a']);
    trainTestSplit(x, y, Object.freeze({ stratify: true }));
    expect(x).toEqual(rowsOf(5));
  });

  const x = rowsOf(10);
  const y = numbers(10);
  const size = '"testSize" expected a fraction in (0, 1) or a count of rows, got ';
  const refused: [act: () => unknown, kind: typeof TypeError | typeof RangeError, message: string][] = [
    [() => trainTestSplit(x, y, { testSize: 0 }), RangeError, `${size}0`],
    [() => trainTestSplit(x, y, { testSize: -0.5 }), RangeError, `${size}-0.5`],
    [() => trainTestSplit(x, y, { testSize: 1.5 }), RangeError, `${size}1.5`],
    [() => trainTestSplit(x, y, { testSize: NaN }), RangeError, `${size}NaN`],
    [() => trainTestSplit(x, y, { testSize: Infinity }), RangeError, `${size}Infinity`],
    [() => trainTestSplit(x, y, { testSize: '0.2' as never }), TypeError, `${size}"0.2"`],
    [
      () => trainTestSplit(x, y, { testSize: 10 }),
      RangeError,
      '"testSize" expected less than the 10 rows, got 10',
    ],
    [() => trainTestSplit([[1]], ['a']), RangeError, '"x" expected at least 2 rows, got 1'],
    [() => trainTestSplit([], []), RangeError, '"x" expected at least 2 rows, got 0'],
    [() => trainTestSplit(x, y.slice(1)), RangeError, '"y" expected 10 rows to match "x", got 9'],
    [() => trainTestSplit(x, rowsOf(11)), RangeError, '"y" expected 10 rows to match "x", got 11'],
    [() => trainTestSplit(x, y.with(3, NaN)), RangeError, '"y" expected finite numbers, got NaN at row 3'],
    [
      () => trainTestSplit(x, [...y.slice(1), '9']),
      TypeError,
      '"y" expected numbers as at row 0, got "9" at row 9',
    ],
    [
      () => trainTestSplit(x, 5 as never),
      TypeError,
      '"y" expected a Matrix, { data, rows, cols } or an array of rows, got 5',
    ],
    [
      () => trainTestSplit(y as never, y),
      TypeError,
      '"x" expected rows of numbers, got 0 at row 0; one row is [[…]]',
    ],
    [
      () => trainTestSplit(x, rowsOf(10), { stratify: true }),
      RangeError,
      '"y" expected class labels or rows of 0 and 1 to stratify by, got 0.5 at row 0, column 1',
    ],
    [
      () => trainTestSplit(x, y, { testsize: 0.5 } as never),
      TypeError,
      'unknown option "testsize", did you mean "testSize"?',
    ],
    [
      () => trainTestSplit(x, y, { stratified: true } as never),
      TypeError,
      'unknown option "stratified", did you mean "stratify"?',
    ],
    [
      () => trainTestSplit(x, y, { stratify: y as never }),
      TypeError,
      '"stratify" expected a boolean, got array of length 10',
    ],
    [() => trainTestSplit(x, y, { seed: -1 }), RangeError, '"seed" expected a safe integer >= 0, got -1'],
    [() => trainTestSplit(x, y, 0.2 as never), TypeError, '"options" expected an object, got 0.2'],
  ];
  test.each(refused)('%# refuses', (act, kind, message) => {
    expectError(act, kind, message);
  });
});

describe('splitRows', () => {
  test('is the split of the row numbers, without a seed in their order', () => {
    expect(complete(splitRows(5, 0.4, 'validation', undefined))).toEqual({
      train: Uint32Array.of(0, 1, 2),
      test: Uint32Array.of(3, 4),
    });
    const { train, test: tested } = complete(splitRows(100, 0.3, 'validation', 9));
    expect(sorted(train, tested)).toEqual(numbers(100));
    expect(tested.length).toBe(30);
  });
});

describe('kFold', () => {
  test('tests each row once, in folds whose sizes differ by at most one, the same for the same seed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 150 }),
        fc.nat(),
        fc.maxSafeNat(),
        fc.boolean(),
        (m, f, seed, shuffle) => {
          const folds = 2 + (f % (m - 1));
          const options = { folds, ...order(seed, shuffle) };
          const all = kFold(m, options);
          expect(all.length).toBe(folds);
          expect(sorted(...all.map((fold) => fold.test))).toEqual(numbers(m));
          for (const fold of all) {
            expect(sorted(fold.train, fold.test)).toEqual(numbers(m));
            expect(fold.test.length - Math.floor(m / folds)).toBeLessThanOrEqual(m % folds === 0 ? 0 : 1);
            expect(fold.test.length).toBeGreaterThanOrEqual(Math.floor(m / folds));
          }
          if (!shuffle) expect(all.flatMap((fold) => [...fold.test])).toEqual(numbers(m));
          expect(kFold(m, options)).toEqual(all);
        },
      ),
    );
  });

  test('five folds in another order than the rows’ unless told', () => {
    const folds = kFold(20);
    expect(folds.map((fold) => fold.test.length)).toEqual([4, 4, 4, 4, 4]);
    expect(folds.flatMap((fold) => [...fold.test])).not.toEqual(numbers(20));
    expect(kFold(20, { seed: 1 })).not.toEqual(folds);
    expect(kFold(3, { folds: 3, shuffle: false })).toEqual([
      { train: Uint32Array.of(1, 2), test: Uint32Array.of(0) },
      { train: Uint32Array.of(0, 2), test: Uint32Array.of(1) },
      { train: Uint32Array.of(0, 1), test: Uint32Array.of(2) },
    ]);
  });

  test('refuses', () => {
    expectError(() => kFold(0), RangeError, '"rows" expected a safe integer >= 1, got 0');
    expectError(
      () => kFold([1, 2] as never),
      TypeError,
      '"rows" expected a safe integer >= 1, got array of length 2',
    );
    expectError(() => kFold(4), RangeError, '"folds" expected at most the 4 rows, got 5');
    expectError(() => kFold(4, { folds: 1 }), RangeError, '"folds" expected a safe integer >= 2, got 1');
    expectError(
      () => kFold(9, { fold: 3 } as never),
      TypeError,
      'unknown option "fold", did you mean "folds"?',
    );
    expectError(() => kFold(9, null as never), TypeError, '"options" expected an object, got null');
  });
});
