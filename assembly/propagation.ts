import { Activation, activate, Slopes, tanhForward } from './activation';
import { denseBackward, denseForward } from './dense';
import { drop } from './dropout';
import { gemmNN } from './gemm';
import { Network } from './network';
import { packTransposed } from './pack';
import { PANEL_BYTES } from './panel';
import { Workspace } from './workspace';

/** One block of rows on its way through the whole network and back. */

/**
 * A₀ = X; Z_l = 1·b_l + A_{l−1}·W_l; A_l = f_l(Z_l), S_l = f_l′(Z_l), when dropping both ∘ M_l; the last layer is left
 * at Z_L. X (rows, n₀).
 */
export function forward<T extends number>(
  network: Network,
  space: Workspace,
  rows: i32,
  x: usize,
  xStride: usize,
  dropping: bool,
): void {
  const stride = space.stride;
  for (let l = 1; l <= network.depth; l++) {
    const layer = network.layer(l);
    const own = space.layer(l);
    denseForward<T>(layer, rows, x, xStride, own.a, stride);
    if (l == network.depth) break;
    if (layer.activation == Activation.TANH && own.slope == own.a) {
      tanhForward<T>(rows, layer.outputs, own.a, stride);
    } else {
      activate<T>(layer.activation, rows, layer.outputs, own.a, own.slope, stride);
    }
    if (dropping) drop<T>(network.random, network.dropout, rows, layer.outputs, own.a, own.slope, stride);
    x = own.a;
    xStride = stride;
  }
}

/** W_lᵀ of every layer that an error term goes back through; once a step. */
export function transposeWeights<T extends number>(network: Network, space: Workspace): void {
  for (let l = 2; l <= network.depth; l++) {
    const layer = network.layer(l);
    const w = layer.parameters + PANEL_BYTES;
    const own = space.layer(l);
    packTransposed<T>(layer.inputs, layer.outputs, w, layer.stride, own.transposed, own.transposedStride);
  }
}

/**
 * From dZ_L: dW_l = A_{l−1}ᵀ·dZ_l, db_l = 1ᵀ·dZ_l, dA_{l−1} = dZ_l·W_lᵀ, dZ_{l−1} = dA_{l−1} ∘ S_{l−1}. The gradients
 * replace what is in their block or, to accumulate, are added to it.
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
      network.within(gradients, layer),
      accumulate,
    );
    gemmNN<T>(
      layer.tileRows,
      rows,
      layer.inputs,
      layer.outputs,
      own.delta,
      stride,
      own.transposed,
      own.transposedStride,
      below.delta,
      stride,
    );
    Slopes.multiply<T>(rows, layer.inputs, below.delta, below.a, below.slope, stride);
  }
  const first = network.layer(1);
  denseBackward<T>(first, rows, x, xStride, space.layer(1).delta, stride, gradients, accumulate);
}
