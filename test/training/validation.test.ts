import { describe, expect, test } from 'vitest';
import { FeedforwardNN, Matrix, type FeedforwardNNOptions, type TrainOptions } from '../../bindings/index.js';
import { flat } from '../networks.js';
import { expectError } from '../throws.js';
import { labels, rowsOf, x } from './cases.js';

const options: FeedforwardNNOptions = { layers: [4, 6, 3], learningRate: 0.3, init: 'glorot' };
const words = Array.from(labels, (c) => ['setosa', 'versicolor', 'virginica'][c]!);

/** x with a row that is another one. */
function changed(row: number): Matrix {
  const copy = Matrix.from(x);
  copy.row(row).forEach((value, j, values) => (values[j] = 30 - 7 * value));
  return copy;
}

/** The rows whose values have no part in the parameters, and those without one in the validation's cost. */
function overlooked(
  given: FeedforwardNNOptions,
  train: TrainOptions,
): { byTraining: number[]; byValidation: number[] } {
  const outcome = (data: Matrix): { parameters: Float64Array; costs: Float64Array } => {
    using network = new FeedforwardNN(given);
    // Costs of the first pass are those of parameters that the rows have already changed.
    const { validationCostHistory } = network.train(data, labels, { iterations: 1, ...train });
    return { parameters: flat(network), costs: validationCostHistory! };
  };
  const same = outcome(x);
  const rows = Array.from({ length: 150 }, (_, i) => i);
  const equal = (a: Float64Array, b: Float64Array): boolean => a.every((value, i) => value === b[i]);
  const outcomes = rows.map((row) => outcome(changed(row)));
  return {
    byTraining: rows.filter((i) => equal(outcomes[i]!.parameters, same.parameters)),
    byValidation: rows.filter((i) => equal(outcomes[i]!.costs, same.costs)),
  };
}

