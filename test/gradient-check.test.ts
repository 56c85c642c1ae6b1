import { describe, expect, test } from 'vitest';
import { NetworkMemory } from '../bindings/core/network-memory.js';
import { gradientCheck } from '../bindings/gradient-check.js';
import {
  FeedforwardNN,
  Matrix,
  type Activation,
  type FeedforwardNNOptions,
  type NetworkParameters,
  type Output,
  type TargetsLike,
} from '../bindings/index.js';
import { complete } from '../bindings/interruptible.js';
import { resolveOptions } from '../bindings/options.js';
import { resolveTrainOptions } from '../bindings/train-options.js';
import { planTraining } from '../bindings/training/plan.js';
import { ACTIVATION_REFERENCES } from './activation-reference.js';
import { GOLDEN } from './golden/cases.js';
import { randomRows, setRandom } from './gradient-samples.js';
import { BINARIES, flat, networkOn } from './networks.js';

const ACTIVATIONS = Object.keys(ACTIVATION_REFERENCES) as Activation[];
const OUTPUTS: readonly Output[] = ['softmax', 'sigmoid', 'linear'];
const REGULARIZATIONS = [{}, { l2: 0.3 }, { dropout: 0.4 }, { l2: 0.1, dropout: 0.2 }];
const DEPTHS = [
  [3, 2],
  [3, 9, 2],
  [2, 5, 7, 3],
  [5, 8, 3, 1, 4],
];

/** At least two outputs are softmax's; a single one is a case of its own for the others. */
const outputsFor = (output: Output, layers: readonly number[]): number[] =>
  output === 'softmax' ? [...layers] : [...layers.slice(0, -1), layers.length % 2 === 0 ? 1 : layers.at(-1)!];

describe.each(BINARIES)('in the %s binary', (binary) => {
  test.each(ACTIVATIONS.flatMap((activation) => OUTPUTS.map((output) => ({ activation, output }))))(
    '$activation, $output: below 1e-7 through 1 to 4 layers, with l2 and dropout, in one block and in several',
    ({ activation, output }) => {
      for (const shape of DEPTHS)
        for (const regularization of REGULARIZATIONS) {
          if (shape.length === 2 && (activation !== 'tanh' || 'dropout' in regularization)) continue;
          const layers = outputsFor(output, shape);
          for (const rows of [5, 43]) {
            const { x, y } = randomRows(output, rows, layers, rows + layers.length);
            using network = networkOn(binary, { layers, activation, output, seed: 3, ...regularization });
            setRandom(network, rows + layers.length);
            const { relativeError, gradient } = network.gradientCheck(x, y);
            expect(relativeError, JSON.stringify({ layers, regularization, rows })).toBeLessThan(1e-7);
            expect(Math.hypot(...gradient.biases.at(-1)!)).toBeGreaterThan(1e-3);
          }
        }
    },
  );

  test.each(ACTIVATIONS)('%s: below 2e-4 in f32', (activation) => {
    for (const output of OUTPUTS) {
      const layers = [3, 5, 4, 2];
      const { x, y } = randomRows(output, 6, layers, 1);
      using network = networkOn(binary, { layers, activation, output, precision: 'f32', l2: 0.1 });
      setRandom(network, 2);
      const { relativeError, gradient } = network.gradientCheck(x, y);
      expect(relativeError).toBeLessThan(2e-4);
      expect(gradient.weights[0]!.data).toBeInstanceOf(Float32Array);
    }
  });
});

describe('where differences of one step failed', () => {
  const { x, labels } = GOLDEN.find(({ name }) => name === 'iris')!;
  const petals = Array.from(x, (row) => row[3]!);

  test.each<[string, FeedforwardNNOptions<Output>, TargetsLike, iterations: number, bound: number]>([
    [
      'small weights, so a small gradient, as of the default network',
      { layers: [4, 10, 3] },
      labels,
      0,
      1e-7,
    ],
    ['… in f32', { layers: [4, 10, 3], precision: 'f32' }, labels, 0, 1e-3],
    ['… half trained', { layers: [4, 10, 3], learningRate: 0.05 }, labels, 1000, 1e-7],
    [
      '… half trained, in f32',
      { layers: [4, 10, 3], learningRate: 0.05, precision: 'f32' },
      labels,
      1000,
      1e-3,
    ],
    ['a large cost', { layers: [4, 8, 1], output: 'linear' }, petals.map((t) => 1e6 * t), 0, 1e-7],
    [
      'near a minimum',
      { layers: [4, 10, 3], init: 'glorot', scaling: 'standardize', optimizer: 'adam', learningRate: 0.01 },
      labels,
      5000,
      1e-7,
    ],
    ['relu, of which kinks are near', { layers: [4, 16, 16, 3], activation: 'relu' }, labels, 0, 1e-7],
    ['… in f32', { layers: [4, 16, 16, 3], activation: 'relu', precision: 'f32' }, labels, 0, 1e-3],
  ])('%s', (_, options, y, iterations, bound) => {
    using network = new FeedforwardNN(options);
    network.train(x, y, { iterations });
    expect(network.gradientCheck(x, y).relativeError).toBeLessThan(bound);
  });

  test('inputs of another unit', () => {
    const large = Matrix.from(x);
    large.data.forEach((value, k) => (large.data[k] = 1e4 * value));
    using network = new FeedforwardNN({ layers: [4, 8, 3] });
    expect(network.gradientCheck(large, labels).relativeError).toBeLessThan(1e-7);
  });

  /** The check of a network of which backpropagation gets that wrong. */
  const checkOf = (wrong: (gradient: NetworkParameters) => void): number => {
    const options = resolveOptions({ layers: [4, 10, 3] });
    const memory = new NetworkMemory(options);
    const training = resolveTrainOptions({ shuffle: false }, options);
    const plan = complete(
      planTraining(options, { classes: undefined, scaling: undefined }, x, labels, training),
    );
    const getParameters = (block?: number): NetworkParameters => {
      const parameters = memory.getParameters(block);
      if (block !== undefined) wrong(parameters);
      return parameters;
    };
    try {
      return gradientCheck(
        Object.create(memory, { getParameters: { value: getParameters } }) as NetworkMemory,
        plan,
      ).relativeError;
    } finally {
      memory.release();
    }
  };

  test.each([0, 1])('a gradient of layer %i that is a thousandth too large still shows', (l) => {
    expect(
      checkOf(({ weights }) => weights[l]!.data.forEach((value, k, data) => (data[k] = 1.001 * value))),
    ).toBeGreaterThan(1e-6);
  });

  test('a hundredth too much in any one number above rounding still shows', () => {
    for (const l of [0, 1])
      for (let k = 0; k < 30; k++) {
        let above = false;
        const error = checkOf(({ weights }) => {
          const { data } = weights[l]!;
          above = Math.abs(data[k]!) > 1e-8;
          data[k]! *= 1.01;
        });
        expect(error > 0).toBe(above);
      }
  });
});

