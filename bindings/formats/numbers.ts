import { zeros } from '../arrays.js';
import { Matrix } from '../matrix.js';
import { mismatch } from '../messages.js';
import type { Precision } from '../options.js';
import { complete } from '../interruptible.js';
import { readMatrix, visitRows } from '../row-source.js';

/** JSON.stringify writes −0 as 0; as a string it keeps its sign. */
export type JSONNumber = number | '-0';

/** @throws RangeError for NaN and Infinity */
export function toJSONNumbers(values: Float64Array | Float32Array, label: string): JSONNumber[] {
  return Array.from(finite(values, label), (value) => (Object.is(value, -0) ? '-0' : value));
}

/**
 * Reads a matrix as an array of rows. Nothing is allocated before all its numbers are there.
 *
 * @throws TypeError, RangeError, OutOfMemoryError
 */
export function readNumbers(
  value: unknown,
  label: string,
  rows: number,
  cols: number,
  precision: Precision,
): Matrix {
  const source = readMatrix(Array.isArray(value) ? value.map(signZeros) : value, label, cols);
  if (source.rows !== rows) throw new RangeError(mismatch(label, `${rows} rows`, source.rows));
  complete(visitRows(source, () => {}));
  const data = zeros(precision, rows * cols);
  source.copyTo(data, 0, rows, 0, cols);
  return new Matrix(rows, cols, finite(data, label));
}

function signZeros(row: unknown): unknown {
  return Array.isArray(row) ? row.map((value: unknown) => (value === '-0' ? -0 : value)) : row;
}

/** @throws RangeError for NaN and Infinity, which are neither saved nor loaded */
export function finite<T extends Float64Array | Float32Array>(values: T, label: string): T {
  const bad = values.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new RangeError(mismatch(label, 'finite numbers', bad));
  return values;
}
