import { madd } from './simd';
import { PANEL_BYTES, panelWidth } from './panel';

/**
 * The hot loops. A microtile is MR × NR elements of C, four rows of two vectors, kept in eight registers:
 *
 *               b0        b1            per p: 2 loads, 4 splats, 8 madds
 *     a0 →   c00 c00   c01 c01
 *     a1 →   c10 c10   c11 c11          8 chains of latency 4 at 2 madds a cycle: nothing may come between
 *     a2 →   c20 c20   c21 c21
 *     a3 →   c30 c30   c31 c31
 *
 * A tall one has six rows: 12 chains, which wait for nothing, and 20 instructions for 12 madds instead of 14 for 8.
 * Zen 5, Node 24, shares of the limit at k = 256 and 40: 94 and 89 % with four rows, 100 and 98 % with six. All 15
 * registers are taken, and a product apart from its sum needs one more: fused only. V8 up to 12 holds
 * all loads of an iteration in registers at once and reaches 40 % in tall ones, so who lays a network says whether its
 * engine may have them. Refused: loops unrolled by hand, which spill; V8 unrolls them itself.
 */

/** Rows of a microtile. */
export const MR: i32 = 4;

/** Rows of a tall one. */
export const TALL: i32 = 6;

/** Rows of the next tile where so many are left, a multiple of MR, and tiles may have `most`: short ones come first. */
export function tileRows(rest: i32, most: i32): i32 {
  return rest % TALL == 0 && most == TALL ? TALL : MR;
}

/** Where a product begins. */
export const enum From {
  /** At the first row of B, the bias, which all rows of the product begin with. */
  BIAS,
  /** At what C holds. */
  C,
}

@unmanaged
@final
export class Tile {
  /**
   * C ← 1·b + A·B; A (MR, k), B (1+k, NR) with b its first row, C (MR, NR). Or C ← C + A·B, B (k, NR), in the order of
   * a single sum. A method, as only these are inlined wherever they are called: which of the two it is, the compiler
   * decides. Decided at run time it takes 1 to 7 % of an iteration of xor.
   */
  @inline
  static NN<T extends number>(from: From, k: i32, a: usize, aStride: usize, b: usize, c: usize): void {
    let c00 = v128.load(from == From.BIAS ? b : c),
      c01 = v128.load(from == From.BIAS ? b : c, 16);
    let c10 = c00,
      c11 = c01,
      c20 = c00,
      c21 = c01,
      c30 = c00,
      c31 = c01;
    if (from == From.BIAS) b += PANEL_BYTES;
    else {
      c10 = v128.load(c, 32);
      c11 = v128.load(c, 48);
      c20 = v128.load(c, 64);
      c21 = v128.load(c, 80);
      c30 = v128.load(c, 96);
      c31 = v128.load(c, 112);
    }
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
  }
}

/**
 * C ← Aᵀ·B, or C + Aᵀ·B to accumulate; A (k, MR) within one panel, B (k, NR) one panel, C (MR, NR).
 * C, of a wide layer far from the cache, is met last: begun from C, every chain waits for it, and an iteration of
 * 1024-1024-10 takes a seventh longer.
 */
export function tileTN<T extends number>(k: i32, a: usize, b: usize, c: usize, accumulate: bool): void {
  let c00 = i64x2.splat(0),
    c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00,
    c30 = c00,
    c31 = c00;
  const end = b + <usize>k * PANEL_BYTES;
  while (b < end) {
    const b0 = v128.load(b),
      b1 = v128.load(b, 16);
    const a0 = v128.load_splat<T>(a);
    c00 = madd<T>(a0, b0, c00);
    c01 = madd<T>(a0, b1, c01);
    const a1 = v128.load_splat<T>(a, sizeof<T>());
    c10 = madd<T>(a1, b0, c10);
    c11 = madd<T>(a1, b1, c11);
    const a2 = v128.load_splat<T>(a, 2 * sizeof<T>());
    c20 = madd<T>(a2, b0, c20);
    c21 = madd<T>(a2, b1, c21);
    const a3 = v128.load_splat<T>(a, 3 * sizeof<T>());
    c30 = madd<T>(a3, b0, c30);
    c31 = madd<T>(a3, b1, c31);
    a += PANEL_BYTES;
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
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
}

/**
 * cᵢ ← bᵢ₀ + a·Bᵢ, or cᵢ + a·Bᵢ to accumulate, for four panels i; a (1, k), Bᵢ (1+k, NR), cᵢ (1, NR).
 * A single row meets each weight once: four panels side by side give the eight chains that a tile has from its rows.
 */
export function rowNN<T extends number>(
  accumulate: bool,
  k: i32,
  a: usize,
  aStride: usize,
  b0: usize,
  b1: usize,
  b2: usize,
  b3: usize,
  c0: usize,
  c1: usize,
  c2: usize,
  c3: usize,
): void {
  const from0 = accumulate ? c0 : b0,
    from1 = accumulate ? c1 : b1,
    from2 = accumulate ? c2 : b2,
    from3 = accumulate ? c3 : b3;
  let c00 = v128.load(from0),
    c01 = v128.load(from0, 16),
    c10 = v128.load(from1),
    c11 = v128.load(from1, 16),
    c20 = v128.load(from2),
    c21 = v128.load(from2, 16),
    c30 = v128.load(from3),
    c31 = v128.load(from3, 16);
  // panels that follow each other without a gap are one long row
  const run = aStride == PANEL_BYTES ? k : panelWidth<T>();
  for (; k > 0; k -= run) {
    const end = a + <usize>min(k, run) * sizeof<T>();
    let ap = a;
    while (ap < end) {
      const ai = v128.load_splat<T>(ap);
      c00 = madd<T>(ai, v128.load(b0, 32), c00);
      c01 = madd<T>(ai, v128.load(b0, 48), c01);
      c10 = madd<T>(ai, v128.load(b1, 32), c10);
      c11 = madd<T>(ai, v128.load(b1, 48), c11);
      c20 = madd<T>(ai, v128.load(b2, 32), c20);
      c21 = madd<T>(ai, v128.load(b2, 48), c21);
      c30 = madd<T>(ai, v128.load(b3, 32), c30);
      c31 = madd<T>(ai, v128.load(b3, 48), c31);
      ap += sizeof<T>();
      b0 += PANEL_BYTES;
      b1 += PANEL_BYTES;
      b2 += PANEL_BYTES;
      b3 += PANEL_BYTES;
    }
    a += aStride;
  }
  v128.store(c0, c00);
  v128.store(c0, c01, 16);
  v128.store(c1, c10);
  v128.store(c1, c11, 16);
  v128.store(c2, c20);
  v128.store(c2, c21, 16);
  v128.store(c3, c30);
  v128.store(c3, c31, 16);
}
