import { activate, hasLateSlopes, Slopes } from '../../assembly/activation';
import { drop } from '../../assembly/dropout';
import { costOf } from '../../assembly/loss';
import { layLossSpace } from '../../assembly/loss-space';
import { layNetwork, leastBlockRows, networkBytes, Network } from '../../assembly/network';
import { optimize } from '../../assembly/optimizer';
import { MR } from '../../assembly/microkernel';
import { PANEL_BYTES, blockBytes, blockStride, panelCount } from '../../assembly/panel';
import { Random } from '../../assembly/random';
import { clip, penalize, sumOfSquares } from '../../assembly/regularization';

/**
 * The parts of a training step that are no product of matrices: over all m rows, block by block as training makes them,
 * or over the parameters of a network. They work in place; the caller puts back what they change.
 */

/** A ← f(Z), S ← f′(Z); Z (m, n) in blocks, S one block, left out where a step without dropout has none. */
export function activations<T extends number>(m: i32, n: i32, z: usize, s: usize, activation: i32): void {
  const rows = min(m, leastBlockRows(sizeof<T>())),
    stride = blockStride(rows);
  const late = hasLateSlopes(activation, 0);
  for (let i = 0; i < m; i += rows, z += <usize>blockBytes(rows, n, sizeof<T>())) {
    activate<T>(activation, min(rows, m - i), n, z, late ? z : s, stride);
  }
}

/** A ← A ∘ S, which is the work of dA ∘ S on the way back; A (m, n) in blocks, S one block as above. */
export function slopes<T extends number>(m: i32, n: i32, a: usize, s: usize, activation: i32): void {
  const rows = min(m, leastBlockRows(sizeof<T>())),
    stride = blockStride(rows);
  const late = hasLateSlopes(activation, 0);
  for (let i = 0; i < m; i += rows, a += <usize>blockBytes(rows, n, sizeof<T>())) {
    Slopes.multiply<T>(min(rows, m - i), n, a, a, late ? a : s, stride);
  }
}

/** A ← A ∘ M, S ← S ∘ M; A (m, n) in blocks, S one block. */
export function drops<T extends number>(
  m: i32,
  n: i32,
  a: usize,
  s: usize,
  random: Random,
  share: f64,
): void {
  const rows = min(m, leastBlockRows(sizeof<T>())),
    stride = blockStride(rows);
  for (let i = 0; i < m; i += rows, a += <usize>blockBytes(rows, n, sizeof<T>())) {
    drop<T>(random, share, min(rows, m - i), n, a, s, stride);
  }
}

/** delta ← (Ŷ − Y) / m in place of the logits Z, and the cost; Z and Y (m, n) in blocks. */
export function costs<T extends number>(
  m: i32,
  n: i32,
  z: usize,
  y: usize,
  scratch: usize,
  output: i32,
): f64 {
  const rows = min(m, leastBlockRows(sizeof<T>())),
    stride = blockStride(rows),
    bytes = <usize>blockBytes(rows, n, sizeof<T>());
  const space = layLossSpace(scratch, rows, n, sizeof<T>());
  let cost = 0.0;
  for (let i = 0; i < m; i += rows, z += bytes, y += bytes) {
    cost += costOf<T>(output, min(rows, m - i), n, z, stride, y, stride, n, 1 / <f64>m, space);
  }
  return cost;
}

/** A network n0-n1-n2 with two moments, all 0. */
export function network<T extends number>(n0: i32, n1: i32, n2: i32): Network {
  const widths = heap.alloc(12);
  store<i32>(widths, n0);
  store<i32>(widths, n1, 4);
  store<i32>(widths, n2, 8);
  const address = heap.alloc(<usize>networkBytes(widths, 2, sizeof<T>(), 2));
  layNetwork(address, widths, 2, sizeof<T>(), 2, MR);
  heap.free(widths);
  return changetype<Network>(address);
}

/** One update. */
export function updates<T extends number>(
  network: Network,
  gradients: usize,
  rate: f64,
  optimizer: i32,
  s0: f64,
  s1: f64,
  s2: f64,
  s3: f64,
): bool {
  network.optimizer = optimizer;
  network.setting0 = s0;
  network.setting1 = s1;
  network.setting2 = s2;
  network.setting3 = s3;
  network.step++;
  return optimize<T>(network, gradients, rate, 0, network.parameterBytes);
}

/** dW ← dW + λ·W, and the penalty. */
export function penalties<T extends number>(network: Network, gradients: usize, l2: f64): f64 {
  let squares = 0.0;
  for (let l = 1; l <= network.depth; l++) {
    const layer = network.layer(l);
    for (let panel = 0; panel < panelCount(layer.outputs, sizeof<T>()); panel++) {
      const w = layer.parameters + <usize>panel * layer.stride + PANEL_BYTES;
      squares += penalize<T>(l2, layer.stride - PANEL_BYTES, w, w + (gradients - network.parameters));
    }
  }
  return 0.5 * l2 * squares;
}

/** The gradients cut back to a norm. */
export function clips<T extends number>(network: Network, gradients: usize, norm: f64): bool {
  const bytes = network.parameterBytes;
  const squares = sumOfSquares<T>(bytes, gradients);
  clip<T>(norm, squares, bytes, gradients);
  return isFinite(squares);
}
