import { refusal } from '../core/staging.js';
import { countUp, type Interruptible } from '../interruptible.js';
import { mismatch } from '../messages.js';
import { originOf, visitRows, type RowSource } from '../row-source.js';

export const SCALING_METHODS = ['none', 'standardize', 'minMax'] as const;

/** How the columns of x are scaled: not, to mean 0 and population deviation 1, or to [0, 1]. */
export type ScalingMethod = (typeof SCALING_METHODS)[number];

/** Scaled column j is (x_j − offset_j)·factor_j. */
export interface Scaling {
  readonly offset: Float64Array;
  /** Finite and > 0. */
  readonly factor: Float64Array;
}

/** Values that differ by less, relative to the largest, differ by rounding: such a column is constant. */
const ROUNDING = 2 ** -50;
/** Ranges within these bounds have reciprocals and squares of shares that neither overflow nor lose bits. */
const SMALLEST_RANGE = 1e-300;
const LARGEST_RANGE = 1e300;

/**
 * The scaling that the rows of x call for, undefined for none. A column that is constant, but for rounding, has
 * factor 1, as in scikit-learn.
 * With range r = max − min and u = (x − min)/r: mean = min + r·ū, deviation = r·√(mean of (u − ū)²), in two passes
 * as by Chan, Golub and LeVeque (1983): neither huge offsets nor units beyond 1e±154 cost bits.
 *
 * @param source at least one row
 * @throws RangeError for a NaN or an infinity, and for a column whose range is beyond 1e±300
 */
export function* fitScaling(method: ScalingMethod, source: RowSource): Interruptible<Scaling | undefined> {
  if (method === 'none') return undefined;
  const { rows, cols } = source;
  const column = function* (value: number): Interruptible<Float64Array> {
    const values = new Float64Array(cols);
    yield* countUp(cols, (j) => (values[j] = value));
    return values;
  };
  const min = yield* column(Infinity);
  const max = yield* column(-Infinity);
  yield* visitRows(source, (row, i, from, to) => {
    for (let j = from; j < to; j++) {
      const value = row[j]!;
      if (!Number.isFinite(value)) throw refusal(source, 'x', row, i, 0);
      if (value < min[j]!) min[j] = value;
      if (value > max[j]!) max[j] = value;
    }
  });
  const range = yield* column(0);
  // A constant column keeps this.
  const factor = yield* column(1);
  yield* countUp(cols, (j) => {
    range[j] = rangeOf(min[j]!, max[j]!, j);
    if (range[j]) factor[j] = 1 / range[j]!;
  });
  const offset = min;
  if (method === 'minMax') return { offset, factor };

  for (let pass = 0; pass < 2; pass++) {
    const sum = yield* column(0);
    const squares = yield* column(0);
    yield* visitRows(source, (row, _, from, to) => {
      for (let j = from; j < to; j++) {
        const u = (row[j]! - offset[j]!) * factor[j]!;
        sum[j]! += u;
        squares[j]! += u * u;
      }
    });
    yield* countUp(cols, (j) => {
      const mean = sum[j]! / rows;
      offset[j]! += range[j]! * mean;
      if (pass && range[j]) factor[j]! /= Math.sqrt(squares[j]! / rows - mean ** 2);
    });
  }
  return { offset, factor };
}

/** The rows scaled in f64, then rounded to the target's type. What is not finite stays so, for the core to refuse. */
export function scaledRows(source: RowSource, { offset, factor }: Scaling): RowSource {
  const { rows, cols } = source;
  return {
    rows,
    cols,
    copyTo(target, firstRow, rowCount, from, to) {
      const length = rowCount * (to - from);
      const values = target instanceof Float64Array ? target : new Float64Array(length);
      source.copyTo(values, firstRow, rowCount, from, to);
      for (let k = 0; k < length;)
        for (let j = from; j < to; j++, k++) target[k] = (values[k]! - offset[j]!) * factor[j]!;
    },
    origin: (row) => originOf(source, row),
  };
}

/** max − min, 0 for a column that is constant but for rounding. */
function rangeOf(min: number, max: number, col: number): number {
  const range = max - min;
  if (range <= ROUNDING * Math.max(Math.abs(min), Math.abs(max))) return 0;
  if (range >= SMALLEST_RANGE && range <= LARGEST_RANGE) return range;
  const expected = `columns whose range is from ${SMALLEST_RANGE} to ${LARGEST_RANGE}`;
  throw new RangeError(mismatch('x', expected, range, ` at column ${col}; give it in another unit`));
}
