import { describe, expect, test } from 'vitest';
import {
  FeedforwardNN,
  type EarlyStopping,
  type FeedforwardNNOptions,
  type TrainOptions,
} from '../../bindings/index.js';
import { flat } from '../networks.js';
import { expectError } from '../throws.js';
import { labels, rowsOf } from './cases.js';

// A rate at which the cost goes up and down, and rows of another kind to judge by.
const options: FeedforwardNNOptions<'softmax'> = {
  layers: [4, 8, 3],
  learningRate: 0.9,
  init: 'glorot',
  batchSize: 20,
};
const train = rowsOf(0, 120);
const trainLabels = labels.subarray(0, 120);
const validation = { x: rowsOf(110, 150), y: labels.subarray(110, 150) };

/** What early stopping is to do, from a network that is trained pass by pass and judged after each. */
function expected(
  given: FeedforwardNNOptions<'softmax'>,
  { patience = 10, minimumChange = 0 }: EarlyStopping,
  most: number,
  judge: (network: FeedforwardNN) => number,
): { passes: number; best: number; parameters: Float64Array; costs: number[]; stopped: boolean } {
  using network = new FeedforwardNN(given);
  const costs: number[] = [];
  let best = -1;
  let parameters = flat(network);
  for (let pass = 0; pass < most; pass++) {
    network.train(train, trainLabels, { iterations: 1 });
    costs.push(judge(network));
    if (best < 0 || costs[pass]! < costs[best]! - minimumChange) {
      best = pass;
      parameters = flat(network);
    }
    if (pass - best === patience) return { passes: pass + 1, best, parameters, costs, stopped: true };
  }
  return { passes: most, best, parameters, costs, stopped: false };
}

const byValidation = (network: FeedforwardNN): number => network.evaluate(validation.x, validation.y).cost;
const byTraining = (network: FeedforwardNN): number => network.evaluate(train, trainLabels).cost;

const SETTINGS: EarlyStopping[] = [
  {},
  { patience: 1 },
  { patience: 2 },
  { patience: 5 },
  { patience: 1000 },
  { patience: 3, minimumChange: 0.01 },
  { patience: 3, minimumChange: 10 },
];

describe.each<[what: string, given: FeedforwardNNOptions<'softmax'>]>([
  ['in shuffled batches', options],
  ['in batches in order', { ...options, shuffle: false }],
  ['with all rows at once', { ...options, batchSize: 1000, learningRate: 2 }],
  ['with adam in f32', { ...options, optimizer: 'adam', learningRate: 0.3, precision: 'f32' }],
])('early stopping %s', (_, given) => {
  test.each(SETTINGS)('by validation rows ends and restores as stepping shows: %o', (earlyStopping) => {
    const want = expected(given, earlyStopping, 60, byValidation);
    using network = new FeedforwardNN(given);
    const result = network.train(train, trainLabels, { iterations: 60, validation, earlyStopping });
    expect(result).toMatchObject({
      iterations: want.passes,
      bestIteration: want.best,
      stopReason: want.stopped ? 'earlyStopping' : 'iterations',
    });
    expect([...result.validationCostHistory!]).toEqual(want.costs);
    expect(result.costHistory.length).toBe(want.passes);
    expect(flat(network)).toEqual(want.parameters);
    expect(byValidation(network)).toBe(want.costs[want.best]);
    expect(network.iteration).toBe(want.passes);
  });

  test.each(SETTINGS)('without them watches the cost of the training rows: %o', (earlyStopping) => {
    const want = expected(given, earlyStopping, 60, byTraining);
    using network = new FeedforwardNN(given);
    const result = network.train(train, trainLabels, { iterations: 60, earlyStopping });
    expect(result).toMatchObject({
      iterations: want.passes,
      bestIteration: want.best,
      stopReason: want.stopped ? 'earlyStopping' : 'iterations',
      validationCostHistory: undefined,
    });
    expect(flat(network)).toEqual(want.parameters);
  });
});

describe('early stopping', () => {
  const run = (given: TrainOptions): ReturnType<FeedforwardNN['train']> => {
    using network = new FeedforwardNN(options);
    return network.train(train, trainLabels, { iterations: 60, validation, ...given });
  };

  test('of true takes a patience of 10 and any change', () => {
    expect(run({ earlyStopping: true })).toEqual(run({ earlyStopping: { patience: 10, minimumChange: 0 } }));
  });

  test('of false, as without, makes all passes and has no best one', () => {
    for (const result of [run({ earlyStopping: false }), run({})])
      expect(result).toMatchObject({ iterations: 60, stopReason: 'iterations', bestIteration: undefined });
  });

  test('restores the best parameters when onProgress ends it', () => {
    const want = expected(options, { patience: 60 }, 41, byValidation);
    using network = new FeedforwardNN(options);
    const result = network.train(train, trainLabels, {
      iterations: 60,
      validation,
      earlyStopping: { patience: 60 },
      progressEvery: 40,
      onProgress: ({ iteration }) => iteration < 40,
    });
    expect(result).toMatchObject({ iterations: 41, stopReason: 'stopped', bestIteration: want.best });
    expect(want.best).toBeLessThan(40);
    expect(flat(network)).toEqual(want.parameters);
  });

  test('makes no pass of none, and has no best one', () => {
    expect(run({ iterations: 0, earlyStopping: true })).toMatchObject({
      iterations: 0,
      stopReason: 'iterations',
      bestIteration: undefined,
    });
  });

  test('ends where no cost is a number, and leaves the parameters', () => {
    using network = new FeedforwardNN({ layers: [1, 2], learningRate: 0.1 });
    network.setParameters({ weights: [[[1e300, -1e300]]], biases: [[0, 0]] });
    const judge = { x: [[1e300]], y: [0] };
    const given = { iterations: 9, validation: judge, earlyStopping: { patience: 3 } };
    const result = network.train([[0]], [0], given);
    expect(result).toMatchObject({ iterations: 3, stopReason: 'earlyStopping', bestIteration: undefined });
    expect(network.getParameters().weights[0]!.toRows()).toEqual([[1e300, -1e300]]);
  });

  test.each<[message: string, kind: typeof TypeError | typeof RangeError, value: unknown]>([
    ['"earlyStopping" expected a boolean or { patience, minimumChange }, got 5', TypeError, 5],
    ['"earlyStopping" expected a boolean or { patience, minimumChange }, got null', TypeError, null],
    [
      'unknown option "earlyStopping.patient", did you mean "earlyStopping.patience"?',
      TypeError,
      { patient: 1 },
    ],
    ['"earlyStopping.patience" expected a safe integer >= 1, got 0', RangeError, { patience: 0 }],
    ['"earlyStopping.patience" expected a safe integer >= 1, got "5"', TypeError, { patience: '5' }],
    [
      '"earlyStopping.minimumChange" expected a finite number >= 0, got -1',
      RangeError,
      { minimumChange: -1 },
    ],
  ])('%s', (message, kind, value) => {
    expectError(() => run({ earlyStopping: value as never }), kind, message);
  });
});
