import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { kFold } from '../../bindings/data/split.js';
import { DivergenceError } from '../../bindings/errors.js';
import { FeedforwardNN } from '../../bindings/feedforward-nn.js';
import { Matrix } from '../../bindings/matrix.js';
import { crossValidate, type CrossValidateOptions } from '../../bindings/metrics/cross-validate.js';
import type { ClassificationEvaluation } from '../../bindings/metrics/classification.js';
import { stratifiedFolds } from '../../bindings/metrics/stratified-folds.js';
import { oneHot } from '../../bindings/one-hot.js';
import { expectError } from '../throws.js';
import { expectNear } from './fixture.js';

const lines = readFileSync('examples/data/iris.csv', 'utf8').trim().split('\n').slice(1);
const flowers = lines.map((line) => line.split(','));
const x = flowers.map((flower) => flower.slice(0, 4).map(Number));
const species = flowers.map((flower) => flower[4]!);
const names = [...new Set(species)].sort();
const labels = species.map((name) => names.indexOf(name));

const options = { layers: [4, 6, 3], learningRate: 0.1, deterministic: true } as const;
const settings: CrossValidateOptions = { folds: 3, iterations: 60 };

afterEach(() => {
  vi.restoreAllMocks();
});

function take<T>(values: readonly T[], rows: Uint32Array): T[] {
  return Array.from(rows, (row) => values[row]!);
}

describe('every fold is a new network, trained and evaluated as by hand', () => {
  const stratified = stratifiedFolds(labels, { folds: 3, seed: 7 });
  const shuffled = kFold(150, { folds: 3, seed: 7 });
  test.each([
    [{ seed: 7 }, stratified],
    [{ seed: 7, stratify: true }, stratified],
    [{ seed: 7, stratify: false }, shuffled],
  ])('%j', (given, parts) => {
    const byHand = parts.map((part) => {
      using network = new FeedforwardNN(options);
      network.train(take(x, part.train), take(labels, part.train), { iterations: 60 });
      return network.evaluate(take(x, part.test), take(labels, part.test));
    });
    const found = crossValidate(options, x, labels, { ...settings, ...given });
    expect(found.folds).toEqual(byHand);
    expectTypeOf(found.folds).toEqualTypeOf<readonly ClassificationEvaluation[]>();
    expectTypeOf(found.mean).toEqualTypeOf<Omit<ClassificationEvaluation, 'perClass' | 'confusionMatrix'>>();
  });
});

test('targets may be labels or a matrix, x any matrix', () => {
  const expected = crossValidate(options, x, labels, settings);
  expect(crossValidate(options, Matrix.from(x), Uint8Array.from(labels), settings)).toEqual(expected);
  expect(crossValidate(options, { data: x.flat(), rows: 150, cols: 4 }, oneHot(labels), settings)).toEqual(
    expected,
  );
});

test('labels may be strings, and name the classes', () => {
  const found = crossValidate(options, x, species, settings);
  const expected = crossValidate(options, x, labels, settings);
  expect(found.mean).toEqual(expected.mean);
  for (const fold of found.folds) expect(fold.perClass.map(({ label }) => label)).toEqual(names);
});

test('a class whose only row is in the test part is known all the same', () => {
  const rare = species.with(0, 'aaa');
  const { folds } = crossValidate({ ...options, layers: [4, 4] }, x, rare, settings);
  const rows = folds.map(({ perClass }) => perClass.map(({ label }) => label));
  expect(rows).toEqual(folds.map(() => ['aaa', ...names]));
  expect(folds.map(({ perClass }) => perClass[0]!.support).sort()).toEqual([0, 0, 1]);
});

test('mean and standard deviation are those of the folds, within 1e-12', () => {
  const { folds, mean, standardDeviation } = crossValidate(options, x, labels, settings);
  expect([Object.keys(mean), Object.keys(standardDeviation)]).toEqual(
    Array.from({ length: 2 }, () => ['cost', 'accuracy']),
  );
  for (const key of ['cost', 'accuracy'] as const) {
    const [a, b, c] = folds.map((fold) => fold[key]) as [number, number, number];
    expectNear(mean[key], (a + b + c) / 3);
    expectNear(standardDeviation[key], Math.hypot(a - b, b - c, c - a) / 3);
  }
});

