import {
  Matrix as MlMatrix,
  MatrixColumnSelectionView,
  MatrixFlipRowView,
  MatrixSelectionView,
  MatrixSubView,
  MatrixTransposeView,
  SymmetricMatrix,
  WrapperMatrix1D,
  WrapperMatrix2D,
  type AbstractMatrix,
} from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { FeedforwardNN, Matrix } from '../bindings/index.js';
import { copyOf } from '../bindings/matrix.js';
import { isMatrixLike, readMatrix } from '../bindings/row-source.js';
import { expectError } from './throws.js';

const rows = [
  [1, 2],
  [3, 4],
  [5, 6],
];
const transposed = [
  [1, 3, 5],
  [2, 4, 6],
];
const large = new MlMatrix([
  [0, 0, 0, 0],
  [0, 1, 2, 0],
  [0, 3, 4, 0],
  [0, 5, 6, 0],
]);

const forms: [name: string, input: AbstractMatrix][] = [
  ['Matrix', new MlMatrix(rows)],
  ['MatrixTransposeView', new MatrixTransposeView(new MlMatrix(transposed))],
  ['MatrixSubView', new MatrixSubView(large, 1, 3, 1, 2)],
  ['MatrixSelectionView', new MatrixSelectionView(large, [1, 2, 3], [1, 2])],
  [
    'MatrixColumnSelectionView',
    new MatrixColumnSelectionView(new MlMatrix(rows.map(([a, b]) => [b!, a!])), [1, 0]),
  ],
  ['MatrixFlipRowView', new MatrixFlipRowView(new MlMatrix(rows.toReversed()))],
  ['WrapperMatrix1D', new WrapperMatrix1D(Float64Array.of(1, 2, 3, 4, 5, 6), { rows: 3 })],
  ['WrapperMatrix2D', new WrapperMatrix2D(rows)],
];

test.each(forms)('%s is read as the rows it stands for', (_, input) => {
  expect(isMatrixLike(input)).toBe(true);
  expect(Matrix.from(input)).toEqual(Matrix.from(rows));
  const source = readMatrix(input, 'x', 2);
  const f32 = new Float32Array(5).fill(-9);
  source.copyTo(f32, 1, 2, 0, 2);
  expect([...f32]).toEqual([3, 4, 5, 6, -9]);
  source.copyTo(f32, 2, 1, 1, 2);
  expect([...f32]).toEqual([6, 4, 5, 6, -9]);
});

test('a SymmetricMatrix too, and one without rows', () => {
  const symmetric = new SymmetricMatrix([
    [1, 2],
    [2, 3],
  ]);
  expect(Matrix.from(symmetric).toRows()).toEqual([
    [1, 2],
    [2, 3],
  ]);
  expect(Matrix.from(new MlMatrix(0, 2))).toEqual(new Matrix(0, 2));
  expect(readMatrix(new MlMatrix(0, 0), 'x', 4).cols).toBe(4);
});

test('a network trains, predicts and takes parameters from them as from rows', () => {
  const options = { layers: [2, 3, 2], iterations: 20, learningRate: 0.5, init: 'glorot' } as const;
  const y = [
    [1, 0],
    [0, 1],
    [1, 0],
  ];
  using a = new FeedforwardNN(options);
  using b = new FeedforwardNN(options);
  a.train(rows, y);
  b.train(new MatrixTransposeView(new MlMatrix(transposed)), new WrapperMatrix2D(y));
  expect(b.predict(new MlMatrix(rows))).toEqual(a.predict(rows));
  const { weights, biases } = a.getParameters();
  using c = new FeedforwardNN(options);
  c.setParameters({ weights: weights.map((w) => new MlMatrix(w.toRows())), biases });
  expect(c.getParameters()).toEqual({ weights, biases });
});

describe('refuses', () => {
  const read = (input: unknown) => () => copyOf(readMatrix(input, 'x', 2));

  test('other widths, NaN in the network, and what is no number', () => {
    expectError(read(new MlMatrix(transposed)), RangeError, '"x" expected 2 columns, got 3');
    const numbers = '"x" expected numbers, got ';
    expectError(
      read(new WrapperMatrix2D([[1, 2], [3]])),
      TypeError,
      `${numbers}undefined at row 1, column 1`,
    );
    expectError(
      read(new WrapperMatrix1D([1, 2, 3], { rows: 1 })),
      RangeError,
      '"x" expected 2 columns, got 3',
    );
    expectError(
      read(new WrapperMatrix2D([[1, '2']] as never)),
      TypeError,
      `${numbers}"2" at row 0, column 1`,
    );
    using network = new FeedforwardNN({ layers: [2, 2] });
    expectError(
      () => network.predict(new MlMatrix([...rows, [NaN, 1]])),
      RangeError,
      '"x" expected finite numbers, got NaN at row 3, column 0',
    );
  });

  test('a row too few, rather than reading NaN', () => {
    const short = Object.assign(new WrapperMatrix1D([1, 2, 3, 4], { rows: 2 }), { rows: 3 });
    expectError(read(short), TypeError, '"x" expected numbers, got undefined at row 2, column 0');
  });

  test('sizes that are none', () => {
    const grid = { rows: -1, columns: 2, get: () => 0 };
    expectError(read(grid), RangeError, '"x.rows" expected a safe integer >= 0, got -1');
    expectError(
      read({ ...grid, rows: 1, columns: '2' }),
      TypeError,
      '"x.columns" expected a safe integer >= 0, got "2"',
    );
    expectError(
      read({ rows: 1, columns: 2 }),
      TypeError,
      '"x" expected a Matrix, { data, rows, cols } or an array of rows, got Object',
    );
  });
});
