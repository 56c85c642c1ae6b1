import { describe, expect, test } from 'vitest';
import {
  FeedforwardNN,
  fromJSON,
  fromSafetensors,
  ModelFileError,
  toSafetensors,
  type FeedforwardNNOptions,
  type LoadOptions,
  type ModelJSON,
  type Output,
  type SaveOptions,
} from '../bindings/index.js';
import { flat } from './networks.js';
import { expectError } from './throws.js';
import { CASES, JUDGED, dataOf, labels, x } from './training/cases.js';

type Network = FeedforwardNN<Output>;
type Through = (network: Network, options?: LoadOptions, save?: SaveOptions) => Network;

const throughText: Through = (network, options, save) =>
  fromJSON<Output>(JSON.stringify(network.toJSON(save)), options);
const throughObject: Through = (network, options, save) => fromJSON<Output>(network.toJSON(save), options);
const throughSafetensors: Through = (network, options, save) =>
  fromSafetensors<Output>(toSafetensors(network, save), options);

const WAYS: readonly [string, Through][] = [
  ['the text of toJSON', throughText],
  ['the object of toJSON', throughObject],
  ['safetensors', throughSafetensors],
];

const trained = (options: Partial<FeedforwardNNOptions> = {}, iterations = 5): Network => {
  const network = new FeedforwardNN<Output>({ layers: [4, 6, 3], init: 'glorot', seed: 3, ...options });
  network.train(x, labels, { iterations });
  return network;
};

describe.each([...CASES, ...JUDGED])('$name', (each) => {
  const { options, train } = each;
  const [rows, targets] = dataOf(each);
  // A function is not saved.
  const again = typeof options.learningRate === 'function' ? { learningRate: options.learningRate } : {};

  test.each(WAYS)('19 passes, %s and 11 more are 30, to the bit', (_, through) => {
    using first = new FeedforwardNN(options);
    first.train(rows, targets, { ...train, iterations: 19 });
    using second = through(first, again);
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    second.train(rows, targets, { ...train, iterations: 11 });

    using whole = new FeedforwardNN(options);
    // Early stopping begins anew with each call.
    for (const iterations of train?.earlyStopping ? [19, 11] : [30])
      whole.train(rows, targets, { ...train, iterations });
    expect(JSON.stringify(second)).toBe(JSON.stringify(whole));
    expect(second.predict(rows)).toEqual(whole.predict(rows));
    expect([second.iteration, second.classes, second.layers, second.precision]).toEqual([
      whole.iteration,
      whole.classes,
      whole.layers,
      whole.precision,
    ]);
  });
});

describe('inside onProgress the state is that of the pass just made', () => {
  const { options, ...each } = CASES.find(({ name }) => name.startsWith('dropout in shuffled batches'))!;
  const [rows, targets] = dataOf({ options, ...each });
  const whole = new FeedforwardNN(options);
  whole.train(rows, targets, { iterations: 30 });

  test.each(['train', 'trainAsync'] as const)('%s', async (method) => {
    using network = new FeedforwardNN(options);
    const saved: string[] = [];
    const onProgress = (): void => void saved.push(JSON.stringify(network));
    await network[method](rows, targets, { iterations: 30, progressEvery: 8, onProgress });
    expect(saved.length).toBeGreaterThan(3);
    for (const text of saved) {
      using copy = fromJSON<Output>(text);
      copy.train(rows, targets, { iterations: 30 - copy.iteration });
      expect(JSON.stringify(copy)).toBe(JSON.stringify(whole));
    }
  });
});

describe.each(WAYS)('through %s', (_, through) => {
  test('without training state a network predicts the same and trains as a new one with these parameters', () => {
    const options = { scaling: 'standardize', optimizer: 'adam', dropout: 0.2, batchSize: 32 } as const;
    using network = trained(options);
    using copy = through(network, {}, { trainingState: false });
    expect(copy.predict(x)).toEqual(network.predict(x));
    expect([copy.iteration, copy.classes]).toEqual([0, [0, 1, 2]]);

    using fresh = trained(options, 0);
    fresh.setParameters(network.getParameters());
    // Neither has learnt its scaling from other rows.
    for (const each of [copy, fresh]) each.train(x, labels, { iterations: 4 });
    expect(JSON.stringify(copy)).toBe(JSON.stringify(fresh));
  });

  test('into f32 on request, and back, numbers are rounded once; training goes on', () => {
    const settings = { scaling: 'minMax', optimizer: 'adam' } as const;
    using network = trained(settings);
    using narrow = through(network, { precision: 'f32' });
    expect(narrow.precision).toBe('f32');
    expect(flat(narrow)).toEqual(flat(network).map(Math.fround));
    const { scaling, training } = network.toJSON();
    const { iteration, step, random } = training!;
    expect(narrow.toJSON().scaling).toEqual(scaling);
    expect(narrow.toJSON().training).toMatchObject({ iteration, step, random });
    const moments = ({ moments: all }: NonNullable<ModelJSON['training']>): number[] =>
      all.flatMap(({ weights, biases }) => [weights, biases].flat(3).map(Number));
    expect(moments(narrow.toJSON().training!)).toEqual(moments(training!).map(Math.fround));
    using wide = through(narrow, { precision: 'f64' });
    expect(flat(wide)).toEqual(flat(narrow));
    const { costHistory } = narrow.train(x, labels, { iterations: 3 });
    const exact = network.train(x, labels, { iterations: 3 }).costHistory;
    costHistory.forEach((cost, i) => expect(Math.abs(cost / exact[i]! - 1)).toBeLessThan(1e-4));
  });

  test('a learning rate that is a function has to be given again', () => {
    const rate = (iteration: number): number => 0.5 / (1 + iteration);
    using network = trained({ learningRate: rate });
    using copy = through(network, { learningRate: rate });
    for (const each of [network, copy]) each.train(x, labels, { iterations: 4 });
    expect(JSON.stringify(copy)).toBe(JSON.stringify(network));
  });
});

