import { describe, expect, test } from 'vitest';
import type { FeedforwardNN, Output } from '../bindings/index.js';
import { CORES, networkOn, setIdentity } from './networks.js';
import { uniforms } from './reference.js';

const OUTPUTS: readonly Output[] = ['softmax', 'sigmoid', 'linear'];

/** An output function with its cost, a row at a time, in plain float64. */
interface Reference {
  readonly outputs: (z: readonly number[]) => number[];
  readonly cost: (z: readonly number[], y: readonly number[]) => number;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const logOnePlusExp = (z: number): number => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

const REFERENCES: Readonly<Record<Output, Reference>> = {
  softmax: {
    outputs: (z) => {
      const e = z.map((zj) => Math.exp(zj - Math.max(...z)));
      return e.map((ej) => ej / sum(e));
    },
    // −Σ y·ln ŷ with ln ŷ = z − max z − ln Σ e^(z − max z)
    cost: (z, y) => {
      const max = Math.max(...z);
      const log = Math.log(sum(z.map((zj) => Math.exp(zj - max))));
      return -sum(z.map((zj, j) => y[j]! * (zj - max - log)));
    },
  },
  sigmoid: {
    outputs: (z) => z.map((zj) => (zj < 0 ? Math.exp(zj) / (1 + Math.exp(zj)) : 1 / (1 + Math.exp(-zj)))),
    // −y·ln ŷ − (1 − y)·ln(1 − ŷ) with −ln ŷ = ln(1 + e^−z)
    cost: (z, y) => sum(z.map((zj, j) => y[j]! * logOnePlusExp(-zj) + (1 - y[j]!) * logOnePlusExp(zj))),
  },
  linear: {
    outputs: (z) => [...z],
    cost: (z, y) => sum(z.map((zj, j) => (zj - y[j]!) ** 2)) / 2,
  },
};

const SPECIAL = [0, 1e3, -1e3, 1e-30, -1e-30, 36, -36, 100, -100];

interface Sample {
  readonly z: readonly number[][];
  readonly y: readonly number[][];
  readonly weights: readonly number[];
}

/** Logits, some of them far out, and targets of that output. */
function sample(output: Output, rows: number, cols: number): Sample {
  const next = uniforms(1000 * rows + cols);
  const draw = (value: (k: number) => number): number[][] =>
    Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_, j) => value(i * cols + j)));
  const z = draw((k) => Math.fround(k % 4 === 1 ? SPECIAL[(k + rows + cols) % SPECIAL.length]! : 8 * next()));
  // Hard targets in every other row, else soft ones.
  const y = draw(() => Math.abs(next())).map((row, i) => {
    if (output === 'linear') return row.map((value) => Math.fround(20 * value - 10));
    const hot = row.map((_, j) => (output === 'softmax' ? Number(j === i % cols) : (i + j) % 2));
    if (i % 2 === 0) return hot;
    return output === 'softmax' ? row.map((value) => value / sum(row)) : row;
  });
  return { z, y, weights: Array.from({ length: rows }, (_, i) => (i % 4 === 3 ? 0 : 1 + Math.abs(next()))) };
}

function eachShape(output: Output, act: (sample: Sample, rows: number, cols: number) => void): void {
  for (let cols = output === 'softmax' ? 2 : 1; cols <= 17; cols++)
    for (let rows = 1; rows <= 9; rows++) act(sample(output, rows, cols), rows, cols);
}

describe.each(CORES)('in the $binary binary, in $precision', ({ binary, precision, u, tiny }) => {
  const create = (output: Output, cols: number): FeedforwardNN<Output> => {
    const network = networkOn(binary, { layers: [cols, cols], output, precision });
    setIdentity(network);
    return network;
  };

  // The exponents z − max z of softmax are rounded too.
  test.each(OUTPUTS)(
    '%s: outputs are within 5u·ŷ of the formula at every shape, costs within 6u',
    (output) => {
      const reference = REFERENCES[output];
      let [worst, worstCost] = [0, 0];
      eachShape(output, ({ z, y }, rows, cols) => {
        using network = create(output, cols);
        const yHat = network.predict(z);
        z.forEach((row, i) => {
          const max = output === 'softmax' ? Math.max(...row) : -Infinity;
          reference.outputs(row).forEach((value, j) => {
            const unit = u * Math.abs(value) * (1 + Math.max(0, max - row[j]!)) + tiny;
            worst = Math.max(worst, Math.abs(yHat.at(i, j) - value) / unit);
          });
        });
        const cost = sum(z.map((row, i) => reference.cost(row, y[i]!))) / rows;
        const error = Math.abs(network.evaluate(z, y).cost - cost);
        worstCost = Math.max(worstCost, error / (u * Math.max(1, cost)));
      });
      expect(worst).toBeLessThanOrEqual(5);
      expect(worstCost).toBeLessThanOrEqual(6);
    },
  );

  test.each(OUTPUTS)('%s: dZ is within 6u of w·(Ŷ − Y)/m, the cost within 6u of (1/m)·Σ w·c', (output) => {
    const reference = REFERENCES[output];
    let [worst, worstCost] = [0, 0];
    eachShape(output, ({ z, y, weights }, rows, cols) => {
      for (const sampleWeights of [undefined, weights]) {
        const w = weights.map((weight) => (sampleWeights ? (weight * rows) / sum(weights) : 1));
        using network = create(output, cols);
        const { costHistory } = network.train(z, y, { iterations: 1, learningRate: 1, sampleWeights });
        const cost = sum(z.map((row, i) => (w[i]! * reference.cost(row, y[i]!)) / rows));
        worstCost = Math.max(worstCost, Math.abs(costHistory[0]! - cost) / (u * Math.max(1, cost)));
        const deltas = z.map((row, i) =>
          reference.outputs(row).map((value, j) => (w[i]! * (value - y[i]![j]!)) / rows),
        );
        // The step takes Σ dZ from the biases, which were 0.
        network.getParameters().biases[0]!.forEach((b, j) => {
          const column = deltas.map((row) => row[j]!);
          const unit = u * (1 + sum(column.map(Math.abs)));
          worst = Math.max(worst, Math.abs(b + sum(column)) / unit);
        });
      }
    });
    expect(worst).toBeLessThanOrEqual(6);
    expect(worstCost).toBeLessThanOrEqual(6);
  });
});
