import { PANEL_BYTES, panelCount } from './panel';
import { Random } from './random';

/**
 * Inverted dropout (Srivastava et al., 2014): A ← A ∘ M and S ← S ∘ M, all (rows, cols) in panels of one stride. With the
 * probability `share` an element of M is 0, else 1/(1 − share), so that the mean stays and prediction needs no mask. As
 * M is in the slopes too, the way back has nothing to do with it.
 */
export function drop<T extends number>(
  random: Random,
  share: f64,
  rows: i32,
  cols: i32,
  a: usize,
  s: usize,
  stride: usize,
): void {
  const kept = v128.splat<T>(<T>(1 / (1 - share)));
  // 32 random bits an element, two elements a draw
  const limit = share * 4294967296.0;
  const bytes = <usize>rows * PANEL_BYTES;
  for (let panels = panelCount(cols, sizeof<T>()); panels > 0; panels--, a += stride, s += stride) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const bits = random.next();
      let dropped: v128;
      if (sizeof<T>() == 8) {
        dropped = v128.lt<i64>(i64x2(bits & 0xffffffff, bits >> 32), v128.splat<i64>(<i64>limit));
      } else {
        dropped = v128.lt<u32>(i64x2(bits, random.next()), v128.splat<u32>(<u32>limit));
      }
      const m = v128.andnot(kept, dropped);
      v128.store(a + at, v128.mul<T>(v128.load(a + at), m));
      v128.store(s + at, v128.mul<T>(v128.load(s + at), m));
    }
  }
}
