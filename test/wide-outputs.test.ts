import { describe, expect, test } from 'vitest';
import { Matrix, type NetworkParameters, type Progress } from '../bindings/index.js';
import { withoutThreads } from './training/threads.js';
import { CORES, flat, networkOn } from './networks.js';

// So many outputs are judged some columns at a time: assembly/pieces.ts.

const n = 140_001;
const m = 7;
const x = new Matrix(m, 1, Float64Array.of(-2, -1.1, -0.4, 0.3, 0.9, 1.6, 2.4));
const OUTPUTS = ['softmax', 'sigmoid', 'linear'] as const;

interface Step {
  readonly cost: number;
  /** db, the gradient of the mean cost by the biases; by the weights it is dZ times x. */
  readonly db: Float64Array;
  readonly dw: Float64Array;
}

/** Of Z (m, n) and Y (m, n) by the definitions, row by row. */
function stepOf(output: (typeof OUTPUTS)[number], z: Matrix, y: Matrix, weights: Float64Array): Step {
  const db = new Float64Array(n);
  const dw = new Float64Array(n);
  let cost = 0;
  for (let i = 0; i < m; i++) {
    const [zi, yi] = [Float64Array.from(z.row(i)), y.row(i)];
    const max = zi.reduce((most, value) => Math.max(most, value), -Infinity);
    const total = zi.reduce((sum, value) => sum + Math.exp(value - max), 0);
    for (let j = 0; j < n; j++) {
      let share = zi[j]!;
      if (output === 'softmax') {
        share = Math.exp(zi[j]! - max) / total;
        cost += weights[i]! * yi[j]! * (Math.log(total) - (zi[j]! - max));
      } else if (output === 'sigmoid') {
        share = 1 / (1 + Math.exp(-zi[j]!));
        cost -= weights[i]! * (yi[j]! * Math.log(share) + (1 - yi[j]!) * Math.log1p(-share));
      } else {
        cost += (weights[i]! * (share - yi[j]!) ** 2) / 2;
      }
      const error = (weights[i]! * (share - yi[j]!)) / m;
      db[j]! += error;
      dw[j]! += error * x.at(i, 0);
    }
  }
  return { cost: cost / m, db, dw };
}

/** Rows of every output; where they are right says `right`. */
function targetsFor(output: (typeof OUTPUTS)[number], z: Matrix, right: (i: number) => boolean): Matrix {
  const y = new Matrix(m, n);
  const argmax = z.argmax();
  for (let i = 0; i < m; i++) {
    const row = y.row(i);
    if (output === 'softmax') {
      // Their greatest share comes after others, and before one that is as great.
      row[right(i) ? argmax[i]! : (argmax[i]! + 5) % n] = 0.75;
      row[(argmax[i]! + 70_000) % n] = 0.25;
    } else {
      for (let j = 0; j < n; j++) row[j] = Number(z.at(i, j) > 0);
      if (!right(i)) row[n - 1] = 1 - row[n - 1]!;
    }
  }
  return y;
}

const relative = (got: ArrayLike<number>, want: Float64Array): number => {
  const greatest = want.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return want.reduce((most, value, j) => Math.max(most, Math.abs(got[j]! - value)), 0) / greatest;
};

/** Z = X·W + b, in f64. */
function logitsOf({ weights, biases }: NetworkParameters): Matrix {
  const z = new Matrix(m, n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) z.row(i)[j] = x.at(i, 0) * weights[0]!.data[j]! + biases[0]![j]!;
  return z;
}

/** The share of rows whose first greatest logit is where Y is greatest, or whose outputs all are on the side of their target. */
function accuracyOf(output: (typeof OUTPUTS)[number], z: Matrix, y: Matrix): number {
  const [found, wanted] = [z.argmax(), y.argmax()];
  let hits = 0;
  for (let i = 0; i < m; i++) {
    const sides = z.row(i).every((value: number, j: number) => value > 0 === y.at(i, j) > 0.5);
    hits += Number(output === 'softmax' ? found[i] === wanted[i] : sides);
  }
  return hits / m;
}

describe.each(CORES)('in $binary, $precision', ({ binary, precision, u }) => {
  test.each(
    OUTPUTS.flatMap((output) => [
      { output, weighted: false },
      { output, weighted: true },
    ]),
  )('140,001 $output outputs, weighted: $weighted, learn and are judged as by the definition', (each) => {
    const { output, weighted } = each;
    const options = { layers: [1, n], output, precision, seed: 3, init: { normal: 1 }, learningRate: 1 };
    using network = networkOn(binary, options);
    const before = network.getParameters();
    const z = logitsOf(before);
    const y = targetsFor(output, z, (i) => i % 3 !== 1);
    const weights = Float64Array.from({ length: m }, (_, i) => (weighted ? (i + 1) / 4 : 1));
    let score: Progress | undefined;
    const { costHistory } = network.train(x, y, {
      iterations: 1,
      ...(weighted ? { sampleWeights: weights } : {}),
      validation: { x, y },
      onProgress: (progress) => void (score = progress),
    });

    // Summed one by one in f64, a million costs are off by some thousand roundings.
    const bound = Math.max(64 * u, 1000 * 2 ** -53);
    const want = stepOf(output, z, y, weights);
    expect(Math.abs(costHistory[0]! / want.cost - 1)).toBeLessThan(bound);
    const after = network.getParameters();
    const updated = (from: ArrayLike<number>, gradient: Float64Array): Float64Array =>
      gradient.map((d, j) => from[j]! - d);
    expect(relative(after.biases[0]!, updated(before.biases[0]!, want.db))).toBeLessThan(64 * u);
    expect(relative(after.weights[0]!.data, updated(before.weights[0]!.data, want.dw))).toBeLessThan(64 * u);

    const learnt = logitsOf(after);
    const { cost } = stepOf(output, learnt, y, new Float64Array(m).fill(1));
    expect(Math.abs(score!.validationCost! / cost - 1)).toBeLessThan(bound);
    if (output === 'linear') expect(score!.validationMetric).toBeCloseTo((2 * cost) / n, 5);
    else expect(score!.validationMetric).toBe(accuracyOf(output, learnt, y));
  });

  test('in slices 140,001 outputs learn to the same bits', async () => {
    withoutThreads();
    const options = { layers: [1, n], precision, seed: 3, init: { normal: 1 } } as const;
    using here = networkOn(binary, options);
    using aside = networkOn(binary, options);
    const y = Int32Array.from({ length: m }, (_, i) => (i * 17_389) % n);
    const train = { iterations: 2, validation: { x, y } };
    const want = here.train(x, y, train);
    const got = await aside.trainAsync(x, y, train);
    expect([got.costHistory, got.validationCostHistory]).toEqual([
      want.costHistory,
      want.validationCostHistory,
    ]);
    expect(flat(aside)).toEqual(flat(here));
  });
});
