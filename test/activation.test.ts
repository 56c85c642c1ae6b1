import { describe, expect, test } from 'vitest';
import { FeedforwardNN, Matrix, type Activation } from '../bindings/index.js';
import { ACTIVATION_REFERENCES, normalCdf } from './activation-reference.js';
import { CORES, networkOn, setIdentity } from './networks.js';
import { uniforms } from './reference.js';

const NAMES = Object.keys(ACTIVATION_REFERENCES) as Activation[];
const WIDTHS = Array.from({ length: 17 }, (_, i) => i + 1);
const ROWS = Array.from({ length: 9 }, (_, i) => i + 1);

/**
 * Errors of f in u·|f(z)|, for gelu times 1 + z², as e^(−z²/2) has the error of z²; and of f′ in u·(1 + |f′(z)|), where
 * silu has z·(1 − s), which matters up to z = 37, with an error of z·u.
 */
const BOUNDS: Readonly<Record<Activation, readonly [value: number, slope: number]>> = {
  tanh: [4, 4],
  relu: [0, 1],
  leakyRelu: [2, 2],
  sigmoid: [5, 3],
  elu: [5, 3],
  gelu: [8, 4],
  silu: [6, 40],
  softplus: [5, 3],
  identity: [0, 1],
};

const SPECIAL = [0, -0, 1e3, -1e3, 1, -1, 0.5, -0.5, 1e-3, -1e-3, 1e-30, -1e-30, 40, -40];

/** (rows, cols) numbers, some of them special, or ±far, and most from where the functions bend; all exact in f32. */
function preActivations(rows: number, cols: number, far: number): Matrix {
  const special = [...SPECIAL, far, -far];
  const next = uniforms(100 * rows + cols);
  return new Matrix(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, (_, k) =>
      Math.fround(k % 3 === 0 ? special[(k / 3 + cols) % special.length]! : 12 * next() ** 3),
    ),
  );
}

function eachShape(far: number, act: (z: Matrix) => void): void {
  for (const cols of WIDTHS) for (const rows of ROWS) act(preActivations(rows, cols, far));
}

/** Z through a layer of that activation and on, unchanged, to a linear output. */
function layerOf(
  core: (typeof CORES)[number],
  activation: Activation,
  cols: number,
): FeedforwardNN<'linear'> {
  const { binary, precision } = core;
  const network = networkOn(binary, { layers: [cols, cols, cols], activation, output: 'linear', precision });
  setIdentity(network);
  return network;
}

test('the reference knows Φ(−1), Φ(2), Φ(−3) and Φ(−8)', () => {
  const known = [
    [-1, 0.15865525393145705],
    [2, 0.9772498680518208],
    [-3, 0.0013498980316300946],
    [-8, 6.220960574271784e-16],
  ] as const;
  for (const [z, p] of known) expect(Math.abs(normalCdf(z) / p - 1)).toBeLessThan(1e-13);
});

/** The largest |actual − expected| in units of what is allowed; NaN where a number is. */
function worstOf(
  actual: ArrayLike<number>,
  expected: (k: number) => readonly [value: number, unit: number],
): number {
  return Math.max(
    ...Array.from(actual, (value, k) => {
      const [wanted, unit] = expected(k);
      const error = Math.abs(value - wanted);
      return error === 0 ? 0 : error / unit;
    }),
  );
}

describe.each(CORES)('in the $binary binary, in $precision', (core) => {
  const { u, tiny } = core;

  test.each(NAMES)('%s is its formula to a few roundings, at every shape and far out', (activation) => {
    const { value } = ACTIVATION_REFERENCES[activation];
    let worst = 0;
    eachShape(1e30, (z) => {
      using network = layerOf(core, activation, z.cols);
      const { data } = network.predict(z);
      const error = worstOf(data, (k) => {
        const f = value(z.data[k]!);
        return [f, u * Math.abs(f) * (activation === 'gelu' ? 1 + z.data[k]! ** 2 : 1) + tiny];
      });
      worst = Math.max(worst, error);
    });
    expect(worst).toBeLessThanOrEqual(BOUNDS[activation][0]);
  });

  // Where ŷ − y is 1 in one row of each column and 0 elsewhere, a step at rate 1 takes f′ of that row, over the number of
  // rows, from each bias.
  test.each(NAMES)(
    'the slope of %s is its formula to a few roundings, at every shape and far out',
    (activation) => {
      const { slope } = ACTIVATION_REFERENCES[activation];
      let worst = 0;
      // No farther: the square of ŷ − y has to be finite in f32.
      eachShape(1e15, (z) => {
        const { rows, cols } = z;
        using network = layerOf(core, activation, cols);
        const y = Matrix.from(network.predict(z));
        const deltas = Float64Array.from({ length: cols }, (_, j) => {
          const row = y.row(j % rows);
          const yHat = row[j]!;
          row[j] = Math.fround(yHat - Math.max(1, Math.abs(yHat)));
          return (yHat - row[j]!) / rows;
        });
        network.train(z, y, { iterations: 1, learningRate: 1 });
        const [bias] = network.getParameters().biases;
        const slopes = bias!.map((b, j) => -b / deltas[j]!);
        const error = worstOf(slopes, (j) => {
          const f = slope(z.at(j % rows, j));
          return [f, u * (1 + Math.abs(f))];
        });
        worst = Math.max(worst, error);
      });
      expect(worst).toBeLessThanOrEqual(BOUNDS[activation][1]);
    },
  );
});
