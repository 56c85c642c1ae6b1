import { firstNonNumber, isArrayLike, isNumberArray, mayHoldNumbers } from './arrays.js';
import { integer } from './checks.js';
import { complete, type Interruptible } from './interruptible.js';
import { mismatch } from './messages.js';

/**
 * A caller's matrix, checked but not copied, or what is made of one: `rows` × `cols` numbers.
 * It reads the caller's arrays whenever it copies, so copy before control goes back to the caller.
 */
export interface RowSource {
  readonly rows: number;
  readonly cols: number;
  /** Writes rows [firstRow, firstRow + rowCount) to the beginning of `target`, row-major, without gaps. */
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

const READ_AT_ONCE = 4096;
const FLAT_ROW = '; one row is [[…]]';
const count = integer(0);

/**
 * Checks a MatrixLike: its kind, its shape and that plain arrays hold nothing but numbers.
 * Typed arrays hold nothing else, so theirs costs O(rows). NaN and Infinity are left to whoever reads the values.
 * Without `cols` the input decides; with it, an empty array (or 0 × 0) passes as 0 × cols.
 */
export function readMatrix(input: unknown, label: string, cols?: number): RowSource {
  if (isArrayOfRows(input)) return readRows(input, label, cols);
  if (isGrid(input)) {
    const columns = count(input.columns, `${label}.columns`);
    return readRows(rowsOf(input, count(input.rows, `${label}.rows`), columns), label, cols ?? columns);
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
export function eachRow(source: RowSource, visit: (row: Float64Array, i: number) => void): void {
  complete(visitRows(source, visit));
}

/** As `eachRow`, but it can stop at each `yield` and go on later. */
export function* visitRows(
  source: RowSource,
  visit: (row: Float64Array, i: number) => void,
): Interruptible<void> {
  const { rows, cols } = source;
  const block = Math.max(1, Math.floor(READ_AT_ONCE / cols));
  const values = new Float64Array(Math.min(block, rows) * cols);
  for (let first = 0; first < rows; first += block) {
    const rowCount = Math.min(block, rows - first);
    source.copyTo(values, first, rowCount);
    for (let i = 0; i < rowCount; i++) visit(values.subarray(i * cols, (i + 1) * cols), first + i);
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

function readRows(rows: ArrayLike<unknown>, label: string, expectedCols?: number): RowSource {
  const first = rows[0];
  const cols = expectedCols ?? (isArrayLike(first) ? first.length : undefined);
  const expected = cols === undefined ? 'rows of numbers' : `rows of ${cols} numbers`;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (!mayHoldNumbers(row)) {
      const remedy = i === 0 && typeof row === 'number' ? FLAT_ROW : '';
      throw new TypeError(mismatch(label, expected, row, ` at row ${i}${remedy}`));
    }
    if (row.length !== cols) throw new RangeError(mismatch(label, expected, row, ` at row ${i}`));
    const j = firstNonNumber(row);
    if (j >= 0) throw nonNumberError(label, i, j, row[j]);
  }
  return rowsCopier(rows as ArrayLike<ArrayLike<number>>, cols ?? 0);
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
  const k = firstNonNumber(data);
  if (k >= 0) throw nonNumberError(label, Math.floor(k / cols), k % cols, data[k]);
  return flatCopier(data as ArrayLike<number>, rows, expectedCols ?? cols);
}

/** The elements, got once: each `get` costs a call, and rows are read again to be selected, scaled and copied. */
function rowsOf(grid: Grid, rows: number, cols: number): unknown[][] {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (__, j) => grid.get(i, j)));
}

function nonNumberError(label: string, row: number, col: number, value: unknown): TypeError {
  return new TypeError(mismatch(label, 'numbers', value, cell(row, col)));
}

function cell(row: number, col: number): string {
  return ` at row ${row}, column ${col}`;
}

function rowsCopier(rows: ArrayLike<ArrayLike<number>>, cols: number): RowSource {
  return {
    rows: rows.length,
    cols,
    copyTo(target, firstRow, rowCount) {
      // Against an element loop (Node 20): 784 columns 1.1 to 1.4 µs a row, 4 columns 33 to 11 ns. Kept simple.
      for (let i = 0; i < rowCount; i++) target.set(rows[firstRow + i]!, i * cols);
    },
  };
}

function flatCopier(data: ArrayLike<number>, rows: number, cols: number): RowSource {
  return {
    rows,
    cols,
    copyTo(target, firstRow, rowCount) {
      const begin = firstRow * cols;
      const length = rowCount * cols;
      if (isNumberArray(data)) target.set(data.subarray(begin, begin + length));
      // A plain array has no view of a part, and `set` of its slice takes twice as long as this.
      else for (let k = 0; k < length; k++) target[k] = data[begin + k]!;
    },
  };
}
