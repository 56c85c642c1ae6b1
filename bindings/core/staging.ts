import { PIECE_BYTES, type Interruptible } from '../interruptible.js';
import type { Matrix } from '../matrix.js';
import type { Precision } from '../options.js';
import { nonFiniteError, originOf, type RowSource } from '../row-source.js';
import type { Core } from './core.js';
import type { Lease } from './lease.js';

/** Bytes that are copied into the core at once: small enough to be still in the cache when it reads them. */
const STAGED_BYTES = 128 * 1024;

export const BYTES: Readonly<Record<Precision, number>> = { f64: 8, f32: 4 };

/** How many rows of that many numbers are staged at once, a multiple of `multiple`. */
export function stagedRows(cols: number, precision: Precision, multiple: number): number {
  return multiple * Math.max(1, Math.floor(STAGED_BYTES / (cols * BYTES[precision] * multiple)));
}

/**
 * Hands a caller's rows to the core, some or `width` columns of one at a time, from a multiple of a panel's on: each time
 * `take` finds them row-major at an address, and returns whether all are finite.
 *
 * @param lease of the room for them
 * @throws RangeError naming row and column of the first that is not
 */
export function* stage(
  lease: Lease,
  precision: Precision,
  source: RowSource,
  label: string,
  take: (
    address: number,
    firstRow: number,
    rowCount: number,
    from: number,
    width: number,
  ) => boolean | number,
): Interruptible<void> {
  const { rows, cols } = source;
  const size = BYTES[precision];
  const step = Math.min(rows, stagedRows(cols, precision, 1));
  const most = Math.min(cols, STAGED_BYTES / size);
  const address = lease.allocate(step * most * size);
  for (let first = 0; first < rows; first += step)
    for (let from = 0; from < cols; from += most) {
      const count = Math.min(step, rows - first);
      const width = Math.min(most, cols - from);
      // Made anew each time, as memory may grow at a yield.
      const staged = (): Float64Array | Float32Array => lease.core.view(precision, address, count * width);
      source.copyTo(staged(), first, count, from, from + width);
      yield;
      if (!take(address, first, count, from, width)) throw refusal(source, label, staged(), first, from);
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

/** The error for the first of some numbers of a source that is not finite: where and as the caller gave it. */
export function refusal(
  source: RowSource,
  label: string,
  values: Float64Array | Float32Array,
  firstRow: number,
  from: number,
): RangeError {
  const { cols } = source;
  const k = from + values.findIndex((value) => !Number.isFinite(value));
  const col = k % cols;
  const [given, row] = originOf(source, firstRow + Math.floor(k / cols));
  const value = new Float64Array(1);
  given.copyTo(value, row, 1, col, col + 1);
  return nonFiniteError(label, row, col, value[0]!);
}
