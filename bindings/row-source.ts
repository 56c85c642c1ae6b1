import { copyNumbers, isArrayLike, isNumberArray, isObject, mayHoldNumbers } from './arrays.js';
import { arrayOf, count } from './checks.js';
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
   * Writes columns [from, to) of rows [firstRow, firstRow + rowCount) to the beginning of `target`, row-major, without
   * gaps: all columns or, of a single row, some.
   *
   * @throws TypeError for what is no row or no number, RangeError for a row of another length, with the place
   */
  copyTo(
    target: Float64Array | Float32Array,
    firstRow: number,
    rowCount: number,
    from: number,
    to: number,
  ): void;
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
  if (isArrayOfRows(input)) return readRows(input, label, cols);
  if (isGrid(input)) return readGrid(input, label, cols);
  if (isFlat(input)) return readFlat(input, label, cols);
  const tail = isNumberArray(input) ? FLAT_ROW : '';
  throw new TypeError(mismatch(label, 'a Matrix, { data, rows, cols } or an array of rows', input, tail));
}

/** Whether `readMatrix` would look inside; the rest it refuses by kind. */
export function isMatrixLike(input: unknown): boolean {
  return isArrayOfRows(input) || isGrid(input) || isFlat(input);
}

/**
 * Reads a source once, some rows or a part of one at a time: each time columns [from, to) of `row` are new, and those
 * before them hold still. It is valid until `visit` returns.
 */
export function* visitRows(
  source: RowSource,
  visit: (row: Float64Array, i: number, from: number, to: number) => void,
): Interruptible<void> {
  const { rows, cols } = source;
  const block = Math.min(rows, Math.max(1, Math.floor(AT_ONCE / cols)));
  const values = new Float64Array(block * cols);
  // Made once for all blocks: for 10⁶ rows of one number, 3 ms against 50.
  const views = Array.from({ length: block }, (_, i) => values.subarray(i * cols, (i + 1) * cols));
  for (let first = 0; first < rows; first += block) {
    const rowCount = Math.min(block, rows - first);
    let from = 0;
    do {
      const to = Math.min(cols, from + AT_ONCE);
      source.copyTo(values.subarray(from), first, rowCount, from, to);
      yield;
      for (let i = 0; i < rowCount; i++) visit(views[i]!, first + i, from, to);
      yield;
      from = to;
    } while (from < cols);
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
  return isObject(value) && 'data' in value;
}

function isGrid(value: unknown): value is Grid {
  return isObject(value) && 'columns' in value && typeof (value as Grid).get === 'function';
}

function readRows(input: ArrayLike<unknown>, label: string, expectedCols?: number): RowSource {
  const rows = input.length;
  const first = input[0];
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
    copyTo(target, firstRow, rowCount, from, to) {
      for (let i = 0; i < rowCount; i++) {
        const row = check(input[firstRow + i], firstRow + i);
        const j = copyNumbers(target, i * (to - from), row, from, to);
        if (j >= 0) throw nonNumberError(label, firstRow + i, j, row[j]);
      }
    },
  };
}

function readFlat(input: Flat, label: string, expectedCols?: number): RowSource {
  const rows = count(input.rows, `${label}.rows`);
  const cols = count(input.cols, `${label}.cols`);
  const data = rowMajor(input.data, `${label}.data`, 'an array', rows, cols, mayHoldNumbers);
  return shaped(label, rows, cols, expectedCols, (target, firstRow, rowCount, from, to) => {
    const begin = firstRow * cols + from;
    const k = copyNumbers(target, 0, data, begin, begin + rowCount * (to - from));
    if (k >= 0) throw nonNumberError(label, Math.floor(k / cols), k % cols, data[k]);
  });
}

/**
 * The numbers of rows in one array.
 *
 * @param kind of array, for which `holds` tells whether a value is one
 */
export function rowMajor<T extends ArrayLike<unknown>>(
  value: unknown,
  label: string,
  kind: string,
  rows: number,
  cols: number,
  holds: (value: unknown) => value is T,
): T {
  const expected = (): string => `${kind} of ${rows * cols} numbers (${rows} rows of ${cols})`;
  return arrayOf(value, label, expected, rows * cols, holds);
}

function readGrid(input: Grid, label: string, expectedCols?: number): RowSource {
  const rows = count(input.rows, `${label}.rows`);
  const cols = count(input.columns, `${label}.columns`);
  return shaped(label, rows, cols, expectedCols, (target, firstRow, rowCount, from, to) => {
    for (let i = firstRow, k = 0; i < firstRow + rowCount; i++)
      for (let j = from; j < to; j++, k++) {
        const value = input.get(i, j);
        if (typeof value !== 'number') throw nonNumberError(label, i, j, value);
        target[k] = value;
      }
  });
}

/** A source that says itself how many columns it has. */
function shaped(
  label: string,
  rows: number,
  cols: number,
  expectedCols: number | undefined,
  copyTo: RowSource['copyTo'],
): RowSource {
  if (expectedCols !== undefined && cols !== expectedCols && (rows > 0 || cols > 0))
    throw new RangeError(mismatch(label, `${expectedCols} columns`, cols));
  return { rows, cols: expectedCols ?? cols, copyTo };
}

function nonNumberError(label: string, row: number, col: number, value: unknown): TypeError {
  return new TypeError(mismatch(label, 'numbers', value, cell(row, col)));
}

function cell(row: number, col: number): string {
  return ` at row ${row}, column ${col}`;
}
