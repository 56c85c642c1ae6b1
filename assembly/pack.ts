import { Square } from './columns';
import { MR } from './microkernel';
import { PANEL_BYTES, Panel, panelCount, panelWidth, roundUp } from './panel';
import { lanes } from './simd';

/**
 * Between row-major matrices, as callers have them, and panels, as the kernels read them.
 */

/**
 * panels ← row-major source (rows, cols) of T; the last panel's spare columns become 0.
 * Returns whether all of them are finite.
 */
export function pack<T extends number>(
  rows: i32,
  cols: i32,
  source: usize,
  panels: usize,
  stride: usize,
): bool {
  const whole = cols / panelWidth<T>();
  const rest = cols % panelWidth<T>();
  // x − x is 0 for finite x and NaN for the others
  let suspect = i64x2.splat(0),
    doubt = <T>0;
  for (let i = 0; i < rows; i++) {
    let to = panels + <usize>i * PANEL_BYTES;
    for (let j = 0; j < whole; j++) {
      const x0 = v128.load(source),
        x1 = v128.load(source, 16);
      suspect = v128.or(suspect, v128.or(v128.sub<T>(x0, x0), v128.sub<T>(x1, x1)));
      v128.store(to, x0);
      v128.store(to, x1, 16);
      source += PANEL_BYTES;
      to += stride;
    }
    if (rest > 0) {
      for (let j = 0; j < panelWidth<T>(); j++, to += sizeof<T>()) {
        let x = <T>0;
        if (j < rest) {
          x = load<T>(source);
          source += sizeof<T>();
        }
        doubt = <T>(doubt + (x - x));
        store<T>(to, x);
      }
    }
  }
  return !v128.any_true(suspect) && doubt == 0;
}

/** row-major target (rows, cols) ← panels, of numbers of so many bytes. */
export function unpack(rows: i32, cols: i32, size: i32, panels: usize, stride: usize, target: usize): void {
  const rowBytes = <usize>cols * size;
  for (let i = 0; i < rows; i++) {
    let from = panels + <usize>i * PANEL_BYTES;
    const end = target + rowBytes;
    for (; target + PANEL_BYTES <= end; target += PANEL_BYTES, from += stride) {
      v128.store(target, v128.load(from));
      v128.store(target, v128.load(from, 16), 16);
    }
    for (; target < end; target += 4, from += 4) store<u32>(target, load<u32>(from));
  }
}

/** Bytes from one panel of Wᵀ to the next, as packTransposed lays them: a row for the bias (0), then the columns of W. */
export function transposedStride(cols: i32, size: i32): usize {
  return <usize>(1 + roundUp(cols, 16 / size)) * PANEL_BYTES;
}

/** Bytes of Wᵀ for W (rows, cols) of numbers of so many bytes. */
export function transposedBytes(rows: i32, cols: i32, size: i32): u64 {
  return <u64>panelCount(rows, size) * transposedStride(cols, size);
}

/** panels of Wᵀ (1+cols, rows), but for its first row ← panels of W (rows, cols), whose rows go on in zeros to a multiple of MR. */
export function packTransposed<T extends number>(
  rows: i32,
  cols: i32,
  w: usize,
  wStride: usize,
  transposed: usize,
  stride: usize,
): void {
  const rowsAll = roundUp(rows, MR),
    colsAll = roundUp(cols, lanes<T>());
  for (let j = 0; j < colsAll; j += lanes<T>()) {
    const from = w + Panel.offset<T>(j, wStride);
    const to = transposed + <usize>(1 + j) * PANEL_BYTES;
    for (let i = 0; i < rowsAll; i += lanes<T>()) {
      Square.transpose<T>(
        from + <usize>i * PANEL_BYTES,
        PANEL_BYTES,
        to + Panel.offset<T>(i, stride),
        PANEL_BYTES,
      );
    }
  }
}
