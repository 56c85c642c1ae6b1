import { tanh } from './tanh';
import { PANEL_BYTES, panelCount } from './panel';

/** The hidden activations, each beside its derivative, written in terms of the output a = f(z). */

/** A ← tanh Z, in place; Z (rows, cols) in panels. */
export function tanhForward<T extends number>(rows: i32, cols: i32, z: usize, stride: usize): void {
  for (let panels = panelCount<T>(cols); panels > 0; panels--, z += stride) {
    const end = z + <usize>rows * PANEL_BYTES;
    for (let zi = z; zi < end; zi += 16) v128.store(zi, tanh<T>(v128.load(zi)));
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
  const one = v128.splat<T>(<T>1);
  for (let panels = panelCount<T>(cols); panels > 0; panels--, a += stride, delta += stride) {
    for (let at: usize = 0; at < <usize>rows * PANEL_BYTES; at += 16) {
      const ai = v128.load(a + at);
      const slope = v128.sub<T>(one, v128.mul<T>(ai, ai));
      v128.store(delta + at, v128.mul<T>(v128.load(delta + at), slope));
    }
  }
}
