import { tanhBackward, tanhForward } from './activation';
import { denseBackward, denseForward } from './dense';
import { gemmNN } from './gemm';
import { Network } from './network';
import { packTransposed, transposedStride } from './pack';
import { PANEL_BYTES } from './panel';
import { Workspace } from './workspace';

/** One block of rows on its way through the whole network and back. */

/** A₀ = X; Z_l = 1·b_l + A_{l−1}·W_l; A_l = tanh Z_l; the last layer is left at Z_L. X (rows, n₀). */
export function forward<T extends number>(
  network: Network,
  space: Workspace,
  rows: i32,
  x: usize,
  xStride: usize,
): void {
  for (let l = 1; l <= network.depth; l++) {
    const layer = network.layer(l);
    const a = space.layer(l).a;
    denseForward<T>(layer, rows, x, xStride, a, space.stride);
    if (l < network.depth) tanhForward<T>(rows, layer.outputs, a, space.stride);
    x = a;
    xStride = space.stride;
  }
}

/** W_lᵀ of every layer that an error term goes back through; once a step. */
export function transposeWeights<T extends number>(network: Network, space: Workspace): void {
  for (let l = 2; l <= network.depth; l++) {
    const layer = network.layer(l);
    const w = layer.parameters + PANEL_BYTES;
    packTransposed<T>(layer.inputs, layer.outputs, w, layer.stride, space.layer(l).transposed);
  }
}

/**
 * From dZ_L: dW_l = A_{l−1}ᵀ·dZ_l, db_l = 1ᵀ·dZ_l, dA_{l−1} = dZ_l·W_lᵀ, dZ_{l−1} = dA_{l−1} ∘ (1 − A_{l−1}²).
 * The gradients replace what is in their block or, to accumulate, are added to it.
 */
export function backward<T extends number>(
  network: Network,
  space: Workspace,
  rows: i32,
  x: usize,
  xStride: usize,
  gradients: usize,
  accumulate: bool,
): void {
  const stride = space.stride;
  for (let l = network.depth; l > 1; l--) {
    const layer = network.layer(l);
    const own = space.layer(l),
      below = space.layer(l - 1);
    denseBackward<T>(
      layer,
      rows,
      below.a,
      stride,
      own.delta,
      stride,
      network.within(gradients, l),
      accumulate,
    );
    gemmNN<T>(
      rows,
      layer.inputs,
      layer.outputs,
      own.delta,
      stride,
      own.transposed,
      transposedStride<T>(layer.outputs),
      below.delta,
      stride,
    );
    tanhBackward<T>(rows, layer.inputs, below.a, below.delta, stride);
  }
  const first = network.layer(1);
  denseBackward<T>(first, rows, x, xStride, space.layer(1).delta, stride, gradients, accumulate);
}
