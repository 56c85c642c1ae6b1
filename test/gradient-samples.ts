import { Matrix, type FeedforwardNN, type Output } from '../bindings/index.js';
import { uniforms } from './reference.js';

/** Random weights and biases; without these a unit whose inputs are all left out would lie on a kink. */
export function setRandom(network: FeedforwardNN<Output>, seed: number): void {
  const next = uniforms(seed);
  const { weights, biases } = network.getParameters();
  for (const { data } of weights) data.forEach((_, k) => (data[k] = next()));
  for (const bias of biases) bias.forEach((_, j) => (bias[j] = next()));
  network.setParameters({ weights, biases });
}

/** Rows of x, and soft targets of that output, so that every number of y takes part. */
export function randomRows(
  output: Output,
  rows: number,
  layers: readonly number[],
  seed: number,
): { x: Matrix; y: Matrix } {
  const next = uniforms(seed);
  const matrix = (cols: number): Matrix =>
    new Matrix(rows, cols, Float64Array.from({ length: rows * cols }, next));
  const x = matrix(layers[0]!);
  const y = matrix(layers.at(-1)!);
  if (output === 'linear') return { x, y };
  y.data.forEach((value, k) => (y.data[k] = (1 + 0.9 * value) / 2));
  if (output === 'softmax')
    for (const row of y) {
      const sum = Array.from(row).reduce((a, b) => a + b);
      row.forEach((value, j) => (row[j] = value / sum));
    }
  return { x, y };
}
