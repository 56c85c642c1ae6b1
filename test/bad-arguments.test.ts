import { describe, expect, test } from 'vitest';
import { FeedforwardNN, Matrix } from '../bindings/index.js';
import { GOLDEN } from './golden/cases.js';
import { flat } from './networks.js';
import { expectError } from './throws.js';

const { x, labels } = GOLDEN.find(({ name }) => name === 'iris')!;
const options = { layers: [4, 10, 3], learningRate: 0.5, init: { normal: 0.1 } };

describe('bad arguments are refused, and the network is as before', () => {
  const bad: [message: string, use: (network: FeedforwardNN) => unknown][] = [
    [
      '"x" expected rows of 4 numbers, got array of length 3 at row 1',
      (n) =>
        n.train(
          [
            [1, 2, 3, 4],
            [1, 2, 3],
          ],
          [0, 1],
        ),
    ],
    ['"x" expected 4 columns, got 5', (n) => n.predict(new Matrix(2, 5))],
    ['"x" expected a Matrix, { data, rows, cols } or an array of rows, got 7', (n) => n.predict(7 as never)],
    ['"x" expected at least 1 row, got 0', (n) => n.train([], [])],
    ['"x" expected at least 1 row, got 0', (n) => n.evaluate([], [])],
    ['"x" expected finite numbers, got NaN at row 3, column 2', (n) => n.train(withValue(3, 2, NaN), labels)],
    [
      '"x" expected finite numbers, got -Infinity at row 149, column 0',
      (n) => n.predict(withValue(149, 0, -Infinity)),
    ],
    ['"x" expected finite numbers, got Infinity at row 0, column 3', (n) => n.predict([[1, 2, 3, Infinity]])],
    [
      '"x" expected finite numbers, got NaN at row 77, column 1',
      (n) => n.evaluate(withValue(77, 1, NaN), labels),
    ],
    ['"y" expected 150 rows to match "x", got 149', (n) => n.train(x, labels.subarray(1))],
    [
      '"y" expected class labels from 0 to 2, got 3 at row 1',
      (n) =>
        n.train(
          [
            [1, 2, 3, 4],
            [1, 2, 3, 4],
          ],
          [0, 3],
        ),
    ],
    ['"y" expected class labels from 0 to 2, got 0.5 at row 0', (n) => n.train([[1, 2, 3, 4]], [0.5])],
    [
      '"y" expected rows that sum to 1, got 2 at row 0; give class labels, one-hot rows or probabilities',
      (n) => n.train([[1, 2, 3, 4]], [[1, 1, 0]]),
    ],
    ['"iterations" expected a safe integer >= 0, got -1', (n) => n.train(x, labels, { iterations: -1 })],
    [
      'unknown option "iteration", did you mean "iterations"?',
      (n) => n.train(x, labels, { iteration: 1 } as never),
    ],
    ['"weights" expected an array of 2, got undefined', (n) => n.setParameters(undefined as never)],
    [
      '"weights" expected an array of 2, got array of length 1',
      (n) => n.setParameters({ weights: [new Matrix(4, 10)], biases: [] }),
    ],
    [
      '"weights[0]" expected 4 rows, got 3',
      (n) => n.setParameters({ weights: [new Matrix(3, 10), new Matrix(10, 3)], biases: [[], []] }),
    ],
    [
      '"biases[1]" expected rows of 3 numbers, got array of length 2 at row 0',
      (n) => n.setParameters({ ...n.getParameters(), biases: [new Float64Array(10), [1, 2]] }),
    ],
    ['"weights[1]" expected finite numbers, got NaN at row 9, column 2', (n) => n.setParameters(withNaN(n))],
  ];

  test.each(bad)('%s', (message, use) => {
    using network = new FeedforwardNN(options);
    const before = flat(network);
    expect(() => use(network)).toThrow(new RangeError(message).message);
    expect(flat(network)).toEqual(before);
    expect(network.train(x, labels, { iterations: 1 }).iterations).toBe(1);
  });

  function withValue(row: number, col: number, value: number): Matrix {
    const copy = Matrix.from(x);
    copy.row(row)[col] = value;
    return copy;
  }

  function withNaN(network: FeedforwardNN): ReturnType<FeedforwardNN['getParameters']> {
    const parameters = network.getParameters();
    parameters.weights[0]!.data.fill(9);
    parameters.weights[1]!.row(9)[2] = NaN;
    return parameters;
  }
});

test('a number beyond f32 is refused as the caller gave it', () => {
  using network = new FeedforwardNN({ ...options, precision: 'f32' });
  expectError(
    () => network.predict([[1, 1e300, 3, 4]]),
    RangeError,
    '"x" expected finite numbers, got 1e+300 at row 0, column 1',
  );
});
