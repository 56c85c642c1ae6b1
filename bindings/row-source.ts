import { copyNumbers, isArrayLike, isNumberArray, mayHoldNumbers } from './arrays.js';
import { count } from './checks.js';
import { AT_ONCE, type Interruptible } from './interruptible.js';
import { mismatch } from './messages.js';

/**
 * A caller's matrix, or what is made of one: `rows` × `cols` numbers. It reads the caller's arrays whenever it copies,
 * and checks then what it reads, so that no pass over the rows is made for that alone.
 */
export interface RowSource {
  readonly rows: number;
  readonly cols: number;
  /**
   * Writes rows [firstRow, firstRow + rowCount) to the beginning of `target`, row-major, without gaps.
   *
   * @throws TypeError for what is no row or no number, RangeError for a row of another length, with the place
   */
  copyTo(target: Float64Array | Float32Array, firstRow: number, rowCount: number): void;
  /** For messages: the caller's own matrix, and which row of it row `row` is; without it these are the caller's. */
  origin?(row: number): readonly [given: RowSource, row: number];
}

interface Flat {
  readonly data: unknown;
  readonly rows?: unknown;
  readonly cols?: unknown;
}

/** An object that gives its elements one by one, as the matrices and views of ml-matrix do. */
interface Grid {
  readonly rows: unknown;
  readonly columns: unknown;
  get(row: number, column: number): unknown;
}

const FLAT_ROW = '; one row is [[…]]';

/**
 * Checks a MatrixLike, its kind and its shape as far as its first row tells, in O(1); the rest is checked when it is
 * copied. NaN and Infinity are left to whoever reads the values.
 * Without `cols` the input decides; with it, an empty array (or 0 × 0) passes as 0 × cols.
 */
export function readMatrix(input: unknown, label: string, cols?: number): RowSource {
  if (isArrayOfRows(input)) return readRows(input.length, (i) => input[i], label, cols);
  if (isGrid(input)) {
    const columns = count(input.columns, `${label}.columns`);
    const row: unknown[] = [];
    const rowAt = (i: number): unknown[] => {
      for (let j = 0; j < columns; j++) row[j] = input.get(i, j);
      return row;
    };
    return readRows(count(input.rows, `${label}.rows`), rowAt, label, cols ?? columns);
  }
  if (isFlat(input)) return readFlat(input, label, cols);
  const tail = isNumberArray(input) ? FLAT_ROW : '';
  throw new TypeError(mismatch(label, 'a Matrix, { data, rows, cols } or an array of rows', input, tail));
}

/** Whether `readMatrix` would look inside; the rest it refuses by kind. */
export function isMatrixLike(input: unknown): boolean {
  return isArrayOfRows(input) || isGrid(input) || isFlat(input);
}

/** Reads a source once, some rows at a time: `row` is valid until `visit` returns. */
export function* visitRows(
  source: RowSource,
  visit: (row: Float64Array, i: number) => void,
): Interruptible<void> {
  const { rows, cols } = source;
  const block = Math.min(rows, Math.max(1, Math.floor(AT_ONCE / cols)));
  const values = new Float64Array(block * cols);
  // Made once for all blocks: for 10⁶ rows of one number, 3 ms against 50.
  const views = Array.from({ length: block }, (_, i) => values.subarray(i * cols, (i + 1) * cols));
  for (let first = 0; first < rows; first += block) {
    const rowCount = Math.min(block, rows - first);
    source.copyTo(values, first, rowCount);
    yield;
    for (let i = 0; i < rowCount; i++) visit(views[i]!, first + i);
    yield;
  }
}

/** The caller's own matrix behind a source, and which row of it that row is. */
export function originOf(source: RowSource, row: number): readonly [given: RowSource, row: number] {
  return source.origin?.(row) ?? [source, row];
}

/**
 * @param path what holds x and y, for the message
 * @throws RangeError for another number of targets than of rows
 */
export function matchRows(found: number, rows: number, path = ''): void {
  if (found !== rows) throw new RangeError(mismatch(`${path}y`, `${rows} rows to match "${path}x"`, found));
}

/** The error for a NaN or an Infinity in a caller's data. */
export function nonFiniteError(label: string, row: number, col: number, value: number): RangeError {
  return new RangeError(mismatch(label, 'finite numbers', value, cell(row, col)));
}

function isArrayOfRows(value: unknown): value is ArrayLike<unknown> {
  return isArrayLike(value) && !ArrayBuffer.isView(value);
}

function isFlat(value: unknown): value is Flat {
  return typeof value === 'object' && value !== null && 'data' in value;
}

function isGrid(value: unknown): value is Grid {
  return (
    typeof value === 'object' &&
    value !== null &&
    'columns' in value &&
    'get' in value &&
    typeof value.get === 'function'
  );
}

function readRows(
  rows: number,
  rowAt: (i: number) => unknown,
  label: string,
  expectedCols?: number,
): RowSource {
  const first = rows > 0 ? rowAt(0) : undefined;
  const cols = expectedCols ?? (isArrayLike(first) ? first.length : undefined);
  const check = (row: unknown, i: number): ArrayLike<unknown> => {
    const holds = mayHoldNumbers(row);
    if (holds && row.length === cols) return row;
    const expected = cols === undefined ? 'rows of numbers' : `rows of ${cols} numbers`;
    const remedy = i === 0 && typeof row === 'number' ? FLAT_ROW : '';
    throw new (holds ? RangeError : TypeError)(mismatch(label, expected, row, ` at row ${i}${remedy}`));
  };
  if (rows > 0) check(first, 0);
  return {
    rows,
    cols: cols ?? 0,
    copyTo(target, firstRow, rowCount) {
      for (let i = 0; i < rowCount; i++) {
        const row = check(rowAt(firstRow + i), firstRow + i);
        const j = copyNumbers(target, i * row.length, row, 0, row.length);
        if (j >= 0) throw nonNumberError(label, firstRow + i, j, row[j]);
      }
    },
  };
}

function readFlat(input: Flat, label: string, expectedCols?: number): RowSource {
  const { data } = input;
  const rows = count(input.rows, `${label}.rows`);
  const cols = count(input.cols, `${label}.cols`);
  if (!mayHoldNumbers(data)) throw new TypeError(mismatch(`${label}.data`, 'an array of numbers', data));
  if (data.length !== rows * cols)
    throw new RangeError(mismatch(`${label}.data`, `${rows * cols} numbers (${rows} rows of ${cols})`, data));
  if (expectedCols !== undefined && cols !== expectedCols && (rows > 0 || cols > 0))
    throw new RangeError(mismatch(label, `${expectedCols} columns`, cols));
  return {
    rows,
    cols: expectedCols ?? cols,
    copyTo(target, firstRow, rowCount) {
      const k = copyNumbers(target, 0, data, firstRow * cols, (firstRow + rowCount) * cols);
      if (k >= 0) throw nonNumberError(label, Math.floor(k / cols), k % cols, data[k]);
    },
  };
}

function nonNumberError(label: string, row: number, col: number, value: unknown): TypeError {
  return new TypeError(mismatch(label, 'numbers', value, cell(row, col)));
}

function cell(row: number, col: number): string {
  return ` at row ${row}, column ${col}`;
}
