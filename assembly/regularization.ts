import { sum, unfusedMadd } from './simd';

/** The terms that keep parameters and gradients small, over `bytes` bytes of them, a multiple of a panel's row. */

/** g ← g + λ·w; returns Σ w². */
export function penalize<T extends number>(lambda: f64, bytes: usize, w: usize, g: usize): f64 {
  const lambdas = v128.splat<T>(<T>lambda);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(g + at, unfusedMadd<T>(lambdas, v128.load(w + at), v128.load(g + at)));
  }
  return sumOfSquares<T>(bytes, w);
}

/**
 * g ← g·min(1, clipNorm / (‖g‖₂ + 1e-6)), as torch.nn.utils.clip_grad_norm_ has it (Pascanu, Mikolov and Bengio, 2013);
 * squares: ‖g‖₂² over all parameters.
 */
export function clip<T extends number>(clipNorm: f64, squares: f64, bytes: usize, g: usize): void {
  const scale = clipNorm / (sqrt<f64>(squares) + 1e-6);
  if (!(scale < 1)) return;
  const scales = v128.splat<T>(<T>scale);
  for (const end = g + bytes; g < end; g += 16) v128.store(g, v128.mul<T>(scales, v128.load(g)));
}

/** Σ x²; of f32 too the squares are f64, and none overflows. */
export function sumOfSquares<T extends number>(bytes: usize, x: usize): f64 {
  let even = f64x2.splat(0),
    odd = f64x2.splat(0);
  for (const end = x + bytes; x < end; x += 16) {
    const xi = v128.load(x);
    if (sizeof<T>() == 8) {
      even = unfusedMadd<f64>(xi, xi, even);
    } else {
      const low = f64x2.promote_low_f32x4(xi),
        high = f64x2.promote_low_f32x4(v128.shuffle<u64>(xi, xi, 1, 0));
      even = unfusedMadd<f64>(low, low, even);
      odd = unfusedMadd<f64>(high, high, odd);
    }
  }
  return sum<f64>(f64x2.add(even, odd));
}
