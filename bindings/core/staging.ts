import { PIECE_BYTES, type Interruptible } from '../interruptible.js';
import type { Matrix } from '../matrix.js';
import type { Precision } from '../options.js';
import { nonFiniteError, originOf, type RowSource } from '../row-source.js';
import type { Core } from './core.js';
import type { Lease } from './lease.js';

/** Bytes of rows that are copied into the core at once: small enough to be still in the cache when it reads them. */
const STAGED_BYTES = 128 * 1024;

export const BYTES: Readonly<Record<Precision, number>> = { f64: 8, f32: 4 };

/** How many rows of that many numbers are staged at once, a multiple of `multiple`. */
export function stagedRows(cols: number, precision: Precision, multiple: number): number {
  return multiple * Math.max(1, Math.floor(STAGED_BYTES / (cols * BYTES[precision] * multiple)));
}

/**
 * Hands a caller's rows to the core, some at a time: each time `take` finds them row-major at an address and
 * returns the index of a number that is not finite, or −1.
 *
 * @param lease of the room for them
 * @throws RangeError naming row and column of that number
 */
export function* stage(
  lease: Lease,
  precision: Precision,
  source: RowSource,
  label: string,
  take: (address: number, firstRow: number, rowCount: number) => number,
): Interruptible<void> {
  const step = Math.min(source.rows, stagedRows(source.cols, precision, 1));
  const address = lease.allocate(step * source.cols * BYTES[precision]);
  for (let first = 0; first < source.rows; first += step) {
    const count = Math.min(step, source.rows - first);
    source.copyTo(lease.core.view(precision, address, count * source.cols), first, count);
    yield;
    const bad = take(address, first, count);
    if (bad >= 0) throw refusal(source, label, first + Math.floor(bad / source.cols), bad % source.cols);
    yield;
  }
}

/** Takes a matrix out of the core, some rows at a time: each time `give` writes them row-major to an address. */
export function unstage(
  core: Core,
  precision: Precision,
  matrix: Matrix,
  give: (address: number, firstRow: number, rowCount: number) => void,
): void {
  const { rows, cols, data } = matrix;
  const step = Math.min(rows, stagedRows(cols, precision, 1));
  const address = core.scratch(step * cols * BYTES[precision]);
  for (let first = 0; first < rows; first += step) {
    const count = Math.min(step, rows - first);
    give(address, first, count);
    data.set(core.view(precision, address, count * cols), first * cols);
  }
}

/** target ← source, so many bytes of the core's memory. */
export function* copyPieces(
  { exports }: Core,
  target: number,
  source: number,
  bytes: number,
): Interruptible<void> {
  for (let done = 0; done < bytes; done += PIECE_BYTES) {
    exports.copy(target + done, source + done, Math.min(PIECE_BYTES, bytes - done));
    yield;
  }
}

/** The error for number (row, col), not finite once it is of the network's type: where and as the caller gave it. */
export function refusal(source: RowSource, label: string, row: number, col: number): RangeError {
  const [given, givenRow] = originOf(source, row);
  const values = new Float64Array(given.cols);
  given.copyTo(values, givenRow, 1);
  return nonFiniteError(label, givenRow, col, values[col]!);
}
