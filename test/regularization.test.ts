import { describe, expect, test } from 'vitest';
import { FeedforwardNN, type Activation, type FeedforwardNNOptions } from '../bindings/index.js';
import { randomRows, setRandom } from './gradient-samples.js';
import { CORES, flat, networkOn } from './networks.js';

const layers = [3, 5, 7, 3];
const ROWS = 11;
const { x, y } = randomRows('softmax', ROWS, layers, 1);

const norm = (v: ArrayLike<number>): number => Math.hypot(...Array.from(v));
const largest = (v: ArrayLike<number>): number => Math.max(...Array.from(v, Math.abs));

/** What one step at rate 1 takes from the parameters. */
function stepOf(network: FeedforwardNN, ...data: Parameters<FeedforwardNN['partialFit']>): Float64Array {
  const before = flat(network);
  network.partialFit(...data);
  const after = flat(network);
  return before.map((p, i) => p - after[i]!);
}

describe.each(CORES)('in the $binary binary, in $precision', ({ binary, precision, u }) => {
  const create = (options: Partial<FeedforwardNNOptions<'softmax'>>): FeedforwardNN => {
    const network = networkOn(binary, { layers, learningRate: 1, precision, ...options });
    setRandom(network, 2);
    return network;
  };

  describe('l2', () => {
    test('adds (l2/2)·ΣW² to the cost of a pass, in each batch of its parameters then; evaluate’s is without', () => {
      using plain = create({});
      using decayed = create({ l2: 0.3 });
      const { weights } = decayed.getParameters();
      const term = (0.3 / 2) * weights.reduce((sum, { data }) => sum + norm(data) ** 2, 0);
      const { cost } = plain.evaluate(x, y);
      expect(decayed.evaluate(x, y).cost).toBe(cost);
      const slow = { iterations: 1, learningRate: 1e-30 };
      for (const batchSize of [undefined, 1, 4]) {
        const { costHistory } = decayed.train(x, y, { ...slow, batchSize });
        expect(Math.abs(costHistory[0]! - (cost + term))).toBeLessThan(40 * u * (cost + term));
      }
    });

    test('adds l2·W to the gradient of weights, nothing to that of biases', () => {
      using plain = create({});
      using decayed = create({ l2: 0.3 });
      const { weights, biases } = decayed.getParameters();
      const term = flat({
        getParameters: () => ({
          weights: weights.map((w) => (w.data.forEach((value, k) => (w.data[k] = 0.3 * value)), w)),
          biases: biases.map((b) => b.fill(0)),
        }),
      });
      const without = stepOf(plain, x, y);
      const error = stepOf(decayed, x, y).map((g, i) => g - (without[i]! + term[i]!));
      expect(largest(error)).toBeLessThan(4 * u);
    });

    test('0 changes no bit', () => {
      using plain = create({});
      using decayed = create({ l2: 0 });
      for (const network of [plain, decayed]) network.train(x, y, { iterations: 5 });
      expect(flat(decayed)).toEqual(flat(plain));
    });
  });

  describe('clipNorm', () => {
    // f(0) is not 0 for the first two: what stood in spare columns would count.
    test.each<Activation>(['sigmoid', 'softplus', 'tanh'])(
      '%s: the gradient is cut to g·clipNorm/(‖g‖ + 1e-6), its norm over parameters only, l2 in it',
      (activation) => {
        const options = { activation, l2: 0.3 };
        using plain = create(options);
        const g = stepOf(plain, x, y);
        for (const share of [0.01, 0.5, 0.999]) {
          const clipNorm = share * norm(g);
          using clipped = create({ ...options, clipNorm });
          const error = stepOf(clipped, x, y).map((step, i) => step - (g[i]! * clipNorm) / (norm(g) + 1e-6));
          expect(largest(error)).toBeLessThan(8 * u);
        }
      },
    );

    test('a shorter gradient keeps every bit', () => {
      using plain = create({});
      using clipped = create({ clipNorm: 100 });
      for (const network of [plain, clipped]) network.train(x, y, { iterations: 5, learningRate: 0.1 });
      expect(flat(clipped)).toEqual(flat(plain));
    });

    test('each batch is cut by itself', () => {
      using network = create({ clipNorm: 1e-3 });
      const before = flat(network);
      network.train(x, y, { iterations: 2, batchSize: 2 });
      const moved = norm(flat(network).map((p, i) => p - before[i]!));
      // 12 steps of 0.001 at rate 1
      expect(moved).toBeLessThan(12e-3);
      expect(moved).toBeGreaterThan(2e-3);
    });

    test('huge gradients are cut too, in f32 also those whose squares are infinite there', () => {
      const size = { f64: 1e70, f32: 1e13 }[precision];
      using network = networkOn(binary, {
        layers: [1, 1],
        output: 'linear',
        learningRate: 1,
        clipNorm: 2,
        precision,
      });
      network.setParameters({ weights: [[[0]]], biases: [[0]] });
      network.partialFit([[size]], [size]);
      // g = −size·(size, 1)
      const [weight, bias] = flat(network);
      expect(weight).toBeCloseTo(2, 5);
      expect(bias! * size).toBeCloseTo(2, 5);
    });
  });
});

test('clipNorm and momentum: what is cut is the gradient, not the step', () => {
  using network = new FeedforwardNN({
    layers: [1, 1],
    output: 'linear',
    learningRate: 1,
    clipNorm: 1,
    optimizer: { name: 'sgd', momentum: 0.5 },
  });
  network.setParameters({ weights: [[[0]]], biases: [[0]] });
  // x = 0: only the bias has a gradient, of −1e6 or less, and is cut to −1 each time.
  const biases = [0, 1, 2].map(() => {
    network.partialFit([[0]], [1e6]);
    return network.getParameters().biases[0]![0]!;
  });
  [1, 2.5, 4.25].forEach((bias, i) => expect(biases[i]).toBeCloseTo(bias, 5));
});