test('what toJSON gives is plain JSON: no function, no infinity, nothing that text would lose', () => {
  for (const { options } of CASES) {
    using network = new FeedforwardNN(options);
    const json = network.toJSON();
    const { classes, scaling, ...rest } = json;
    expect([classes, scaling]).toEqual([undefined, undefined]);
    expect(structuredClone(json)).toEqual(json);
    expect(JSON.parse(JSON.stringify(json))).toStrictEqual(rest);
  }
});

describe('an option given on loading takes the place of that saved', () => {
  const given: [LoadOptions, unknown?][] = [
    [{ learningRate: 0.7 }],
    [{ learningRate: { schedule: 'exponential', initial: 0.3, factor: 0.9, warmup: 2 } }],
    [{ iterations: 7 }],
    [{ activation: 'sigmoid' }, ['sigmoid']],
    [{ activation: ['gelu'] }],
    [{ optimizer: 'adam' }, { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }],
    [{ l2: 0.25 }],
    [{ dropout: 0.5 }],
    [{ clipNorm: 0.01 }],
    [{ batchSize: 16 }],
    [{ shuffle: false }],
    [{ deterministic: true }],
  ];
  test.each(given)('%j', (options, kept = Object.values(options)[0]) => {
    const [name] = Object.keys(options) as [string];
    using network = trained({ optimizer: { name: 'sgd', momentum: 0.9 } });
    using copy = fromJSON<Output>(JSON.stringify(network), options);
    const { options: before } = network.toJSON();
    expect(copy.toJSON().options).toEqual({ ...before, [name]: kept });
    expect(flat(copy)).toEqual(flat(network));
    // It holds for what the network does, and not only for what it says.
    for (const each of [copy, network]) each.train(x, labels, { iterations: 2 });
    expect(copy.iteration).toBe(7);
    if (name === 'deterministic') expect(copy.binary).toBe('simd');
    else if (!['iterations', 'shuffle'].includes(name)) expect(flat(copy)).not.toEqual(flat(network));
  });

  test('the passes of a train', () => {
    using copy = fromJSON<Output>(trained().toJSON(), { iterations: 7 });
    expect(copy.train(x, labels).iterations).toBe(7);
  });
});

/** The example with other properties at its top. */
const model = (changes: object, save: SaveOptions = {}): object => {
  using network = trained({ optimizer: 'adam' });
  return { ...JSON.parse(JSON.stringify(network.toJSON(save))), ...changes };
};
const optionsOf = (changes: object): object => ({
  options: { ...(model({}) as ModelJSON).options, ...changes },
});

describe('what no network has saved is a ModelFileError', () => {
  const bad: [string, object, string][] = [
    [
      'moments of another optimiser',
      optionsOf({ optimizer: 'rmsprop' }),
      '"training.moments" expected 1 of "rmsprop", got array of length 2',
    ],
    [
      'moments of none',
      optionsOf({ optimizer: 'sgd' }),
      '"training.moments" expected 0 of "sgd", got array of length 2',
    ],
    ['a wrong option', optionsOf({ l2: -1 }), '"l2" expected a finite number >= 0, got -1'],
  ];
  test.each(bad)('%s', (_, changes, problem) => {
    expectError(() => fromJSON(model(changes)), ModelFileError, `the model cannot be loaded: ${problem}`);
  });
});

test.each<[object, string]>([
  [{ learningRate: -1 }, '"learningRate" expected a finite number > 0, got -1'],
  [
    { activation: ['relu', 'relu'] },
    '"activation" expected one name for all or 1 for the hidden layers, got array of length 2',
  ],
])('an option %j of the caller is a RangeError', (options, message) => {
  expectError(() => fromJSON(model({}), options), RangeError, message);
});
