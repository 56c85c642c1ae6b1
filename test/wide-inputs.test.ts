import { describe, expect, test } from 'vitest';
import { FeedforwardNN, Matrix } from '../bindings/index.js';
import { withoutThreads } from './training/threads.js';
import { CORES, flat, networkOn } from './networks.js';
import { expectError } from './throws.js';

// A row of so many numbers is read, scaled and copied some columns at a time.

const n = 40_003;
const m = 3;
const value = (i: number, j: number): number => ((i * 7919 + j * 104_729) % 1009) / 1009 - 0.5 + j / n;
const rows = Array.from({ length: m }, (_, i) => Float64Array.from({ length: n }, (__, j) => value(i, j)));
const grid = { rows: m, columns: n, get: value };
const forms: [name: string, x: unknown][] = [
  ['rows', rows],
  ['a matrix', new Matrix(m, n, Float64Array.from(rows.flatMap((row) => [...row])))],
  ['what gives its numbers one by one', grid],
];
const y = [[1], [-2], [0.5]];

/** What standardize and minMax make of column j, by their definitions. */
function scaledColumn(method: 'standardize' | 'minMax', j: number): number[] {
  const column = rows.map((row) => row[j]!);
  const [min, max] = [Math.min(...column), Math.max(...column)];
  if (method === 'minMax') return column.map((x) => (x - min) / (max - min));
  const mean = column.reduce((a, b) => a + b) / m;
  const deviation = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / m);
  return column.map((x) => (x - mean) / deviation);
}

describe.each(CORES)('in $binary, $precision', ({ binary, precision, u }) => {
  test.each(['none', 'standardize', 'minMax'] as const)(
    'a step with scaling %s is as by the definition',
    (s) => {
      const options = {
        layers: [n, 1],
        output: 'linear',
        precision,
        scaling: s,
        init: { normal: 0 },
      } as const;
      // Weights of 0 predict 0, so the gradient of weight j is −(1/m)·Σ x_ij·y_i.
      for (const [, x] of forms) {
        using network = networkOn(binary, options);
        network.train(x as never, y, { iterations: 1, learningRate: 1 });
        const { weights, biases } = network.getParameters();
        let off = 0;
        for (let j = 0; j < n; j++) {
          const column = s === 'none' ? rows.map((row) => row[j]!) : scaledColumn(s, j);
          const want = column.reduce((sum, each, i) => sum + each * y[i]![0]!, 0) / m;
          off = Math.max(off, Math.abs(weights[0]!.data[j]! - want));
        }
        expect(off).toBeLessThan(64 * u);
        expect(biases[0]![0]).toBeCloseTo(-0.5 / m, 6);
      }
    },
  );

  test('in slices to the same bits', async () => {
    withoutThreads();
    const options = { layers: [n, 1], output: 'linear', precision, scaling: 'standardize', seed: 3 } as const;
    using here = networkOn(binary, options);
    using aside = networkOn(binary, options);
    const train = { iterations: 2, sampleWeights: [1, 2, 3], validation: { x: grid, y } };
    const want = here.train(rows, y, train);
    const got = await aside.trainAsync(grid, y, train);
    expect([got.costHistory, got.validationCostHistory]).toEqual([
      want.costHistory,
      want.validationCostHistory,
    ]);
    expect(flat(aside)).toEqual(flat(here));
  });

  test('parameters of that many outputs are taken as they are, or none of them', () => {
    using network = networkOn(binary, { layers: [2, n], precision, seed: 3 });
    const exact = (i: number) => rows[i]!.map(Math.fround);
    const parameters = { weights: [[exact(0), exact(1)]], biases: [exact(2)] };
    network.setParameters(parameters);
    const { weights, biases } = network.getParameters();
    const got = [...weights[0]!, biases[0]!];
    const want = [...parameters.weights[0]!, parameters.biases[0]!];
    const unequal = got.map((row, i) => row.findIndex((each: number, j: number) => each !== want[i]![j]));
    expect(unequal).toEqual([-1, -1, -1]);

    const before = flat(network);
    const bad = exact(1);
    bad[n - 1] = NaN;
    expectError(
      () => network.setParameters({ weights: [[exact(2), bad]], biases: [exact(0)] }),
      RangeError,
      `"weights[0]" expected finite numbers, got NaN at row 1, column ${n - 1}`,
    );
    expect(flat(network)).toEqual(before);
  });
});

