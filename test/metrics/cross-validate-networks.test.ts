import { beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { kFold } from '../../bindings/data/split.js';
import { Matrix, type MatrixLike } from '../../bindings/matrix.js';
import { crossValidate } from '../../bindings/metrics/cross-validate.js';
import type { Output } from '../../bindings/options.js';
import { stratifiedFolds } from '../../bindings/metrics/stratified-folds.js';
import { expectError } from '../throws.js';

interface Made {
  readonly options: { readonly layers: readonly number[]; readonly classes?: unknown };
  readonly trained: unknown[][];
  readonly evaluated: unknown[][];
  disposed: number;
}

const made = vi.hoisted((): Made[] => []);
const evaluations = vi.hoisted((): unknown[] => []);
const failing = vi.hoisted(() => ({ method: '' }));

/** Writes down what is asked of it. */
vi.mock('../../bindings/feedforward-nn.js', () => ({
  FeedforwardNN: class implements Made {
    readonly trained: unknown[][] = [];
    readonly evaluated: unknown[][] = [];
    readonly classes = ['learnt'];
    readonly options;
    readonly layers;
    disposed = 0;
    constructor(options: Made['options']) {
      this.options = options;
      this.layers = options.layers;
      made.push(this);
    }
    train(...given: unknown[]): void {
      this.trained.push(given);
      if (failing.method === 'train') throw new Error('train failed');
    }
    evaluate(...given: unknown[]): unknown {
      this.evaluated.push(given);
      if (failing.method === 'evaluate') throw new Error('evaluate failed');
      return evaluations[made.length - 2];
    }
    dispose(): void {
      this.disposed++;
    }
  },
}));

const x = Matrix.from([[0], [1], [2], [3], [4], [5]]);
const numbers = [10, 11, 12, 13, 14, 15];

beforeEach(() => {
  made.length = 0;
  failing.method = '';
  evaluations.splice(0, Infinity, { cost: 1 }, { cost: 2 });
});

function column(values: readonly number[], rows: Uint32Array): Matrix {
  return Matrix.from(Array.from(rows, (row) => [values[row]!]));
}

test('one network for the checks and one for each fold; all disposed once', () => {
  const onProgress = (): void => undefined;
  crossValidate({ layers: [1, 2] }, x, numbers, { folds: 2, iterations: 9, onProgress });
  const [checked, ...folds] = made;
  expect(checked!.trained).toEqual([[x, numbers, { iterations: 0, onProgress }]]);
  expect(checked!.evaluated).toEqual([]);
  expect(folds.length).toBe(2);
  for (const { options, trained, evaluated } of folds) {
    expect(options).toEqual({ layers: [1, 2], classes: ['learnt'] });
    expect([trained.length, evaluated.length]).toEqual([1, 1]);
    expect(trained[0]![2]).toEqual({ iterations: 9, onProgress });
  }
  expect(made.map(({ disposed }) => disposed)).toEqual([1, 1, 1]);
});

describe('regression', () => {
  const options = { layers: [1, 1], output: 'linear' } as const;
  const parts = kFold(6, { folds: 2, seed: 4 });

  test.each<[string, MatrixLike | readonly number[]]>([
    ['an array of numbers', numbers],
    ['a matrix', numbers.map((value) => [value])],
  ])('takes the rows of %s as they fall, not stratified', (_, y) => {
    crossValidate(options, x, y, { folds: 2, seed: 4 });
    parts.forEach(({ train, test }, fold) => {
      const { trained, evaluated } = made[fold + 1]!;
      const wanted = (rows: Uint32Array): unknown =>
        y === numbers ? Array.from(rows, (row) => numbers[row]) : column(numbers, rows);
      expect(trained).toEqual([[column([0, 1, 2, 3, 4, 5], train), wanted(train), {}]]);
      expect(evaluated).toEqual([[column([0, 1, 2, 3, 4, 5], test), wanted(test)]]);
    });
  });

  test('gives mean and standard deviation of cost, mse, mae and r2', () => {
    evaluations.splice(
      0,
      Infinity,
      { cost: 1, mse: 2, mae: 3, r2: 0.5 },
      { cost: 2, mse: 2, mae: 7, r2: -0.5 },
    );
    const found = crossValidate(options, x, numbers, { folds: 2 });
    expect(found).toEqual({
      folds: evaluations,
      mean: { cost: 1.5, mse: 2, mae: 5, r2: 0 },
      standardDeviation: { cost: 0.5, mse: 0, mae: 2, r2: 0.5 },
    });
    expectTypeOf(found.mean.r2).toEqualTypeOf<number>();
  });

  test('an r2 that is not defined in one fold has no mean', () => {
    evaluations.splice(0, Infinity, { r2: 0.5 }, { r2: NaN });
    const { mean, standardDeviation } = crossValidate(options, x, numbers, { folds: 2 });
    expect([mean.r2, standardDeviation.r2]).toEqual([NaN, NaN]);
  });
});

const oneOfTwo = [[0], [0.2], [0.5], [0.6], [1], [1]];
const twoLabels = [
  [0, 1],
  [1, 1],
  [0, 0],
  [1, 0],
  [0, 1],
  [0, 0],
];

function testRows(): number[][] {
  return made.slice(1).map(({ evaluated }) => Array.from((evaluated[0]![0] as Matrix).data));
}

function rowsOf(parts: readonly { test: Uint32Array }[]): number[][] {
  return parts.map(({ test }) => Array.from(test));
}

describe('stratifies where every row has one class', () => {
  const split = { folds: 2, seed: 4 };
  test.each<[Output, number, MatrixLike, number[] | undefined]>([
    ['softmax', 2, twoLabels, [1, 0, 0, 0, 1, 0]],
    ['sigmoid', 1, oneOfTwo, [0, 0, 0, 1, 1, 1]],
    ['sigmoid', 2, twoLabels, undefined],
  ])('%s of %d outputs', (output, outputs, y, classes) => {
    crossValidate({ layers: [1, outputs], output }, x, y, split);
    expect(testRows()).toEqual(rowsOf(classes ? stratifiedFolds(classes, split) : kFold(6, split)));
  });

  test.each<[Output, number, MatrixLike | readonly number[]]>([
    ['linear', 1, numbers],
    ['sigmoid', 2, twoLabels],
  ])('refuses to for %s of %d outputs', (output, outputs, y) => {
    expectError(
      () => crossValidate({ layers: [1, outputs], output }, x, y, { folds: 2, stratify: true }),
      RangeError,
      '"stratify" expected false, got true; only rows of one class each can be stratified',
    );
    expect(made.length).toBe(1);
  });
});

test('sample weights go with their rows', () => {
  const sampleWeights = Float32Array.of(1, 2, 3, 4, 5, 6);
  crossValidate({ layers: [1, 2] }, x, ['a', 'b', 'a', 'b', 'a', 'b'], { folds: 2, sampleWeights });
  expect(made[0]!.trained[0]![2]).toEqual({ iterations: 0, sampleWeights });
  for (const { trained } of made.slice(1)) {
    const [rows, , given] = trained[0] as [Matrix, unknown, unknown];
    expect(given).toEqual({ sampleWeights: Array.from(rows.data, (row) => row + 1) });
  }
});

test.each([
  ['train', [1]],
  ['evaluate', [1, 1]],
])('when %s throws, every network made is disposed', (method, disposed) => {
  failing.method = method;
  expect(() => crossValidate({ layers: [1, 2] }, x, numbers, { folds: 2 })).toThrow(`${method} failed`);
  expect(made.map((network) => network.disposed)).toEqual(disposed);
});
