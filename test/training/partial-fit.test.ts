import { describe, expect, test } from 'vitest';
import {
  DivergenceError,
  FeedforwardNN,
  type FeedforwardNNOptions,
  type PartialFitOptions,
} from '../../bindings/index.js';
import { flat } from '../networks.js';
import { expectError } from '../throws.js';
import { CASES, labels, rowsOf, x } from './cases.js';

const options: FeedforwardNNOptions<'softmax'> = { layers: [4, 10, 3], learningRate: 0.05, init: 'glorot' };

describe('partialFit', () => {
  test.each(CASES.filter(({ y, train }) => y === undefined && train === undefined))(
    'is one step with all of its rows, and goes on with what the optimiser, the schedule and the generator have: $name',
    ({ options: given }) => {
      using streamed = new FeedforwardNN(given);
      using stepped = new FeedforwardNN({ ...given, batchSize: 1000 });
      for (let i = 0; i < 30; i++) {
        const [first, last] = [(i % 3) * 50, (i % 3) * 50 + 50 - (i % 7)];
        const batch = rowsOf(first, last);
        const y = labels.subarray(first, last);
        const cost = streamed.partialFit(batch, y);
        expect(cost).toBe(stepped.train(batch, y, { iterations: 1 }).costHistory[0]);
      }
      expect(flat(streamed)).toEqual(flat(stepped));
      expect(streamed.iteration).toBe(30);
    },
  );

  test('returns the mean cost before its update, with the term of l2', () => {
    using network = new FeedforwardNN({ ...options, l2: 0.5 });
    const { cost } = network.evaluate(x, labels);
    const squares = network.getParameters().weights.flatMap(({ data }) => Array.from(data, (w) => w * w));
    const penalty = 0.25 * squares.reduce((a, b) => a + b);
    expect(network.partialFit(x, labels)).toBeCloseTo(cost + penalty, 12);
  });

  test('takes a learning rate and weights for the one step', () => {
    using network = new FeedforwardNN(options);
    using other = new FeedforwardNN({ ...options, learningRate: 0.7 });
    // Their mean over the batch is 1, to which train scales them.
    const sampleWeights = Array.from(labels, (c) => (1 + c) / 2);
    network.partialFit(x, labels, { learningRate: 0.7, sampleWeights });
    other.train(x, labels, { iterations: 1, sampleWeights });
    expect(flat(network)).toEqual(flat(other));
  });

  test('takes weights as they are: a gradient of a row with weight w is w times that of the row', () => {
    const step = (given: PartialFitOptions): number[] => {
      using network = new FeedforwardNN({ ...options, classes: ['a', 'b', 'c'], learningRate: 1 });
      const before = flat(network);
      network.partialFit(rowsOf(0, 2), ['b', 'c'], given);
      return Array.from(flat(network), (value, k) => value - before[k]!);
    };
    const [b, c] = [step({ sampleWeights: [1, 0] }), step({ sampleWeights: [0, 1] })];
    const weighted = (u: number, v: number): unknown[] =>
      b.map((value, k) => expect.closeTo(u * value + v * c[k]!, 10));
    expect(step({})).toEqual(weighted(1, 1));
    expect(step({ sampleWeights: [3, 0.5] })).toEqual(weighted(3, 0.5));
    expect(step({ classWeights: { b: 100 } })).toEqual(weighted(100, 1));
    expect(step({ classWeights: [7, 2, 4] })).toEqual(weighted(2, 4));
    expect(step({ classWeights: { c: 4 }, sampleWeights: [3, 0.5] })).toEqual(weighted(3, 2));
    for (const none of [{ sampleWeights: [0, 0] }, { classWeights: [1, 0, 0] }])
      expect(new Set(step(none))).toEqual(new Set([0]));
  });

  test('of a single class its weight counts, in a batch of one row too', () => {
    const costOf = (given: PartialFitOptions): number => {
      using network = new FeedforwardNN({ layers: [2, 2], classes: ['a', 'b'], precision: 'f32' });
      return network.partialFit([[0, 1]], ['b'], given);
    };
    expect(costOf({ classWeights: { b: 100 } })).toBeCloseTo(100 * costOf({}), 4);
    expect(costOf({ sampleWeights: [0] })).toBe(0);
  });

  test('learns the classes from the first batch, and takes only these after it', () => {
    using network = new FeedforwardNN({ ...options, layers: [4, 5, 2] });
    network.partialFit(rowsOf(0, 3), ['no', 'yes', 'no']);
    expect(network.classes).toEqual(['no', 'yes']);
    network.partialFit(rowsOf(3, 4), ['yes']);
    expectError(
      () => network.partialFit(rowsOf(0, 1), ['maybe']),
      RangeError,
      '"y" expected one of the labels "no", "yes", got "maybe" at row 0',
    );
    expect(network.classes).toEqual(['no', 'yes']);
    expect(network.iteration).toBe(2);
  });

  test('learns the scaling from the first batch, and keeps it', () => {
    using network = new FeedforwardNN({ ...options, scaling: 'standardize' });
    using other = new FeedforwardNN(options);
    const scaled = standardizedBy(rowsOf(0, 50).toRows());
    for (const first of [0, 50, 100]) {
      const y = labels.subarray(first, first + 50);
      network.partialFit(rowsOf(first, first + 50), y);
      other.partialFit(scaled(rowsOf(first, first + 50).toRows()), y);
    }
    const want = flat(other);
    flat(network).forEach((value, i) => expect(value).toBeCloseTo(want[i]!, 10));
  });

  test.each<[message: string, kind: typeof TypeError | typeof RangeError, given: object]>([
    [
      'unknown option "rate", expected one of learningRate, sampleWeights, classWeights',
      TypeError,
      { rate: 3 },
    ],
    ['"learningRate" expected a finite number > 0, got 0', RangeError, { learningRate: 0 }],
    [
      '"sampleWeights" expected 150 numbers to match "x", got array of length 1',
      RangeError,
      { sampleWeights: [1] },
    ],
    [
      '"classWeights" expected { label: weight }, got "balanced", for which a batch does not know the whole',
      RangeError,
      { classWeights: 'balanced' },
    ],
    ['unknown option "iterations", but train has it', TypeError, { iterations: 3 }],
  ])('%s', (message, kind, given) => {
    using network = new FeedforwardNN(options);
    const before = flat(network);
    expectError(() => network.partialFit(x, labels, given), kind, message);
    expect(flat(network)).toEqual(before);
  });

  test('that diverges says so, and the network is as before', () => {
    using network = new FeedforwardNN({ layers: [1, 2] });
    const before = flat(network);
    expect(() => network.partialFit([[1e200]], [0], { learningRate: 1e300 })).toThrow(DivergenceError);
    expect(flat(network)).toEqual(before);
    expect(network.iteration).toBe(0);
  });
});

/** Scales rows to mean 0 and deviation 1 of other rows. */
function standardizedBy(rows: number[][]): (other: number[][]) => number[][] {
  const columns = rows[0]!.map((_, j) => rows.map((row) => row[j]!));
  const mean = columns.map((column) => column.reduce((a, b) => a + b) / column.length);
  const deviation = columns.map((column, j) =>
    Math.sqrt(column.reduce((sum, value) => sum + (value - mean[j]!) ** 2, 0) / column.length),
  );
  return (other) => other.map((row) => row.map((value, j) => (value - mean[j]!) / deviation[j]!));
}
