import { isArrayLike } from './arrays.js';
import { mismatch } from './messages.js';
import { oneHotRows, readLabels } from './one-hot.js';
import { isMatrixLike, nonFiniteError, readMatrix, type RowSource } from './row-source.js';

const SUM_TOLERANCE = 1e-6;
const CHECKED_AT_ONCE = 4096;

/**
 * Checks the targets of a softmax output and gives them as rows × classes probabilities.
 * `y` is an array of `rows` class labels 0 … classes − 1, or a MatrixLike whose rows are one-hot or probabilities.
 */
export function readTargets(y: unknown, rows: number, classes: number): RowSource {
  if (holdsLabels(y)) {
    checkRowCount(y.length, rows);
    return oneHotRows(readLabels(y, 'y', classes), classes);
  }
  if (!isMatrixLike(y)) throw new TypeError(mismatch('y', 'class labels or a matrix of one-hot rows', y));
  const source = readMatrix(y, 'y', classes);
  checkRowCount(source.rows, rows);
  checkProbabilities(source);
  return source;
}

/** An array is one of rows if its first element is an object, else one of labels; so is the empty one. */
function holdsLabels(y: unknown): y is ArrayLike<unknown> {
  return isArrayLike(y) && (typeof y[0] !== 'object' || y[0] === null);
}

function checkRowCount(found: number, rows: number): void {
  if (found !== rows) throw new RangeError(mismatch('y', `${rows} rows to match "x"`, found));
}

function checkProbabilities(source: RowSource): void {
  const { rows, cols } = source;
  const block = Math.max(1, Math.floor(CHECKED_AT_ONCE / cols));
  const values = new Float64Array(Math.min(block, rows) * cols);
  for (let first = 0; first < rows; first += block) {
    const rowCount = Math.min(block, rows - first);
    source.copyTo(values, first, rowCount);
    for (let i = 0; i < rowCount; i++)
      checkDistribution(values.subarray(i * cols, (i + 1) * cols), first + i);
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
