import { describe, expect, test } from 'vitest';
import {
  FeedforwardNN,
  fromJSON,
  Matrix,
  type Activation,
  type FeedforwardNNOptions,
  type NetworkParameters,
  type Output,
} from '../bindings/index.js';
import { ACTIVATION_REFERENCES } from './activation-reference.js';
import { randomRows, setRandom } from './gradient-samples.js';
import { BINARIES, flat, networkOn } from './networks.js';

// Backpropagation is what a step of gradient descent at rate 1 takes from the parameters. Against it stand central
// differences of a cost that is put together here from what leads through no backpropagation.

const STEP = 1e-5;
const BOUND = 1e-7;
const ACTIVATIONS = Object.keys(ACTIVATION_REFERENCES) as Activation[];
const OUTPUTS: readonly Output[] = ['softmax', 'sigmoid', 'linear'];
/** One to four layers of weights, of widths around those of a vector and a panel. */
const DEPTHS = [
  [3, 2],
  [2, 5, 2],
  [2, 3, 4, 3],
  [3, 2, 3, 1, 2],
];
const ROWS = 3;

/** ∂cost/∂p of every parameter by central differences of `cost`, which is given the parameters. */
function numericalGradient(at: NetworkParameters, cost: (at: NetworkParameters) => number): Float64Array {
  const slopes = at.weights.flatMap((w, l) =>
    [w.data, at.biases[l]!].flatMap((values) =>
      Array.from(values, (value, i) => {
        values[i] = value + STEP;
        const above = cost(at);
        values[i] = value - STEP;
        const below = cost(at);
        values[i] = value;
        return (above - below) / (2 * STEP);
      }),
    ),
  );
  return Float64Array.from(slopes);
}

const norm = (v: Float64Array): number => Math.hypot(...v);

function expectEqual(ours: Float64Array, numerical: Float64Array): void {
  expect(norm(numerical)).toBeGreaterThan(1e-3);
  expect(norm(ours.map((g, i) => g - numerical[i]!)) / norm(numerical)).toBeLessThanOrEqual(BOUND);
}

/** Weights in the proportions of the counts, which partialFit takes as they are, so that the cost is that of repeated rows. */
function meanOne(counts: readonly number[]): number[] {
  const sum = counts.reduce((a, b) => a + b);
  return counts.map((count) => (count * counts.length) / sum);
}

/** What one step at rate 1 takes away from these parameters. */
function backpropagated(
  network: FeedforwardNN<Output>,
  at: NetworkParameters,
  x: Matrix,
  y: Matrix,
  sampleWeights?: readonly number[],
): Float64Array {
  network.setParameters(at);
  const before = flat(network);
  network.partialFit(x, y, { learningRate: 1, sampleWeights });
  const after = flat(network);
  return before.map((p, i) => p - after[i]!);
}

/** Row i as many times as counts[i] says. */
function repeated(matrix: Matrix, counts: readonly number[]): Matrix {
  return Matrix.from(counts.flatMap((count, i) => Array.from({ length: count }, () => matrix.row(i))));
}

function sumOfSquares({ weights }: NetworkParameters): number {
  return weights.reduce((sum, { data }) => sum + Math.hypot(...data) ** 2, 0);
}

/** Without a hidden layer there is but one case. */
const ofDepth = (layers: readonly number[]): readonly Activation[] =>
  layers.length === 2 ? ['tanh'] : ACTIVATIONS;

describe.each(BINARIES)('in the %s binary', (binary) => {
  const create = (options: FeedforwardNNOptions<Output>, seed: number): FeedforwardNN<Output> => {
    const network = networkOn(binary, { seed, ...options });
    setRandom(network, seed);
    return network;
  };

  describe.each(DEPTHS.map((layers) => ({ layers })))('through $layers', ({ layers }) => {
    const cases = ofDepth(layers).flatMap((activation) =>
      OUTPUTS.map((output, k) => ({ activation, output, seed: 10 * layers.length + k })),
    );

    test.each(cases)(
      '$activation, $output: a step is within 1e-7 of differences of evaluate’s cost',
      ({ activation, output, seed }) => {
        const { x, y } = randomRows(output, ROWS, layers, seed);
        using network = create({ layers, activation, output }, seed);
        const start = network.getParameters();
        const numerical = numericalGradient(start, (at) => {
          network.setParameters(at);
          return network.evaluate(x, y).cost;
        });
        expectEqual(backpropagated(network, start, x, y), numerical);
      },
    );

    test.each(cases)(
      '$activation, $output, l2: … plus (l2/2)·ΣW²; weights of rows: … of the rows as often as they weigh',
      ({ activation, output, seed }) => {
        const { x, y } = randomRows(output, ROWS, layers, seed);
        const l2 = 0.3;
        const counts = [1, 3, 0];
        const [xRepeated, yRepeated] = [repeated(x, counts), repeated(y, counts)];
        using network = create({ layers, activation, output, l2 }, seed);
        const start = network.getParameters();
        const numerical = numericalGradient(start, (at) => {
          network.setParameters(at);
          return network.evaluate(xRepeated, yRepeated).cost + (l2 / 2) * sumOfSquares(at);
        });
        expectEqual(backpropagated(network, start, x, y, meanOne(counts)), numerical);
      },
    );
  });

  test.each([
    { layers: [9, 5], rows: 161 },
    { layers: [2, 17, 2], rows: 1 },
    { layers: [7, 5, 4, 3], rows: 322 },
    { layers: [4, 3, 3, 3, 3, 3, 2], rows: 6 },
  ])(
    'tanh, softmax: also in several blocks and far down, through $layers over $rows rows',
    ({ layers, rows }) => {
      const { x, y } = randomRows('softmax', rows, layers, rows);
      using network = create({ layers }, rows);
      const start = network.getParameters();
      const numerical = numericalGradient(start, (at) => {
        network.setParameters(at);
        return network.evaluate(x, y).cost;
      });
      expectEqual(backpropagated(network, start, x, y), numerical);
    },
  );

  // evaluate leaves nothing out, so the cost is that of the step itself: a network loaded from the same JSON draws the
  // same random numbers.
  test.each(ACTIVATIONS.flatMap((activation, k) => [{ activation, output: OUTPUTS[k % 3]! }]))(
    '$activation, $output, dropout: a step is within 1e-7 of differences of its own cost',
    ({ activation, output }) => {
      const layers = [2, 5, 4, 2];
      const { x, y } = randomRows(output, ROWS, layers, 7);
      using network = create({ layers, activation, output, dropout: 0.4, l2: 0.1 }, 7);
      const json = network.toJSON();
      const again = (at: NetworkParameters): FeedforwardNN<Output> => {
        const copy = fromJSON<Output>(json);
        copy.setParameters(at);
        return copy;
      };
      const start = network.getParameters();
      const numerical = numericalGradient(start, (at) => {
        using copy = again(at);
        return copy.partialFit(x, y, { sampleWeights: [1, 3, 0] });
      });
      expectEqual(backpropagated(network, start, x, y, [1, 3, 0]), numerical);
    },
  );
});
