import { MR } from './microkernel';
import { Network } from './network';
import { PANEL_BYTES, panelCount, roundUp } from './panel';
import { sum, unfusedMadd } from './simd';

/** Bytes of which the squares are summed at once: the sum of such sums is the same when they are taken one by one. */
export const PIECE: usize = 32768;

/** dW_l ← dW_l + λ·W_l for every layer; returns (λ/2)·ΣW². Biases have no part in it. */
export function penalize<T extends number>(network: Network, gradients: usize): f64 {
  let squares = 0.0;
  for (let l = 1; l <= network.depth; l++) {
    const panels = panelCount(network.layer(l).outputs, sizeof<T>());
    for (let panel = 0; panel < panels; panel++) squares += penalizePanel<T>(network, gradients, l, panel);
  }
  return penaltyOf(network, squares);
}

/** The same for one panel of W_l; returns its ΣW². */
export function penalizePanel<T extends number>(network: Network, gradients: usize, l: i32, panel: i32): f64 {
  const lambdas = v128.splat<T>(<T>network.l2);
  const layer = network.layer(l);
  const toGradients = network.within(gradients, l) - layer.parameters;
  const bytes = <usize>roundUp(layer.inputs, MR) * PANEL_BYTES;
  const w = layer.parameters + PANEL_BYTES + <usize>panel * layer.stride;
  for (let at = w; at < w + bytes; at += 16) {
    v128.store(at + toGradients, unfusedMadd<T>(lambdas, v128.load(at), v128.load(at + toGradients)));
  }
  return sumOfSquares<T>(bytes, w);
}

/** (λ/2)·ΣW² */
export function penaltyOf(network: Network, squares: f64): f64 {
  return 0.5 * network.l2 * squares;
}

/**
 * g ← g·min(1, clipNorm / (‖g‖₂ + 1e-6)), the norm over all parameters, as torch.nn.utils.clip_grad_norm_ has it
 * (Pascanu, Mikolov and Bengio, 2013). False if the norm is not finite.
 */
export function clip<T extends number>(network: Network, gradients: usize): bool {
  const bytes = network.parameterBytes,
    end = gradients + bytes;
  let squares = 0.0;
  for (let at = gradients; at < end; at += PIECE) squares += sumOfSquares<T>(min(PIECE, end - at), at);
  clipBytes<T>(network, squares, bytes, gradients);
  return isFinite(squares);
}

/** The same for `bytes` bytes of g, of which the squares of all were summed. */
export function clipBytes<T extends number>(network: Network, squares: f64, bytes: usize, g: usize): void {
  const scale = network.clipNorm / (sqrt<f64>(squares) + 1e-6);
  if (!(scale < 1)) return;
  const scales = v128.splat<T>(<T>scale);
  for (const end = g + bytes; g < end; g += 16) v128.store(g, v128.mul<T>(scales, v128.load(g)));
}

/** Σ x² over `bytes` bytes, a multiple of a panel's row; of f32 too the squares are f64, and none overflows. */
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
