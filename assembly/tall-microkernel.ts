import { PANEL_BYTES, panelWidth } from './panel';
import { madd } from './simd';

/** The hot loops of tiles of TALL rows; why, and where they are fast, says microkernel.ts. */

/**
 * C ← S + A·B; A (TALL, k), B (k, NR), C (TALL, NR). The rows of S begin at `start` and lie `step` bytes apart: one row for
 * all, or those of C.
 */
export function tallNN<T extends number>(
  k: i32,
  a: usize,
  aStride: usize,
  b: usize,
  c: usize,
  start: usize,
  step: usize,
): void {
  let c00 = v128.load(start),
    c01 = v128.load(start, 16);
  start += step;
  let c10 = v128.load(start),
    c11 = v128.load(start, 16);
  start += step;
  let c20 = v128.load(start),
    c21 = v128.load(start, 16);
  start += step;
  let c30 = v128.load(start),
    c31 = v128.load(start, 16);
  start += step;
  let c40 = v128.load(start),
    c41 = v128.load(start, 16);
  start += step;
  let c50 = v128.load(start),
    c51 = v128.load(start, 16);
  for (; k > 0; k -= panelWidth<T>()) {
    const end = b + <usize>min(k, panelWidth<T>()) * PANEL_BYTES;
    let ap = a;
    while (b < end) {
      const b0 = v128.load(b),
        b1 = v128.load(b, 16);
      const a0 = v128.load_splat<T>(ap);
      c00 = madd<T>(a0, b0, c00);
      c01 = madd<T>(a0, b1, c01);
      const a1 = v128.load_splat<T>(ap, 32);
      c10 = madd<T>(a1, b0, c10);
      c11 = madd<T>(a1, b1, c11);
      const a2 = v128.load_splat<T>(ap, 64);
      c20 = madd<T>(a2, b0, c20);
      c21 = madd<T>(a2, b1, c21);
      const a3 = v128.load_splat<T>(ap, 96);
      c30 = madd<T>(a3, b0, c30);
      c31 = madd<T>(a3, b1, c31);
      const a4 = v128.load_splat<T>(ap, 128);
      c40 = madd<T>(a4, b0, c40);
      c41 = madd<T>(a4, b1, c41);
      const a5 = v128.load_splat<T>(ap, 160);
      c50 = madd<T>(a5, b0, c50);
      c51 = madd<T>(a5, b1, c51);
      ap += sizeof<T>();
      b += PANEL_BYTES;
    }
    a += aStride;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
  v128.store(c, c40, 128);
  v128.store(c, c41, 144);
  v128.store(c, c50, 160);
  v128.store(c, c51, 176);
}

/**
 * C ← Aᵀ·B, or C + Aᵀ·B to accumulate; A (k, TALL) in pairs of columns that begin at a0, a2 and a4, as no pair lies in two
 * panels, B (k, NR) one panel, C (TALL, NR).
 */
export function tallTN<T extends number>(
  k: i32,
  a0: usize,
  a2: usize,
  a4: usize,
  b: usize,
  c: usize,
  accumulate: bool,
): void {
  let c00 = i64x2.splat(0),
    c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00,
    c30 = c00,
    c31 = c00,
    c40 = c00,
    c41 = c00,
    c50 = c00,
    c51 = c00;
  const end = b + <usize>k * PANEL_BYTES;
  while (b < end) {
    const b0 = v128.load(b),
      b1 = v128.load(b, 16);
    const s0 = v128.load_splat<T>(a0);
    c00 = madd<T>(s0, b0, c00);
    c01 = madd<T>(s0, b1, c01);
    const s1 = v128.load_splat<T>(a0, sizeof<T>());
    c10 = madd<T>(s1, b0, c10);
    c11 = madd<T>(s1, b1, c11);
    const s2 = v128.load_splat<T>(a2);
    c20 = madd<T>(s2, b0, c20);
    c21 = madd<T>(s2, b1, c21);
    const s3 = v128.load_splat<T>(a2, sizeof<T>());
    c30 = madd<T>(s3, b0, c30);
    c31 = madd<T>(s3, b1, c31);
    const s4 = v128.load_splat<T>(a4);
    c40 = madd<T>(s4, b0, c40);
    c41 = madd<T>(s4, b1, c41);
    const s5 = v128.load_splat<T>(a4, sizeof<T>());
    c50 = madd<T>(s5, b0, c50);
    c51 = madd<T>(s5, b1, c51);
    a0 += PANEL_BYTES;
    a2 += PANEL_BYTES;
    a4 += PANEL_BYTES;
    b += PANEL_BYTES;
  }
  if (accumulate) {
    c00 = v128.add<T>(c00, v128.load(c));
    c01 = v128.add<T>(c01, v128.load(c, 16));
    c10 = v128.add<T>(c10, v128.load(c, 32));
    c11 = v128.add<T>(c11, v128.load(c, 48));
    c20 = v128.add<T>(c20, v128.load(c, 64));
    c21 = v128.add<T>(c21, v128.load(c, 80));
    c30 = v128.add<T>(c30, v128.load(c, 96));
    c31 = v128.add<T>(c31, v128.load(c, 112));
    c40 = v128.add<T>(c40, v128.load(c, 128));
    c41 = v128.add<T>(c41, v128.load(c, 144));
    c50 = v128.add<T>(c50, v128.load(c, 160));
    c51 = v128.add<T>(c51, v128.load(c, 176));
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
  v128.store(c, c40, 128);
  v128.store(c, c41, 144);
  v128.store(c, c50, 160);
  v128.store(c, c51, 176);
}