describe('a share of the rows for validation', () => {
  test.each<[share: number, rows: number]>([
    [0.3, 45],
    [0.001, 1],
    [0.999, 149],
    [1 / 3, 50],
  ])('of %d has %i rows, which training does not see', (validation, rows) => {
    const { byTraining } = overlooked(options, { validation });
    expect(byTraining.length).toBe(rows);
  });

  test.each<[what: string, given: FeedforwardNNOptions, train: TrainOptions]>([
    ['with standardised rows', { ...options, scaling: 'standardize' }, {}],
    ['with rows scaled to [0, 1]', { ...options, scaling: 'minMax' }, {}],
    ['with shuffled batches', { ...options, batchSize: 16 }, {}],
    ['with balanced classes', options, { classWeights: 'balanced' }],
    ['with weights of rows', options, { sampleWeights: Array.from(labels, (_, i) => 1 + (i % 3)) }],
  ])('is not seen %s', (_, given, train) => {
    expect(overlooked(given, { ...train, validation: 0.2 }).byTraining.length).toBe(30);
  });

  test('is all that the validation’s cost is of, once the parameters are given', () => {
    // With a learning rate of almost nothing the rows of the training have next to no part in the cost after the pass.
    const frozen = { ...options, learningRate: Number.MIN_VALUE };
    const { byTraining } = overlooked(options, { validation: 0.3 });
    const { byValidation } = overlooked(frozen, { validation: 0.3 });
    const rows = Array.from({ length: 150 }, (_, i) => i);
    expect(byValidation).toEqual(rows.filter((i) => !byTraining.includes(i)));
  });

  test('is drawn from the seed, the same in every call', () => {
    const asideWith = (seed: number): number[] =>
      overlooked({ ...options, seed }, { validation: 0.3 }).byTraining;
    expect(asideWith(1)).toEqual(asideWith(1));
    expect(asideWith(1)).not.toEqual(asideWith(2));

    using network = new FeedforwardNN(options);
    const first = network.train(x, labels, { iterations: 1, validation: 0.3 });
    const second = network.train(x, labels, { iterations: 1, validation: 0.3 });
    using once = new FeedforwardNN(options);
    const both = once.train(x, labels, { iterations: 2, validation: 0.3 });
    expect([...first.validationCostHistory!, ...second.validationCostHistory!]).toEqual([
      ...both.validationCostHistory!,
    ]);
  });

  test('goes with its targets, whatever they are given as', () => {
    const forms = [labels, words, Array.from(labels, (c) => [0, 1, 2].map((j) => Number(j === c)))];
    const results = forms.map((y) => {
      using network = new FeedforwardNN(options);
      const { validationCostHistory } = network.train(x, y, { iterations: 9, validation: 0.3 });
      return [...flat(network), ...validationCostHistory!];
    });
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test('has the classes that only it has learnt too', () => {
    const { byTraining } = overlooked(options, { validation: 0.3 });
    const y = Array.from(labels, (_, i) => (byTraining.includes(i) ? 'rare' : i % 2 === 0 ? 'a' : 'b'));
    using network = new FeedforwardNN(options);
    network.train(x, y, { iterations: 1, validation: 0.3 });
    expect(network.classes).toEqual(['a', 'b', 'rare']);
  });

  test.each<[message: string, rows: number, validation: unknown]>([
    ['"x" expected at least 2 rows, got 1', 1, 0.5],
    ['"validation" expected a share of the rows in (0, 1) or { x, y }, got 0', 5, 0],
    ['"validation" expected a share of the rows in (0, 1) or { x, y }, got 1', 5, 1],
    ['"validation" expected a share of the rows in (0, 1) or { x, y }, got NaN', 5, NaN],
    ['"validation" expected a share of the rows in (0, 1) or { x, y }, got -0.1', 5, -0.1],
  ])('%s', (message, rows, validation) => {
    using network = new FeedforwardNN(options);
    const before = flat(network);
    expectError(
      () => network.train(rowsOf(0, rows), labels.subarray(0, rows), { validation: validation as never }),
      RangeError,
      message,
    );
    expect(flat(network)).toEqual(before);
  });

  test('a number that is not finite is named by the row that the caller gave', () => {
    for (const row of [0, 3, 77, 149]) {
      const bad = Matrix.from(x);
      bad.row(row)[2] = NaN;
      using network = new FeedforwardNN(options);
      expectError(
        () => network.train(bad, labels, { validation: 0.3 }),
        RangeError,
        `"x" expected finite numbers, got NaN at row ${row}, column 2`,
      );
    }
  });
});

describe('given rows for validation', () => {
  const judge = rowsOf(100, 150);
  const judgeLabels = labels.subarray(100, 150);

  test.each(['none', 'standardize', 'minMax'] as const)(
    'are scaled like the training’s, and judged as evaluate does: %s',
    (scaling) => {
      using network = new FeedforwardNN({ ...options, scaling });
      const validation = { x: judge, y: judgeLabels };
      const { validationCostHistory } = network.train(x, labels, { iterations: 20, validation });
      expect(validationCostHistory!.length).toBe(20);
      expect(validationCostHistory![19]).toBe(network.evaluate(judge, judgeLabels).cost);
      using other = new FeedforwardNN({ ...options, scaling });
      other.train(x, labels, { iterations: 20 });
      expect(flat(network)).toEqual(flat(other));
    },
  );

  test('are of the classes that the training rows have, all of them or not', () => {
    using network = new FeedforwardNN(options);
    const validation = { x: rowsOf(0, 2), y: ['virginica', 'setosa'] };
    const { validationCostHistory } = network.train(x, words, { iterations: 5, validation });
    expect(validationCostHistory![4]).toBe(
      network.evaluate(
        rowsOf(0, 2),
        [2, 0].map((c) => network.classes![c]!),
      ).cost,
    );
    expect(network.classes).toEqual(['setosa', 'versicolor', 'virginica']);
  });

  test('may be a single one, of any form', () => {
    using network = new FeedforwardNN(options);
    const validation = { x: [[1, 2, 3, 4]], y: [[0, 1, 0]] };
    expect(network.train(x, labels, { iterations: 3, validation }).validationCostHistory!.length).toBe(3);
  });

  test('cost no term of l2 and no weight of classes, and are seen without dropout', () => {
    using network = new FeedforwardNN({ ...options, l2: 1, dropout: 0.5 });
    const validation = { x: judge, y: judgeLabels };
    const { validationCostHistory } = network.train(x, labels, {
      iterations: 5,
      validation,
      classWeights: [1, 2, 3],
    });
    expect(validationCostHistory![4]).toBe(network.evaluate(judge, judgeLabels).cost);
  });

  const y = [0, 1];
  const two = rowsOf(0, 2);
  test.each<[message: string, kind: typeof RangeError | typeof TypeError, validation: unknown, y?: unknown]>([
    ['"validation" expected a share of the rows in (0, 1) or { x, y }, got null', TypeError, null],
    ['"validation" expected a share of the rows in (0, 1) or { x, y }, got "0.3"', TypeError, '0.3'],
    ['unknown option "validation.z", expected one of x, y', TypeError, { x: two, y, z: 1 }],
    [
      '"validation.x" expected a Matrix, { data, rows, cols } or an array of rows, got undefined',
      TypeError,
      { y },
    ],
    [
      '"validation.y" expected class labels or a matrix of one-hot rows, got undefined',
      TypeError,
      { x: two },
    ],
    ['"validation.x" expected at least 1 row, got 0', RangeError, { x: [], y: [] }],
    ['"validation.x" expected 4 columns, got 3', RangeError, { x: new Matrix(2, 3), y }],
    ['"validation.y" expected 2 rows to match "validation.x", got 1', RangeError, { x: two, y: [0] }],
    [
      '"validation.y" expected 2 rows to match "validation.x", got 3',
      RangeError,
      { x: two, y: new Matrix(3, 3) },
    ],
    ['"validation.y" expected class labels from 0 to 2, got 3 at row 1', RangeError, { x: two, y: [0, 3] }],
    [
      '"validation.y" expected one of the labels "setosa", "versicolor", "virginica", got "setose" at row 0, did you mean "setosa"?',
      RangeError,
      { x: two, y: ['setose', 'setosa'] },
      words,
    ],
    [
      '"validation.y" expected one of the labels "setosa", "versicolor", "virginica", got 1 at row 1',
      TypeError,
      { x: two, y: ['setosa', 1] },
      words,
    ],
    [
      '"validation.y" expected rows that sum to 1, got 0 at row 0; give class labels, one-hot rows or probabilities',
      RangeError,
      { x: two, y: new Matrix(2, 3) },
    ],
    [
      '"validation.x" expected finite numbers, got NaN at row 1, column 0',
      RangeError,
      {
        x: [
          [1, 2, 3, 4],
          [NaN, 1, 1, 1],
        ],
        y,
      },
    ],
    [
      '"validation.y" expected finite numbers, got NaN at row 0, column 1',
      RangeError,
      {
        x: two,
        y: [
          [1, NaN, 0],
          [1, 0, 0],
        ],
      },
    ],
  ])('%s', (message, kind, validation, given = labels) => {
    using network = new FeedforwardNN(options);
    const before = flat(network);
    expectError(() => network.train(x, given as never, { validation: validation as never }), kind, message);
    expect(flat(network)).toEqual(before);
    expect([network.classes, network.iteration]).toEqual([undefined, 0]);
  });
});

test.each(['f64', 'f32'] as const)(
  'of 70,000 classes the rows are judged some at a time: %s',
  (precision) => {
    const m = 9;
    const rows = new Matrix(
      m,
      1,
      Float64Array.from({ length: m }, (_, i) => i - 3.5),
    );
    using network = new FeedforwardNN({ layers: [1, 70_000], precision, seed: 1, init: { normal: 1 } });
    const greatest = network.predict(rows).argmax();
    // Of every other row its class, of the others another one.
    const y = greatest.map((c, i) => (i % 2 === 0 ? c : (c + 1) % 70_000));
    const judged: (number | undefined)[] = [];
    network.train([[0]], [0], {
      iterations: 1,
      learningRate: 1e-12,
      validation: { x: rows, y },
      onProgress: ({ validationCost, validationMetric }) =>
        void judged.push(validationCost, validationMetric),
    });
    const p = network.predict(rows);
    const cost = y.reduce((sum, c, i) => sum - Math.log(p.at(i, c)), 0) / m;
    expect(judged[0]).toBeCloseTo(cost, precision === 'f64' ? 10 : 4);
    expect(judged[1]).toBe(5 / 9);
  },
);
