import { describe, expect, test } from 'vitest';
import {
  FeedforwardNN,
  fromJSON,
  fromSafetensors,
  ModelFileError,
  oneHot,
  toSafetensors,
  type FeedforwardNNOptions,
  type LoadOptions,
  type ModelJSON,
  type Optimizer,
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

test.each(['f32', undefined] as const)('undefined is not given, also beside precision: %s', (precision) => {
  using network = trained({ activation: 'relu', optimizer: 'rmsprop', learningRate: 0.01, batchSize: 50 });
  const nothing: LoadOptions = Object.fromEntries(
    [...Object.keys(network.toJSON().options), 'classes'].map((name) => [name, undefined]),
  );
  using copy = fromJSON(network.toJSON(), { ...nothing, precision });
  using plain = fromJSON(network.toJSON(), precision && { precision });
  expect(JSON.stringify(copy)).toBe(JSON.stringify(plain));
  if (precision === undefined) expect(JSON.stringify(copy)).toBe(JSON.stringify(network));
});

describe('moments', () => {
  const sgd = { name: 'sgd', momentum: 0.9 } as const;
  const momentsOf = (network: Network): unknown[] =>
    network.toJSON().training!.moments.map(({ weights, biases }) => [weights, biases].flat(4));

  test.each<[Optimizer, Optimizer]>([
    ['rmsprop', sgd],
    [sgd, 'rmsprop'],
    ['adam', sgd],
    ['adam', 'sgd'],
    ['sgd', 'adamw'],
    ['rmsprop', 'adam'],
  ])('of %o start anew with %o, as do the updates; passes and random numbers go on', (before, optimizer) => {
    using network = trained({ optimizer: before, learningRate: 0.01, batchSize: 50 });
    for (const [, through] of WAYS) {
      using copy = through(network, { optimizer });
      const { iteration, step, random, moments } = copy.toJSON().training!;
      expect(moments.length).toBe(
        optimizer === 'sgd' ? 0 : optimizer === 'adam' || optimizer === 'adamw' ? 2 : 1,
      );
      expect(
        momentsOf(copy)
          .flat()
          .every((value) => value === 0),
      ).toBe(true);
      const now = network.toJSON().training!;
      expect({ iteration, random }).toEqual({ iteration: now.iteration, random: now.random });
      if (moments.length > 0) expect(step).toBe(0);
      copy.train(x, labels, { iterations: 3 });
    }
  });

  test.each<[Optimizer, Optimizer]>([
    ['adam', 'adamw'],
    ['adamw', { name: 'adam', beta1: 0.8 }],
    [sgd, { name: 'sgd', momentum: 0.5, nesterov: true }],
    ['rmsprop', { name: 'rmsprop', alpha: 0.9 }],
  ])('of %o are those of %o, and go on', (before, optimizer) => {
    using network = trained({ optimizer: before, learningRate: 0.01, batchSize: 50 });
    using copy = fromJSON(network.toJSON(), { optimizer });
    expect(copy.toJSON().training).toEqual(network.toJSON().training);
  });
});

describe('what a file is, an option can repeat but not change', () => {
  const network = trained({ scaling: 'standardize', output: 'softmax' });
  const text = JSON.stringify(network);
  const same = {
    layers: new Int32Array([4, 6, 3]),
    init: 'glorot',
    scaling: 'standardize',
    output: 'softmax',
    classes: [0, 1, 2],
    seed: 3,
  } as const;

  test('repeated', () => {
    using copy = fromJSON(text, same);
    expect(JSON.stringify(copy)).toBe(text);
    const normal = trained({ init: { normal: 0.1 } });
    expect(fromJSON(normal.toJSON(), { init: { normal: 0.1 } } as LoadOptions).layers).toEqual([4, 6, 3]);
  });

  test.each<[object, string]>([
    [
      { layers: [4, 7, 3] },
      '"layers" expected what the file has, got array of length 3; the weights of the file are of these widths',
    ],
    [
      { layers: { length: 1e12 } },
      '"layers" expected what the file has, got Object of length 1000000000000; the weights of the file are of these widths',
    ],
    [
      { init: 'he' },
      '"init" expected "glorot" as the file has, got "he"; the weights are those of the file, and none are drawn',
    ],
    [
      { scaling: 'minMax' },
      '"scaling" expected "standardize" as the file has, got "minMax"; the weights of the file are for rows scaled like that; for another make a new network',
    ],
    [
      { output: 'linear' },
      '"output" expected "softmax" as the file has, got "linear"; the weights of the file are for that; for another make a new network',
    ],
    [
      { classes: ['a', 'b', 'c'] },
      '"classes" expected what the file has, got array of length 3; the file names its classes; map the labels of classify to others',
    ],
    [
      { seed: 4 },
      '"seed" expected 3 as the file has, got 4; its random numbers go on; save with trainingState: false to draw others',
    ],
  ])('%j is a RangeError', (options, message) => {
    expectError(() => fromJSON(text, options), RangeError, message);
    expectError(() => fromSafetensors(toSafetensors(network), options), RangeError, message);
  });

  test('of another kind it is a TypeError', () => {
    expectError(
      () => fromJSON(text, { seed: '3' } as never),
      TypeError,
      '"seed" expected 3 as the file has, got "3"; its random numbers go on; save with trainingState: false to draw others',
    );
  });

  test('no scaling goes before weights that were trained without one', () => {
    using plain = trained();
    expect(() => fromJSON(plain.toJSON(), { scaling: 'minMax' } as LoadOptions)).toThrow(RangeError);
  });

  test('another seed draws other random numbers where there is no training state', () => {
    using noisy = trained({ batchSize: 20 });
    const json = noisy.toJSON({ trainingState: false });
    const costs = [3, 3, 4].map(
      (seed) => fromJSON(json, { seed }).train(x, labels, { iterations: 2 }).costHistory,
    );
    expect(costs[1]).toEqual(costs[0]);
    expect(costs[2]).not.toEqual(costs[0]);
  });

  test('classes can be named where a file has none', () => {
    using nameless = new FeedforwardNN({ layers: [4, 3] });
    nameless.train(x, oneHot(labels), { iterations: 3 });
    expect(nameless.classes).toBeUndefined();
    using named = fromJSON(nameless.toJSON(), { classes: ['a', 'b', 'c'] });
    expect(named.classify(x)).toEqual(nameless.classify(x).map((j) => 'abc'[j as number]));
  });
});

test.each([
  [5, '5'],
  [null, 'null'],
  ['f32', '"f32"'],
  [[], 'array of length 0'],
])('options %j are a TypeError', (options, got) => {
  expectError(
    () => fromJSON(trained().toJSON(), options as never),
    TypeError,
    `"options" expected an object, got ${got}`,
  );
});

test('an unknown option is a TypeError', () => {
  expectError(
    () => fromJSON(trained().toJSON(), { learningrate: 1 } as never),
    TypeError,
    'unknown option "learningrate", did you mean "learningRate"?',
  );
});

describe('a number beyond f32, loaded as f32, is a RangeError that says so', () => {
  const refusal = '"precision" expected "f64", got "f32", in which -1e+39 of the file would be infinite';

  test('of the parameters', () => {
    using network = trained();
    const { weights, biases } = network.getParameters();
    weights[1]!.data[2] = -1e39;
    network.setParameters({ weights, biases });
    for (const [, through] of WAYS)
      expectError(() => through(network, { precision: 'f32' }), RangeError, refusal);
  });

  test('of the moments that it goes on with', () => {
    using network = trained({ optimizer: { name: 'sgd', momentum: 0.9 } });
    const json = JSON.parse(JSON.stringify(network)) as { training: { moments: { biases: number[][] }[] } };
    json.training.moments[0]!.biases[1]![0] = -1e39;
    expectError(() => fromJSON(json, { precision: 'f32' }), RangeError, refusal);
    expect(fromJSON(json, { precision: 'f32', optimizer: 'sgd' }).precision).toBe('f32');
  });
});

/** A network's JSON with other properties at its top. */
const model = (changes: object, save: SaveOptions = {}): object => {
  using network = trained({ optimizer: 'adam' });
  return { ...(JSON.parse(JSON.stringify(network.toJSON(save))) as object), ...changes };
};
const optionsOf = (changes: object): object => ({
  options: { ...(model({}) as ModelJSON).options, ...changes },
});
/** Its training, with that number in a moment. */
const withMoment = (k: number, value: number): object => {
  const { training } = model({}) as ModelJSON;
  const moments = training!.moments.with(k, {
    ...training!.moments[k]!,
    biases: [
      [0, 0, 0, 0, 0, value],
      [0, 0, 0],
    ],
  });
  return { training: { ...training, moments } };
};

describe('what no network has saved is a ModelFileError', () => {
  const NEWER = ' (a newer feedforward-wasm may have written it)';
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
    ['a wrong option', optionsOf({ l2: -1 }), `"l2" expected a finite number >= 0, got -1${NEWER}`],
    [
      'an option of a later version',
      optionsOf({ learningRat: 1 }),
      `unknown option "learningRat", did you mean "learningRate"?${NEWER}`,
    ],
    [
      'an optimiser of a later version',
      optionsOf({ optimizer: 'lion' }),
      `"optimizer" expected "sgd" or "rmsprop" or "adam" or "adamw", got "lion"${NEWER}`,
    ],
    [
      'a precision among the options',
      optionsOf({ precision: 'f32' }),
      '"options.precision" expected nothing, as it stands beside the options, got "f32"',
    ],
    [
      'classes among the options',
      optionsOf({ classes: ['a', 'b', 'c'] }),
      '"options.classes" expected nothing, as it stands beside the options, got array of length 3',
    ],
    [
      'a class twice',
      { classes: ['a', 'a', 'b'] },
      '"classes" expected an array of 3 different labels, got "a" twice',
    ],
    [
      'a scaling by no method',
      { scaling: { offset: [0, 0, 0, 0], factor: [1, 1, 1, 1] } },
      '"options.scaling" expected the method of "scaling", got "none"',
    ],
    [
      'a mean of squares below 0',
      withMoment(1, -1e-9),
      '"training.moments[1]" expected means of squares, so >= 0, got -1e-9',
    ],
  ];
  test.each(bad)('%s', (_, changes, problem) => {
    expectError(() => fromJSON(model(changes)), ModelFileError, `the model cannot be loaded: ${problem}`);
  });

  test('but a mean, as of a gradient, may be below 0', () => {
    expect(fromJSON(model(withMoment(0, -1e-9))).iteration).toBe(5);
  });

  // Whether a file is checked as ours is not decided by how much it says.
  test.each([
    [['a', 'a'], '"classes" expected an array of 2 different labels, got "a" twice'],
    [['a', 'b', 'c'], '"classes" expected an array of 2 different labels, got array of length 3'],
  ])('classes %j of a file without other options', (classes, problem) => {
    using network = new FeedforwardNN({ layers: [2, 6, 2] });
    const json = { ...network.toJSON({ trainingState: false }), options: { layers: [2, 6, 2] }, classes };
    expectError(() => fromJSON(json), ModelFileError, `the model cannot be loaded: ${problem}`);
  });
});

test('130,000 layers of width 1 are a network like another', () => {
  const depth = 130_000;
  const json = {
    format: 'feedforward-wasm',
    version: 1,
    precision: 'f64',
    options: {
      layers: Array.from({ length: depth + 1 }, () => 1),
      output: 'linear',
      activation: 'identity',
      optimizer: 'rmsprop',
    },
    parameters: {
      weights: Array.from({ length: depth }, () => [[1]]),
      biases: Array.from({ length: depth }, () => [0]),
    },
  };
  using network = fromJSON(json);
  expect(network.predict([[2]]).at(0, 0)).toBe(2);
  expect(network.summary()).toMatch(/Total: 260,000 parameters in f64$/);
  network.train([[1]], [1], { iterations: 1 });
  using copy = fromSafetensors(toSafetensors(network));
  expect(copy.predict([[2]]).at(0, 0)).toBe(2);
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
