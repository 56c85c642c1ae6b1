/**
 * The one layout of every matrix in the core.
 *
 * A matrix (rows, cols) is cut into panels of NR columns, NR·sizeof<T> = 32 bytes = two vectors; a panel is its
 * rows one after another, and panels follow at a fixed stride:
 *
 *     element (i, j)  at  address + ⌊j/NR⌋·stride + i·32 + (j mod NR)·sizeof<T>
 *
 *     panel 0        panel 1        panel 2
 *     a00 … a03      a04 … a07      a08 a09  0   0      row 0
 *     a10 … a13      a14 … a17      a18 a19  0   0      row 1
 *
 * It is what both operands of every product want: B's panels stream through the microkernel, A's elements lie 32
 * bytes apart at constant offsets, and the rows of a block are adjacent, so no power-of-two leading dimension ever
 * folds them onto one cache set (row-major X cost the gradient a fifth to a half at 784 and 1024 columns).
 * A matrix of one row with stride 32 is a plain row-major vector. Columns past the last are zero.
 */

/** Bytes of one row of a panel. */
export const PANEL_BYTES: usize = 32;

/** NR: the columns of a panel, 4 in f64 and 8 in f32. */
export function panelWidth<T extends number>(): i32 {
  return <i32>(PANEL_BYTES / sizeof<T>());
}

/** How many panels hold cols columns of numbers of so many bytes. */
export function panelCount(cols: i32, size: i32): i32 {
  return <i32>((<usize>cols * <usize>size + PANEL_BYTES - 1) / PANEL_BYTES);
}

/** A method, as only these are inlined wherever they are called. */
@unmanaged
@final
export class Panel {
  /** Bytes from the beginning of a row to its column j; unsigned, a division is a shift. */
  @inline
  static offset<T extends number>(j: u32, stride: usize): usize {
    return <usize>(j / panelWidth<T>()) * stride + <usize>(j % panelWidth<T>()) * sizeof<T>();
  }
}

/** The same for numbers of so many bytes, where no time hangs on it. */
export function offsetOf(j: i32, stride: usize, size: i32): usize {
  const byte = <usize>(j * size);
  return (byte / PANEL_BYTES) * stride + (byte % PANEL_BYTES);
}

/** count rounded up to a multiple of size, a power of two. */
export function roundUp(count: i32, size: i32): i32 {
  return (count + size - 1) & -size;
}

/**
 * Bytes from one panel to the next for blocks of rows: whole microtiles of 4 rows, but for a single row, which then is
 * contiguous. A multiple of 512 bytes is avoided: X streaming at 1,024 bytes meets 4 of the 64 sets of the L1 cache
 * (f64, 784-128: 26.8 against 25.0 GFLOP/s).
 */
export function blockStride(rows: i32): usize {
  if (rows == 1) return PANEL_BYTES;
  const whole = roundUp(rows, 4);
  return <usize>(whole + i32(whole % 16 == 0)) * PANEL_BYTES;
}

/** Bytes of a block (rows, cols) of numbers of so many bytes, in panels. */
export function blockBytes(rows: i32, cols: i32, size: i32): u64 {
  return <u64>panelCount(cols, size) * blockStride(rows);
}

/** Columns past the last ← 0, within the vector that holds the last; C (rows, cols) of numbers of so many bytes. */
export function clearSpareColumns(rows: i32, cols: i32, size: i32, c: usize, stride: usize): void {
  const bytes = -(cols * size) & 15;
  c += offsetOf(cols, stride, size);
  // Word by word: memory.fill is a call out of the binary, and took 4 to 8 % of 4-9-3 with sigmoid.
  for (let i = 0; i < rows; i++, c += PANEL_BYTES) {
    for (let at = 0; at < bytes; at += 4) store<u32>(c + <usize>at, 0);
  }
}
