import { MR } from './microkernel';
import { Network } from './network';
import { PANEL_BYTES, panelCount, roundUp } from './panel';
import { sum, unfusedMadd } from './simd';

/** dW_l ← dW_l + λ·W_l for every layer; returns (λ/2)·ΣW². Biases have no part in it. */
export function penalize<T extends number>(network: Network, gradients: usize): f64 {
  const lambdas = v128.splat<T>(<T>network.l2);
  let total = 0.0;
  for (let l = 1; l <= network.depth; l++) {
    const layer = network.layer(l);
    const toGradients = network.within(gradients, l) - layer.parameters;
    const weightBytes = <usize>roundUp(layer.inputs, MR) * PANEL_BYTES;
    let w = layer.parameters + PANEL_BYTES;
    for (let panels = panelCount(layer.outputs, sizeof<T>()); panels > 0; panels--, w += layer.stride) {
      total += sumOfSquares<T>(weightBytes, w);
      for (let at = w; at < w + weightBytes; at += 16) {
        v128.store(at + toGradients, unfusedMadd<T>(lambdas, v128.load(at), v128.load(at + toGradients)));
      }
    }
  }
  return 0.5 * network.l2 * total;
}

/**
 * g ← g·min(1, clipNorm / (‖g‖₂ + 1e-6)), the norm over all parameters, as torch.nn.utils.clip_grad_norm_ has it
 * (Pascanu, Mikolov and Bengio, 2013). False if the norm is not finite.
 */
export function clip<T extends number>(network: Network, gradients: usize): bool {
  const norm = sqrt<f64>(sumOfSquares<T>(network.parameterBytes, gradients));
  const scale = network.clipNorm / (norm + 1e-6);
  if (scale < 1) {
    const scales = v128.splat<T>(<T>scale);
    const end = gradients + network.parameterBytes;
    for (let at = gradients; at < end; at += 16) v128.store(at, v128.mul<T>(scales, v128.load(at)));
  }
  return isFinite(norm);
}

/** Σ x² over `bytes` bytes, a multiple of a panel's row; of f32 too the squares are f64, and none overflows. */
function sumOfSquares<T extends number>(bytes: usize, x: usize): f64 {
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
