import { describe, expect, test } from 'vitest';
import { FeedforwardNN, type FeedforwardNNOptions } from '../bindings/index.js';
import { GOLDEN } from './golden/cases.js';
import { BINARIES, CORES, flat, networkOn } from './networks.js';

const { x, labels } = GOLDEN.find(({ name }) => name === 'iris')!;
const UNITS = 4001;

/**
 * The mask of one hidden layer, element by element 0 or 1/(1 − dropout): every unit gives 1, the output has no weights
 * and an error of 1, so that a step at rate 1 takes from each weight what its unit gave.
 */
function maskOf(network: FeedforwardNN<'linear'>): Float64Array {
  const [, units] = network.layers;
  const [ones, zeros] = [1, 0].map((value) => new Float64Array(units!).fill(value));
  network.setParameters({ weights: [[zeros!], Array.from(zeros!, (w) => [w])], biases: [ones!, [0]] });
  network.partialFit([[0]], [-1], { learningRate: 1 });
  return Float64Array.from(network.getParameters().weights[1]!.data, (w) => -w);
}

describe.each(CORES)('in the $binary binary, in $precision', ({ binary, precision, u }) => {
  const masked = (dropout: number, seed = 0): FeedforwardNN<'linear'> =>
    networkOn(binary, {
      layers: [1, UNITS, 1],
      activation: 'identity',
      output: 'linear',
      dropout,
      seed,
      precision,
    });

  test.each([0.001, 0.1, 0.5, 0.9])(
    'dropout %d: its share is 0 and the mean 1, within four standard errors; the rest is 1/(1 − dropout)',
    (dropout) => {
      using network = masked(dropout);
      const masks = [1, 2, 3, 4, 5].map(() => maskOf(network));
      const all = masks.flatMap((mask) => [...mask]);
      const kept = all.filter((value) => value !== 0);
      for (const value of kept) expect(Math.abs(value * (1 - dropout) - 1)).toBeLessThan(2 * u);
      const error = Math.sqrt((dropout * (1 - dropout)) / all.length);
      expect(Math.abs(1 - kept.length / all.length - dropout)).toBeLessThan(4 * error);
      const mean = all.reduce((a, b) => a + b) / all.length;
      expect(Math.abs(mean - 1)).toBeLessThan((4 * error) / (1 - dropout));
    },
  );

  test('neighbours, and a unit in one step and the next, are dropped independently, within four standard errors', () => {
    using network = masked(0.5);
    const [first, second] = [maskOf(network), maskOf(network)];
    const agreement = (a: Float64Array, b: Float64Array): number =>
      a.filter((value, i) => (value === 0) === (b[i] === 0)).length / a.length;
    const others = [second!, ...[1, 2, 4, 8].map((lag) => first!.slice(lag))];
    for (const other of others) {
      const share = agreement(first!.subarray(0, other.length), other);
      expect(Math.abs(share - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / other.length));
    }
  });

  test('the seed decides the masks', () => {
    const masks = [1, 1, 2].map((seed) => {
      using network = masked(0.5, seed);
      return maskOf(network);
    });
    expect(masks[1]).toEqual(masks[0]);
    expect(masks[2]).not.toEqual(masks[0]);
  });

  const create = (options: Partial<FeedforwardNNOptions<'softmax'>>): FeedforwardNN =>
    networkOn(binary, { layers: [4, 11, 7, 3], learningRate: 0.3, precision, ...options });

  test('predict, classify and evaluate leave nothing out, and draw no random number', () => {
    using plain = create({});
    using dropping = create({ dropout: 0.5 });
    const before = JSON.stringify(dropping);
    expect(dropping.predict(x)).toEqual(plain.predict(x));
    expect(dropping.classify(x)).toEqual(plain.classify(x));
    expect(dropping.evaluate(x, labels)).toEqual(plain.evaluate(x, labels));
    expect(JSON.stringify(dropping)).toBe(before);
  });

  test('so does validation: its cost is that of evaluate', () => {
    using network = create({ dropout: 0.5 });
    const { validationCostHistory } = network.train(x, labels, {
      iterations: 3,
      validation: { x, y: labels },
    });
    expect(validationCostHistory![2]).toBe(network.evaluate(x, labels).cost);
  });

  test('0 changes no bit, more changes the training', () => {
    const trained = [undefined, 0, 0.2].map((dropout) => {
      using network = create({ dropout });
      network.train(x, labels, { iterations: 5, batchSize: 32 });
      return flat(network);
    });
    expect(trained[1]).toEqual(trained[0]);
    expect(trained[2]).not.toEqual(trained[0]);
  });

  test('a training in several calls has the bits of one', () => {
    using once = create({ dropout: 0.4 });
    using parts = create({ dropout: 0.4 });
    const { costHistory } = once.train(x, labels, { iterations: 9, batchSize: 40 });
    const costs = [1, 3, 5].flatMap((iterations) => [
      ...parts.train(x, labels, { iterations, batchSize: 40 }).costHistory,
    ]);
    expect(costs).toEqual([...costHistory]);
    expect(JSON.stringify(parts)).toBe(JSON.stringify(once));
  });
});

test.each(['f64', 'f32'] as const)('both binaries draw the same masks, in %s', (precision) => {
  const [plain, relaxed] = BINARIES.map((binary) => {
    const options = { layers: [1, 65, 1], activation: 'identity', output: 'linear', dropout: 0.5 } as const;
    using network = networkOn(binary, { ...options, precision });
    return maskOf(network);
  });
  expect(relaxed).toEqual(plain);
});

test('with nearly all left out a network still learns', () => {
  using network = new FeedforwardNN({
    layers: [4, 64, 3],
    activation: 'relu',
    dropout: 0.8,
    optimizer: 'adam',
    learningRate: 0.01,
  });
  network.train(x, labels, { iterations: 200 });
  expect(network.evaluate(x, labels).accuracy).toBeGreaterThan(0.9);
});