test('there are 5 folds unless told', () => {
  expect(crossValidate(options, x, labels, { iterations: 1 }).folds.length).toBe(5);
  expect(crossValidate({ ...options, iterations: 1 }, x, labels).folds.length).toBe(5);
});

describe('refuses', () => {
  const train = (): ReturnType<typeof vi.spyOn> => vi.spyOn(FeedforwardNN.prototype, 'train');
  const cases: [message: string, kind: typeof TypeError | typeof RangeError, act: () => unknown][] = [
    [
      '"x" expected finite numbers, got NaN at row 77, column 1',
      RangeError,
      () => crossValidate(options, x.with(77, [1, NaN, 3, 4]), labels),
    ],
    [
      '"x" expected rows of 4 numbers, got array of length 3 at row 149',
      RangeError,
      () => crossValidate(options, x.with(149, [1, 2, 3]), labels),
    ],
    [
      '"y" expected 150 rows to match "x", got 149',
      RangeError,
      () => crossValidate(options, x, labels.slice(1)),
    ],
    ['"options" expected an object, got 10', TypeError, () => crossValidate(options, x, labels, 10 as never)],
    [
      '"options" expected an object, got null',
      TypeError,
      () => crossValidate(options, x, labels, null as never),
    ],
    [
      '"stratify" expected a boolean, got "yes"',
      TypeError,
      () => crossValidate(options, x, labels, { stratify: 'yes' as never }),
    ],
    [
      'unknown option "fold", did you mean "folds"?',
      TypeError,
      () => crossValidate(options, x, labels, { fold: 3 } as never),
    ],
    [
      'unknown option "stratified", did you mean "stratify"?',
      TypeError,
      () => crossValidate(options, x, labels, { stratified: true } as never),
    ],
    [
      'unknown option "batchsize", did you mean "batchSize"?',
      TypeError,
      () => crossValidate(options, x, labels, { batchsize: 3 } as never),
    ],
    [
      'unknown option "l2", only new FeedforwardNN has it',
      TypeError,
      () => crossValidate(options, x, labels, { l2: 1 } as never),
    ],
    [
      '"batchSize" expected a safe integer >= 1, got 0',
      RangeError,
      () => crossValidate(options, x, labels, { batchSize: 0 }),
    ],
  ];
  test.each(cases)('%s', (message, kind, act) => {
    const trained = train();
    expectError(act, kind, message);
    for (const [, , given] of trained.mock.calls) expect(given).toMatchObject({ iterations: 0 });
  });

  test.each([1, 151, 2.5, '3'])('%j folds, as kFold does', (folds) => {
    const trained = train();
    const bad = { folds: folds as number };
    let refusal: unknown;
    try {
      kFold(150, bad);
    } catch (error) {
      refusal = error;
    }
    const { constructor: kind, message } = refusal as Error;
    for (const stratify of [true, false])
      expectError(
        () => crossValidate(options, x, labels, { ...bad, stratify }),
        kind as typeof Error,
        message,
      );
    for (const [, , given] of trained.mock.calls) expect(given).toMatchObject({ iterations: 0 });
  });
});

test('a fold that diverges ends it, and every network is disposed', () => {
  const networks = new Set<unknown>();
  const trained = vi.spyOn(FeedforwardNN.prototype, 'train');
  const disposed = vi.spyOn(FeedforwardNN.prototype, 'dispose');
  const diverging = { ...options, learningRate: 1e308 };
  expect(() => crossValidate(diverging, x, labels, settings)).toThrow(DivergenceError);
  for (const network of trained.mock.contexts) networks.add(network);
  expect(networks.size).toBe(2);
  expect(new Set(disposed.mock.contexts)).toEqual(networks);
});
