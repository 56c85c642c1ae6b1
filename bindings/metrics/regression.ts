import type { Matrix } from '../matrix.js';
import type { RowSource } from '../row-source.js';
import { pairs } from './pairs.js';

/** How well predicted numbers match the targets; each but the cost is the mean over the outputs of what it says. */
export interface RegressionEvaluation {
  /** Mean cost over the rows. */
  readonly cost: number;
  /** Mean squared error. */
  readonly mse: number;
  /** Mean absolute error. */
  readonly mae: number;
  /**
   * R², the coefficient of determination 1 − Σ(y − ŷ)² / Σ(y − ȳ)²: 1 is perfect, 0 no better than the mean ȳ.
   * Of an output whose targets are all the same 1 if all are met, else 0; NaN for a single row.
   */
  readonly r2: number;
}

/**
 * Scores of linear outputs, by scikit-learn's definitions.
 *
 * Method: two passes, the second about the mean; both on y less its first row, so that a large offset common to all
 * rows costs no digits and a constant column varies by exactly 0.
 *
 * @param cost as the core computes it
 * @param yHat m × n predictions, m >= 1
 * @param y m × n targets
 */
export function regressionEvaluation(cost: number, yHat: Matrix, y: RowSource): RegressionEvaluation {
  const { rows, cols } = y;
  const perColumn = (): Float64Array => new Float64Array(cols);
  const origin = perColumn();
  const mean = perColumn();
  const squares = perColumn();
  const variation = perColumn();
  y.copyTo(origin, 0, 1, 0, cols);
  let absolute = 0;
  for (const [predicted, actual] of pairs(yHat, y)) {
    for (let j = 0; j < cols; j++) {
      const error = predicted[j]! - actual[j]!;
      absolute += Math.abs(error);
      squares[j]! += error * error;
      mean[j]! += (actual[j]! - origin[j]!) / rows;
    }
  }
  for (const [, actual] of pairs(yHat, y)) {
    for (let j = 0; j < cols; j++) {
      const deviation = actual[j]! - origin[j]! - mean[j]!;
      variation[j]! += deviation * deviation;
    }
  }
  const determination = squares.map((square, j) => determined(square, variation[j]!));
  return {
    cost,
    mse: sum(squares) / (rows * cols),
    mae: absolute / (rows * cols),
    r2: rows === 1 ? NaN : sum(determination) / cols,
  };
}

function determined(residual: number, variation: number): number {
  if (variation === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / variation;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
