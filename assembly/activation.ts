import { tanh } from './tanh';
import { PANEL_BYTES, panelCount, panelWidth } from './panel';
import { lanes } from './simd';

/** The hidden activations, each beside its derivative, written in terms of the output a = f(z). */

/** A ← tanh Z, in place; Z (rows, cols) in panels. */
export function tanhForward<T extends number>(rows: i32, cols: i32, z: usize, stride: usize): void {
  for (; cols > 0; cols -= panelWidth<T>(), z += stride) {
    const end = z + <usize>rows * PANEL_BYTES;
    // The last panel may fill half of its two vectors.
    const step: usize = cols > lanes<T>() ? 16 : PANEL_BYTES;
    for (let zi = z; zi < end; zi += step) v128.store(zi, tanh<T>(v128.load(zi)));
  }
}

/** dZ ← dA ∘ (1 − A²), in place of dA; both (rows, cols) in panels of one stride. */
export function tanhBackward<T extends number>(
  rows: i32,
  cols: i32,
  a: usize,
  delta: usize,
  stride: usize,
): void {
  for (let panels = panelCount<T>(cols); panels > 0; panels--, a += stride, delta += stride) {
    const end = <usize>rows * PANEL_BYTES;
    for (let at: usize = 0; at < end; at += PANEL_BYTES) {
      timesSlope<T>(a + at, delta + at);
      timesSlope<T>(a + at + 16, delta + at + 16);
    }
  }
}

/** One vector of delta ← delta·(1 − a²) */
function timesSlope<T extends number>(a: usize, delta: usize): void {
  const ai = v128.load(a);
  const slope = v128.sub<T>(v128.splat<T>(<T>1), v128.mul<T>(ai, ai));
  v128.store(delta, v128.mul<T>(v128.load(delta), slope));
}
