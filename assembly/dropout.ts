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
  const kept = <T>(1 / (1 - share));
  // 32 random bits an element, two elements a draw
  const limit = <u64>(share * 4294967296.0);
  const bytes = <usize>rows * PANEL_BYTES;
  for (let panels = panelCount(cols, sizeof<T>()); panels > 0; panels--, a += stride, s += stride) {
    for (let at: usize = 0; at < bytes; at += 2 * sizeof<T>()) {
      const bits = random.next();
      scale<T>(a + at, s + at, (bits & 0xffffffff) < limit ? <T>0 : kept);
      scale<T>(a + at + sizeof<T>(), s + at + sizeof<T>(), bits >> 32 < limit ? <T>0 : kept);
    }
  }
}

function scale<T extends number>(a: usize, s: usize, m: T): void {
  store<T>(a, <T>(load<T>(a) * m));
  store<T>(s, <T>(load<T>(s) * m));
}
