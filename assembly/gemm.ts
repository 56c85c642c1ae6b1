import { From, MR, TALL, Tile, rowNN, tileRows, tileTN } from './microkernel';
import { PANEL_BYTES, Panel, panelCount, panelWidth, roundUp } from './panel';
import { tallNN, tallTN } from './tall-microkernel';

/**
 * The products of a network, over matrices in panels (panel.ts). NT needs no loop of its own: pack.ts transposes B
 * once a step, and NN multiplies. A block of rows is small enough (network.ts) that no loop over n needs cutting.
 */

/**
 * Rows of a panel of B that all tiles go through before the next rows: 4 kB, which stay in the L1 cache while the tiles of
 * A pass by. Whole panels of 784 rows, 25 kB, take 1 to 10 % more of an iteration of 784-128-10, parts of 256 rows half
 * that.
 */
const KC: i32 = 128;

/**
 * C ← 1·b + A·B; A (m, k), B (1+k, n) with b its first row, C (m, n). Tiles have up to `most` rows.
 * Rows of A are read, and of C written, up to the next multiple of MR; of a single row, that row only.
 */
export function gemmNN<T extends number>(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
): void {
  if (m == 1) {
    gemvNN<T>(false, n, k, a, aStride, b, bStride, c, cStride);
    return;
  }
  const whole = roundUp(m, MR);
  const k0 = min(k, KC);
  const ap = a + <usize>(KC / panelWidth<T>()) * aStride;
  // LOOP 4: panels of B and C
  for (let panels = panelCount(n, sizeof<T>()); panels > 0; panels--) {
    // LOOP 2: microtiles
    for (let rest = whole, at: usize = 0; rest > 0;) {
      const rows = tileRows(rest, most);
      // LOOP 1
      if (rows == TALL) tallNN<T>(k0, a + at, aStride, b + PANEL_BYTES, c + at, b, 0);
      else Tile.NN<T>(From.BIAS, k0, a + at, aStride, b, c + at);
      rest -= rows;
      at += <usize>rows * PANEL_BYTES;
    }
    if (k > KC) addTerms<T>(most, whole, k - KC, ap, aStride, b + <usize>KC * PANEL_BYTES, c);
    b += bStride;
    c += cStride;
  }
}

/** C ← C + A·B, all as above: the first row of B has no part in it. */
export function addNN<T extends number>(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
): void {
  if (m == 1) {
    gemvNN<T>(true, n, k, a, aStride, b, bStride, c, cStride);
    return;
  }
  for (let panels = panelCount(n, sizeof<T>()); panels > 0; panels--, b += bStride, c += cStride) {
    addTerms<T>(most, roundUp(m, MR), k, a, aStride, b, c);
  }
}

/** The same for one panel of B and C, and a multiple of MR rows. */
function addTerms<T extends number>(
  most: i32,
  m: i32,
  k: i32,
  a: usize,
  aStride: usize,
  b: usize,
  c: usize,
): void {
  b += PANEL_BYTES;
  // LOOP 3: parts of k
  for (; k > 0; k -= KC, a += <usize>(KC / panelWidth<T>()) * aStride, b += <usize>KC * PANEL_BYTES) {
    for (let rest = m, at: usize = 0; rest > 0;) {
      const rows = tileRows(rest, most);
      if (rows == TALL) tallNN<T>(min(k, KC), a + at, aStride, b, c + at, c + at, PANEL_BYTES);
      else Tile.NN<T>(From.C, min(k, KC), a + at, aStride, b, c + at);
      rest -= rows;
      at += <usize>rows * PANEL_BYTES;
    }
  }
}

/** c ← b + a·B, or c + a·B; a (1, k). Past the last panel the last is done again: the same bits to the same place. */
function gemvNN<T extends number>(
  accumulate: bool,
  n: i32,
  k: i32,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
): void {
  const last = panelCount(n, sizeof<T>()) - 1;
  for (let j = 0; j <= last; j += 4) {
    const j1 = <usize>min(j + 1, last),
      j2 = <usize>min(j + 2, last),
      j3 = <usize>min(j + 3, last);
    rowNN<T>(
      accumulate,
      k,
      a,
      aStride,
      b + <usize>j * bStride,
      b + j1 * bStride,
      b + j2 * bStride,
      b + j3 * bStride,
      c + <usize>j * cStride,
      c + j1 * cStride,
      c + j2 * cStride,
      c + j3 * cStride,
    );
  }
}

/**
 * C ← Aᵀ·B, or C + Aᵀ·B to accumulate; A (k, m), B (k, n), C (m, n).
 * Columns of A are read, and rows of C written, up to the next multiple of MR.
 */
export function gemmTN<T extends number>(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
  accumulate: bool,
): void {
  const panels = panelCount(n, sizeof<T>());
  // LOOP 3: columns of A, rows of C; the slice of A stays in the L1 cache
  const whole = roundUp(m, MR);
  for (let i = 0, rows = 0; i < whole; i += rows) {
    rows = tileRows(whole - i, most);
    const a0 = a + Panel.offset<T>(i, aStride),
      a2 = a + Panel.offset<T>(i + 2, aStride),
      a4 = a + Panel.offset<T>(i + 4, aStride);
    let bj = b,
      cj = c + <usize>i * PANEL_BYTES;
    // LOOP 2: panels of B and C
    for (let j = 0; j < panels; j++, bj += bStride, cj += cStride) {
      // LOOP 1
      if (rows == TALL) tallTN<T>(k, a0, a2, a4, bj, cj, accumulate);
      else tileTN<T>(k, a0, bj, cj, accumulate);
    }
  }
}

/**
 * c ← 1ᵀ·B, or c + 1ᵀ·B to accumulate: the sums of the columns; B (k, n), c (1, n).
 * Even and odd rows are summed apart, as one chain of additions would wait for itself.
 */
export function columnSums<T extends number>(
  n: i32,
  k: i32,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
  accumulate: bool,
): void {
  for (let panels = panelCount(n, sizeof<T>()); panels > 0; panels--, b += bStride, c += cStride) {
    let even0 = i64x2.splat(0),
      even1 = even0,
      odd0 = even0,
      odd1 = even0;
    if (accumulate) {
      even0 = v128.load(c);
      even1 = v128.load(c, 16);
    }
    const pairs = b + <usize>(k & ~1) * PANEL_BYTES;
    let row = b;
    for (; row < pairs; row += 2 * PANEL_BYTES) {
      even0 = v128.add<T>(even0, v128.load(row));
      even1 = v128.add<T>(even1, v128.load(row, 16));
      odd0 = v128.add<T>(odd0, v128.load(row, 32));
      odd1 = v128.add<T>(odd1, v128.load(row, 48));
    }
    if (k & 1) {
      even0 = v128.add<T>(even0, v128.load(row));
      even1 = v128.add<T>(even1, v128.load(row, 16));
    }
    v128.store(c, v128.add<T>(even0, odd0));
    v128.store(c, v128.add<T>(even1, odd1), 16);
  }
}
