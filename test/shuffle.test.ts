import { describe, expect, test } from 'vitest';
import { FeedforwardNN, Matrix, type FeedforwardNNOptions } from '../bindings/index.js';
import { GOLDEN } from './golden/cases.js';
import { CORES, flat, networkOn } from './networks.js';

const { x, labels } = GOLDEN.find(({ name }) => name === 'iris')!;

/** As many rows as fit into a double as digits to base 16, with room for their factor of 15. */
const ROWS = 12;

/**
 * The orders in which a network takes rows in some passes with batches of one. The only parameter that learns is a bias
 * b, and at rate 15/16 it becomes b/16 + 15/16·y: to base 16 the digits of b·16/15 are the y of the rows, the last one first.
 */
function ordersOf(network: FeedforwardNN<'linear'>, passes: number, rows = ROWS): number[][] {
  const zeros = new Matrix(rows, 1);
  const y = Array.from({ length: rows }, (_, i) => i);
  return Array.from({ length: passes }, () => {
    network.setParameters({ weights: [[[0]]], biases: [[0]] });
    network.train(zeros, y, { iterations: 1 });
    let rest = (network.getParameters().biases[0]![0]! * 16) / 15;
    return Array.from({ length: rows }, () => {
      const digit = Math.floor(rest);
      rest = (rest - digit) * 16;
      return digit;
    }).reverse();
  });
}

const sorted = (order: readonly number[]): number[] => order.toSorted((a, b) => a - b);
const inOrder = Array.from({ length: ROWS }, (_, i) => i);

function orderly(options: Partial<FeedforwardNNOptions<'linear'>>): FeedforwardNN<'linear'> {
  return new FeedforwardNN({
    layers: [1, 1],
    output: 'linear',
    learningRate: 15 / 16,
    batchSize: 1,
    ...options,
  });
}

describe('the order of the rows', () => {
  test('is a new permutation in each pass', () => {
    using network = orderly({});
    const orders = ordersOf(network, 50);
    for (const order of orders) expect(sorted(order)).toEqual(inOrder);
    expect(new Set(orders.map(String)).size).toBe(50);
  });

  test('follows from the seed', () => {
    const [a, b, c] = [1, 1, 2].map((seed) => {
      using network = orderly({ seed });
      return ordersOf(network, 3);
    });
    expect(b).toEqual(a);
    expect(c).not.toEqual(a);
  });

  test('is that of the rows without shuffling', () => {
    using network = orderly({ shuffle: false });
    expect(ordersOf(network, 2)).toEqual([inOrder, inOrder]);
  });

  test('puts every row in every place equally often, within four standard errors', () => {
    using network = orderly({});
    const passes = 2000;
    const counts = new Float64Array(ROWS * ROWS);
    for (const order of ordersOf(network, passes))
      order.forEach((row, place) => counts[row * ROWS + place]!++);
    // χ² of a doubly stochastic table has (n − 1)² degrees of freedom, and twice as many for its variance.
    const expected = passes / ROWS;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    const freedom = (ROWS - 1) ** 2;
    expect(Math.abs((chiSquare * (ROWS - 1)) / ROWS - freedom)).toBeLessThan(4 * Math.sqrt(2 * freedom));
  });

  test('all orders of three rows come equally often, within four standard errors', () => {
    using network = orderly({});
    const counts = new Map<string, number>();
    for (const order of ordersOf(network, 3000, 3)) {
      const name = String(order);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values())
      expect(Math.abs(count - 500)).toBeLessThan(4 * Math.sqrt(3000 * (1 / 6) * (5 / 6)));
  });
});

describe.each(CORES)('in the $binary binary, in $precision', ({ binary, precision, u }) => {
  const create = (options: Partial<FeedforwardNNOptions<'softmax'>> = {}): FeedforwardNN =>
    networkOn(binary, {
      layers: [4, 10, 3],
      learningRate: 0.3,
      init: { normal: 0.5 },
      precision,
      ...options,
    });

  test.each([1, 2, 3, 5, 7, 40, 41, 64, 100, 149])(
    'batches of %i: each row is in just one, and counts once in the cost',
    (batchSize) => {
      for (const sampleWeights of [undefined, Array.from({ length: 150 }, (_, i) => i % 4)]) {
        using network = create({ learningRate: 1e-30 });
        const inTurn = network.train(x, labels, { iterations: 1, sampleWeights }).costHistory[0]!;
        const { costHistory } = network.train(x, labels, { iterations: 4, batchSize, sampleWeights });
        for (const cost of costHistory) expect(Math.abs(cost / inTurn - 1)).toBeLessThan(100 * u);
      }
    },
  );

  test('with one batch of all rows nothing is drawn, and shuffle changes no bit', () => {
    const bits = [true, false].flatMap((shuffle) =>
      [150, 151, Infinity].map((batchSize) => {
        using network = create({ shuffle, batchSize });
        const { random } = network.toJSON().training!;
        network.train(x, labels, { iterations: 3 });
        expect(network.toJSON().training!.random).toEqual(random);
        return flat(network);
      }),
    );
    for (const other of bits) expect(other).toEqual(bits[0]);
  });

  test.each([1, 7, 64])('batches of %i: several calls of train have the bits of one', (batchSize) => {
    using once = create({ batchSize, optimizer: 'adam' });
    using parts = create({ batchSize, optimizer: 'adam' });
    once.train(x, labels, { iterations: 10 });
    for (const iterations of [1, 2, 3, 4]) parts.train(x, labels, { iterations });
    expect(JSON.stringify(parts)).toBe(JSON.stringify(once));
  });

  test('another order is another training, by seed or by not shuffling', () => {
    const start = create().getParameters();
    const trained = [{ seed: 1 }, { seed: 2 }, { shuffle: false }].map((options) => {
      using network = create({ batchSize: 30, ...options });
      network.setParameters(start);
      network.train(x, labels, { iterations: 2 });
      return String(flat(network));
    });
    expect(new Set(trained).size).toBe(3);
  });

  test('a shuffled batch gives what its rows give in their order', () => {
    // All batches are of equal rows, so the order does not matter, but where the rows lie does.
    const same = new Matrix(90, 4);
    for (const row of same) row.set(x.row(7));
    const trained = [true, false].map((shuffle) => {
      using network = create({ shuffle, batchSize: 22 });
      network.train(same, new Uint8Array(90), { iterations: 3 });
      return flat(network);
    });
    expect(trained[1]).toEqual(trained[0]);
  });
});