test('the gradient is what a step takes, to the last bits, and l2 is in it', () => {
  const layers = [3, 5, 2];
  const { x, y } = randomRows('softmax', 7, layers, 1);
  using network = new FeedforwardNN({ layers, l2: 0.5, batchSize: 2 });
  setRandom(network, 1);
  const before = flat(network);
  const { gradient } = network.gradientCheck(x, y);
  network.partialFit(x, y, { learningRate: 1 });
  const after = flat(network);
  flat({ getParameters: () => gradient }).forEach((value, i) =>
    expect(Math.abs(before[i]! - after[i]! - value)).toBeLessThan(1e-15),
  );
});

test.each([{ dropout: 0.5 }, { optimizer: 'adam', precision: 'f32' }, { scaling: 'standardize' }] as const)(
  'it leaves every bit of the network as it was: %o',
  (options) => {
    const x = [
      [1, 2],
      [3, 5],
      [8, 1],
    ];
    const y = ['b', 'a', 'b'];
    using network = new FeedforwardNN({ layers: [2, 6, 2], init: 'he', ...options });
    const untrained = JSON.stringify(network);
    network.gradientCheck(x, y);
    expect(JSON.stringify(network)).toBe(untrained);
    expect(network.classes).toBeUndefined();
    network.train(x, y, { iterations: 3 });
    const trained = JSON.stringify(network);
    expect(network.gradientCheck(x, y).relativeError).toBeLessThan(1e-2);
    expect(() => network.gradientCheck([[NaN, 1]], ['a'])).toThrow(RangeError);
    expect(JSON.stringify(network)).toBe(trained);
    expect(network.iteration).toBe(3);
  },
);

describe('it finds what is wrong', () => {
  const layers = [3, 4, 2];
  const { x, y } = randomRows('linear', 5, layers, 1);

  test('a gradient that lacks a term of the cost, down to a millionth of it', () => {
    const options = resolveOptions({ layers, output: 'linear', init: 'glorot' });
    const memory = new NetworkMemory(options);
    const training = resolveTrainOptions({ shuffle: false }, options);
    const plan = complete(planTraining(options, { classes: undefined, scaling: undefined }, x, y, training));
    /** The check of a network whose cost has a term (l2/2)·ΣW² of which backpropagation knows nothing. */
    const check = (l2: number): number => {
      const gradient = (address: number): number => {
        const squares = memory.getParameters().weights.map(({ data }) => Math.hypot(...data) ** 2);
        return memory.core.exports.gradient(address) + (l2 / 2) * squares.reduce((a, b) => a + b);
      };
      const exports = { ...memory.core.exports, gradient };
      // Its methods want the core itself.
      const core = new Proxy(memory.core, {
        get(own, name) {
          const value: unknown = Reflect.get(own, name);
          if (name === 'exports') return exports;
          return typeof value === 'function' ? (value.bind(own) as unknown) : value;
        },
      });
      const forgetful = Object.create(memory, { core: { value: core } }) as NetworkMemory;
      return gradientCheck(forgetful, plan).relativeError;
    };
    expect(check(0)).toBeLessThan(1e-8);
    expect(check(1e-6)).toBeGreaterThan(1e-7);
    expect(check(0.1)).toBeGreaterThan(1e-2);
    memory.release();
  });

  test('a kink of relu in the way, where the cost has no slope but one to each side', () => {
    using network = new FeedforwardNN({ layers: [1, 1, 1], activation: 'relu', output: 'linear' });
    network.setParameters({ weights: [[[1]], [[1]]], biases: [[0], [0]] });
    expect(network.gradientCheck([[0]], [1]).relativeError).toBeGreaterThan(0.1);
    expect(network.gradientCheck([[1e-4]], [1]).relativeError).toBeLessThan(1e-7);
  });
});

test('where there is no slope at all, there is no error', () => {
  using network = new FeedforwardNN({ layers: [2, 3, 1], output: 'linear', init: { normal: 0 } });
  expect(network.gradientCheck([[1, 2]], [0]).relativeError).toBeLessThan(1e-7);
  using flatOne = new FeedforwardNN({ layers: [1, 1], output: 'linear', init: { normal: 0 } });
  const { relativeError, gradient } = flatOne.gradientCheck([[0]], [0]);
  expect([relativeError, ...gradient.weights[0]!.data, ...gradient.biases[0]!]).toEqual([0, 0, 0]);
});