describe('refuses, with the place', () => {
  const at = (i: number, j: number, wrong: unknown): unknown[][] => {
    const copy: unknown[][] = rows.map((row) => [...row]);
    copy[i]![j] = wrong;
    return copy;
  };

  test.each([
    [0, 0],
    [1, 4095],
    [1, 4096],
    [2, 16_384],
    [2, 32_768],
    [1, n - 1],
  ])('a NaN and what is no number at row %i, column %i', (i, j) => {
    for (const scaling of ['none', 'minMax'] as const)
      for (const precision of ['f64', 'f32'] as const) {
        using network = new FeedforwardNN({ layers: [n, 1], output: 'linear', scaling, precision });
        const place = ` at row ${i}, column ${j}`;
        const train = (x: unknown) => () => network.train(x as never, y, { iterations: 1 });
        expectError(train(at(i, j, NaN)), RangeError, `"x" expected finite numbers, got NaN${place}`);
        expectError(train(at(i, j, '1')), TypeError, `"x" expected numbers, got "1"${place}`);
        expectError(
          () => network.predict(at(i, j, NaN) as never),
          RangeError,
          `"x" expected finite numbers, got NaN${place}`,
        );
      }
  });

  test('probabilities that sum to another number than 1, and one below 0 behind others', () => {
    using network = new FeedforwardNN({ layers: [1, n] });
    const p = (...parts: [j: number, share: number][]): Float64Array => {
      const row = new Float64Array(n);
      for (const [j, share] of parts) row[j] = share;
      return row;
    };
    const good = p([3, 0.25], [n - 1, 0.75]);
    const train =
      (...targets: Float64Array[]) =>
      () =>
        network.train(
          targets.map(() => [1]),
          targets,
          { iterations: 1 },
        );
    expect(train(good, good)).not.toThrow();
    expectError(
      train(good, p([3, 0.25], [n - 1, 0.5])),
      RangeError,
      '"y" expected rows that sum to 1, got 0.75 at row 1; give class labels, one-hot rows or probabilities',
    );
    expectError(
      train(good, p([3, 1.25], [n - 1, -0.25])),
      RangeError,
      `"y" expected probabilities >= 0, got -0.25 at row 1, column ${n - 1}`,
    );
  });
});

test('class weights of that many classes are as by the definition', () => {
  // Rows of two classes each, far apart; balanced: rows / (classes · rows of the class).
  const shares = Array.from({ length: 4 }, (_, i) => {
    const row = new Float64Array(n);
    row[i] = 0.5;
    row[n - 1] = 0.5;
    return row;
  });
  const x = [[1], [2], [3], [4]];
  const costOf = (weights: object): number => {
    using network = new FeedforwardNN({ layers: [1, n], init: { normal: 0 } });
    return network.train(x, shares, { iterations: 1, learningRate: 0.1, ...weights }).costHistory[0]!;
  };
  // Every row is of the same shares, so every weight is 1 after scaling to mean 1; the cost is ln n.
  expect(costOf({ classWeights: 'balanced' })).toBeCloseTo(Math.log(n), 10);
  const given = new Float64Array(n).fill(1);
  given[0] = 5;
  given[n - 1] = 3;
  // So it is with any weights of mean 1.
  expect(costOf({ classWeights: given, sampleWeights: [0, 1, 1, 1] })).toBeCloseTo(Math.log(n), 10);
  const learnt = (classWeights: Float64Array | Record<number, number>): Float64Array => {
    using network = new FeedforwardNN({ layers: [1, n], init: { normal: 0 } });
    network.train(x, shares, { iterations: 1, learningRate: 1, classWeights });
    return network.getParameters().biases[0]! as Float64Array;
  };
  const b = learnt(given);
  // −dL/db_j = (1/m)·Σ w_i·(y_ij − 1/n), w = 4/10·(4, 2, 2, 2), where 4 is (5 + 3)/2.
  expect(b[0]).toBeCloseTo((1.6 * 0.5) / 4 - 1 / n, 12);
  expect(b[1]).toBeCloseTo((0.8 * 0.5) / 4 - 1 / n, 12);
  expect(b[n - 1]).toBeCloseTo(0.5 - 1 / n, 12);
  expect(learnt({ 0: 5, [n - 1]: 3 })).toEqual(b);
});
