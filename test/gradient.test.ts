import { describe, expect, test } from 'vitest';
import { Matrix, type FeedforwardNN, type NetworkParameters } from '../bindings/index.js';
import { BINARIES, flat, networkOn } from './networks.js';
import { uniforms } from './reference.js';

const STEP = 1e-5;

/** ∂cost/∂p of every parameter by central differences, which sees nothing but the cost. */
function numericalGradient(network: FeedforwardNN, x: Matrix, y: Matrix): Float64Array {
  const at: NetworkParameters = network.getParameters();
  const cost = (): number => {
    network.setParameters(at);
    return network.evaluate(x, y).cost;
  };
  const slopes = at.weights.flatMap((w, l) =>
    [w.data, at.biases[l]!].flatMap((values) =>
      Array.from(values, (value, i) => {
        values[i] = value + STEP;
        const above = cost();
        values[i] = value - STEP;
        const below = cost();
        values[i] = value;
        return (above - below) / (2 * STEP);
      }),
    ),
  );
  network.setParameters(at);
  return Float64Array.from(slopes);
}

/** ∂cost/∂p as backpropagation has it: what one step of gradient descent at learning rate 1 takes away. */
function backpropagated(network: FeedforwardNN, x: Matrix, y: Matrix): Float64Array {
  const before = flat(network);
  network.train(x, y, { iterations: 1, learningRate: 1 });
  const after = flat(network);
  return before.map((p, i) => p - after[i]!);
}

const norm = (v: Float64Array): number => Math.hypot(...v);

describe.each(BINARIES)('in the %s binary', (binary) => {
  test.each([
    { layers: [3, 2], rows: 5 },
    { layers: [9, 5], rows: 41 },
    { layers: [2, 8, 2], rows: 4 },
    { layers: [4, 10, 3], rows: 7 },
    { layers: [5, 1, 2], rows: 1 },
    { layers: [7, 5, 4, 3], rows: 42 },
    { layers: [3, 6, 5, 9, 4], rows: 13 },
    { layers: [4, 3, 3, 3, 3, 3, 2], rows: 6 },
  ])(
    'backpropagation through $layers over $rows rows is within 1e-7 of central differences',
    ({ layers, rows }) => {
      const next = uniforms(rows);
      const x = new Matrix(rows, layers[0]!, Float64Array.from({ length: rows * layers[0]! }, next));
      const classes = layers.at(-1)!;
      // Soft targets: every entry of Y takes part.
      const y = new Matrix(rows, classes);
      for (const row of y) {
        row.forEach((_, j) => (row[j] = 1 + 0.9 * next()));
        const sum = Array.from(row).reduce((a, b) => a + b);
        row.forEach((value, j) => (row[j] = value / sum));
      }
      using network = networkOn(binary, { layers, init: { normal: 0.7 }, seed: rows });
      const numerical = numericalGradient(network, x, y);
      const ours = backpropagated(network, x, y);
      expect(norm(numerical)).toBeGreaterThan(1e-3);
      expect(norm(ours.map((g, i) => g - numerical[i]!)) / norm(numerical)).toBeLessThanOrEqual(1e-7);
    },
  );
});
