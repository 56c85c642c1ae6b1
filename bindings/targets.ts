import { encode, holdsLabels, learnClasses, type Classes } from './data/labels.js';
import { mismatch } from './messages.js';
import { oneHotRows } from './one-hot.js';
import {
  eachRow,
  isMatrixLike,
  matchRows,
  nonFiniteError,
  readMatrix,
  type RowSource,
} from './row-source.js';

const SUM_TOLERANCE = 1e-6;

/** The function of the last layer, which decides what targets may be. */
export type Output = 'softmax' | 'sigmoid' | 'linear';

/** Checked targets, rows × outputs. */
export interface Targets extends RowSource {
  /** Those that were known, else those learnt from labels; undefined if there were neither. */
  readonly classes: Classes | undefined;
}

/** What a matrix of targets may hold. */
const ROWS: Readonly<Record<Output, string>> = {
  softmax: 'one-hot rows',
  sigmoid: 'numbers from 0 to 1',
  linear: 'numbers',
};

/**
 * Checks the targets of an output function and gives them as rows × outputs numbers:
 *
 * - softmax: `rows` labels of `outputs` classes, or a MatrixLike whose rows are one-hot or probabilities;
 * - sigmoid: a MatrixLike of numbers in [0, 1]; with one output also labels of two classes, of which the second is 1;
 * - linear: a MatrixLike, with one output also an array of numbers. Whether they are finite is left to whoever reads.
 *
 * @param classes those that labels are of; without them they are learnt
 */
export function readTargets(
  y: unknown,
  rows: number,
  outputs: number,
  output: Output,
  classes: Classes | undefined,
): Targets {
  const labelled = holdsLabels(y);
  const single = output === 'softmax' || outputs === 1;
  if (labelled && single) {
    matchRows(y.length, rows);
    if (output === 'linear') return { ...column(y), classes };
    const known = classes ?? learnClasses(y, 'y', Math.max(2, outputs));
    const codes = encode(y, 'y', known);
    return { ...(outputs === 1 ? column(codes) : oneHotRows(codes, outputs)), classes: known };
  }
  if (!isMatrixLike(y) || (labelled && y.length > 0)) {
    const array = output === 'linear' ? 'numbers or ' : 'class labels or ';
    throw new TypeError(mismatch('y', `${single ? array : ''}a matrix of ${ROWS[output]}`, y));
  }
  const source = readMatrix(y, 'y', outputs);
  matchRows(source.rows, rows);
  if (output !== 'linear') eachRow(source, output === 'softmax' ? checkDistribution : checkShares);
  return { ...source, classes };
}

function column(data: ArrayLike<unknown>): RowSource {
  return readMatrix({ data, rows: data.length, cols: 1 }, 'y');
}

function checkShares(values: Float64Array, row: number): void {
  for (let j = 0; j < values.length; j++) {
    const value = values[j]!;
    if (!Number.isFinite(value)) throw nonFiniteError('y', row, j, value);
    if (value < 0 || value > 1)
      throw new RangeError(mismatch('y', ROWS.sigmoid, value, ` at row ${row}, column ${j}`));
  }
}

function checkDistribution(p: Float64Array, row: number): void {
  let sum = 0;
  for (let j = 0; j < p.length; j++) {
    const value = p[j]!;
    if (!Number.isFinite(value)) throw nonFiniteError('y', row, j, value);
    if (value < 0)
      throw new RangeError(mismatch('y', 'probabilities >= 0', value, ` at row ${row}, column ${j}`));
    sum += value;
  }
  if (Math.abs(sum - 1) > SUM_TOLERANCE)
    throw new RangeError(
      mismatch(
        'y',
        'rows that sum to 1',
        sum,
        ` at row ${row}; give class labels, one-hot rows or probabilities`,
      ),
    );
}
