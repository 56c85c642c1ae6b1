import { encode, holdsLabels, learnClasses, type Classes, type Label } from './data/labels.js';
import type { Interruptible } from './interruptible.js';
import type { MatrixLike } from './matrix.js';
import { mismatch } from './messages.js';
import { oneHotRows } from './one-hot.js';
import type { Output } from './options.js';
import {
  isMatrixLike,
  matchRows,
  nonFiniteError,
  readMatrix,
  visitRows,
  type RowSource,
} from './row-source.js';

const SUM_TOLERANCE = 1e-6;

/** Targets as callers give them: labels or numbers, one a row, or a matrix. */
export type TargetsLike = ArrayLike<Label> | MatrixLike;

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
 * - linear: a MatrixLike, with one output also an array of numbers. Whether they are finite numbers is left to whoever reads.
 *
 * @param classes those that labels are of; without them they are learnt
 * @param path what holds x and y, for messages
 */
export function* readTargets(
  y: unknown,
  rows: number,
  outputs: number,
  output: Output,
  classes: Classes | undefined,
  path = '',
): Interruptible<Targets> {
  const label = `${path}y`;
  const labelled = holdsLabels(y);
  const single = output === 'softmax' || outputs === 1;
  if (labelled && single) {
    matchRows(y.length, rows, path);
    if (output === 'linear') return { ...column(y, label), classes };
    const known = classes ?? (yield* learnClasses(y, label, Math.max(2, outputs)));
    const codes = yield* encode(y, label, known);
    return { ...(outputs === 1 ? column(codes, label) : oneHotRows(codes, outputs)), classes: known };
  }
  if (!isMatrixLike(y) || (labelled && y.length > 0)) {
    const array = output === 'linear' ? 'numbers or ' : 'class labels or ';
    throw new TypeError(mismatch(label, `${single ? array : ''}a matrix of ${ROWS[output]}`, y));
  }
  const source = readMatrix(y, label, outputs);
  matchRows(source.rows, rows, path);
  if (output !== 'linear') {
    yield* visitRows(source, rowCheck(label, output));
  }
  return { ...source, classes };
}

function column(data: ArrayLike<unknown>, label: string): RowSource {
  return readMatrix({ data, rows: data.length, cols: 1 }, label);
}

/** @param output softmax, whose rows are probabilities, or sigmoid, whose numbers are shares */
function rowCheck(label: string, output: Output): Parameters<typeof visitRows>[1] {
  const softmax = output === 'softmax';
  let sum = 0;
  return (p, row, from, to) => {
    if (from === 0) sum = 0;
    for (let j = from; j < to; j++) {
      const value = p[j]!;
      if (!Number.isFinite(value)) throw nonFiniteError(label, row, j, value);
      if (value < 0 || (value > 1 && !softmax)) {
        const expected = softmax ? 'probabilities >= 0' : ROWS.sigmoid;
        throw new RangeError(mismatch(label, expected, value, ` at row ${row}, column ${j}`));
      }
      sum += value;
    }
    if (softmax && to === p.length && Math.abs(sum - 1) > SUM_TOLERANCE)
      throw new RangeError(
        mismatch(
          label,
          'rows that sum to 1',
          sum,
          ` at row ${row}; give class labels, one-hot rows or probabilities`,
        ),
      );
  };
}
