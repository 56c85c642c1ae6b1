import { LossSpace, layLossSpace, lossSpaceBytes } from './loss';
import { MR } from './microkernel';
import { Network } from './network';
import { transposedBytes } from './pack';
import { blockBytes, blockStride } from './panel';

/** What one block of rows needs on its way through the network; LayerSpace 1 … L follow this header. */
@unmanaged
@final
export class Workspace {
  /** Rows that fit. */
  rows: i32;
  /** Bytes from one panel to the next, of every block here. */
  stride: usize;
  /** Room for a block of X. */
  input: usize;
  /** What the output function needs. */
  loss: LossSpace;

  @inline
  layer(l: i32): LayerSpace {
    return changetype<LayerSpace>(changetype<usize>(this) + 16 + <usize>(l - 1) * offsetof<LayerSpace>());
  }
}

@unmanaged
@final
export class LayerSpace {
  /** A_l (rows, n_l): activations; of the last layer the logits Z_L. */
  a: usize;
  /** dZ_l (rows, n_l): the error term; of the last layer it takes the place of Z_L. */
  delta: usize;
  /** W_lᵀ with a first row of zeros, for l > 1. */
  transposed: usize;
}

function workspaceHeadBytes(depth: i32): usize {
  return (16 + <usize>depth * offsetof<LayerSpace>() + 15) & ~15;
}

/** Bytes of a workspace for blocks of that many rows; with or without what going backward needs. */
export function workspaceBytes<T extends number>(network: Network, rows: i32, backward: bool): u64 {
  rows = max(rows, MR);
  let bytes = <u64>workspaceHeadBytes(network.depth);
  bytes += lossSpaceBytes<T>(rows, network.layer(network.depth).outputs);
  bytes += blockBytes<T>(rows, network.layer(1).inputs);
  for (let l = 1; l <= network.depth; l++) {
    const layer = network.layer(l);
    const block = blockBytes<T>(rows, layer.outputs);
    bytes += block;
    if (backward && l < network.depth) bytes += block;
    if (backward && l > 1) bytes += transposedBytes<T>(layer.inputs, layer.outputs);
  }
  return bytes;
}

/** A workspace at an address with room for workspaceBytes. */
export function layWorkspace<T extends number>(
  address: usize,
  network: Network,
  rows: i32,
  backward: bool,
): void {
  const space = changetype<Workspace>(address);
  space.rows = rows;
  rows = max(rows, MR);
  const outputs = network.layer(network.depth).outputs;
  space.stride = blockStride(rows);
  let next = address + workspaceHeadBytes(network.depth);
  space.loss = layLossSpace<T>(next, rows, outputs);
  next += <usize>lossSpaceBytes<T>(rows, outputs);
  space.input = next;
  next += <usize>blockBytes<T>(rows, network.layer(1).inputs);
  for (let l = 1; l <= network.depth; l++) {
    const layer = network.layer(l);
    const block = <usize>blockBytes<T>(rows, layer.outputs);
    const own = space.layer(l);
    own.a = next;
    next += block;
    own.delta = own.a;
    if (backward && l < network.depth) {
      own.delta = next;
      next += block;
    }
    if (backward && l > 1) {
      const bytes = <usize>transposedBytes<T>(layer.inputs, layer.outputs);
      own.transposed = next;
      memory.fill(next, 0, bytes);
      next += bytes;
    }
  }
}
