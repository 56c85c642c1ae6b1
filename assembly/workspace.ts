import { hasLateSlopes } from './activation';
import { blockRowsFor } from './blocks';
import { LossSpace, layLossSpace, lossSpaceBytes } from './loss-space';
import { MR } from './microkernel';
import { Network } from './network';
import { transposedBytes, transposedStride } from './pack';
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
  /** Room for a block of Y, with a column for the rows' weights. */
  target: usize;
  /** What the output function needs. */
  loss: LossSpace;

  @inline
  layer(l: i32): LayerSpace {
    return changetype<LayerSpace>(changetype<usize>(this) + HEADER + <usize>(l - 1) * offsetof<LayerSpace>());
  }
}

@unmanaged
@final
export class LayerSpace {
  /** Z_l, then A_l (rows, n_l): activations; of the last layer the logits Z_L. */
  a: usize;
  /** f′(Z_l) (rows, n_l); at A_l where nothing goes back, or where the way back computes it. */
  slope: usize;
  /** dZ_l (rows, n_l): the error term; of the last layer it takes the place of Z_L. */
  delta: usize;
  /** W_lᵀ with a first row of zeros, for l > 1. */
  transposed: usize;
  /** Bytes from one panel of it to the next. */
  transposedStride: usize;
}

const HEADER: usize = (offsetof<Workspace>() + 15) & ~15;

function workspaceHeadBytes(depth: i32): usize {
  return (HEADER + <usize>depth * offsetof<LayerSpace>() + 15) & ~15;
}

/** Bytes of a workspace for batches of that many rows; with or without what going backward needs. */
export function workspaceBytes(network: Network, batch: i32, backward: bool): u64 {
  const size = network.size;
  const rows = max(blockRowsFor(network, batch), MR);
  const outputs = network.layer(network.depth).outputs;
  let bytes = <u64>workspaceHeadBytes(network.depth);
  bytes += lossSpaceBytes(rows, outputs, size);
  bytes += blockBytes(rows, network.layer(1).inputs, size);
  if (backward) bytes += blockBytes(rows, outputs + 1, size);
  for (let l = 1; l <= network.depth; l++) {
    const layer = network.layer(l);
    bytes += blockBytes(rows, layer.outputs, size) * blocksOf(network, l, backward);
    if (backward && l > 1) bytes += transposedBytes(layer.inputs, layer.outputs, size);
  }
  return bytes;
}

/** How many blocks a layer needs: its output, on the way back dZ, and the slopes if they are kept. */
function blocksOf(network: Network, l: i32, backward: bool): i32 {
  if (!backward || l == network.depth) return 1;
  return hasLateSlopes(network.layer(l).activation, network.dropout) ? 2 : 3;
}

/**
 * A workspace at an address with room for workspaceBytes. To go backward it has to be zeros: spare rows and spare columns
 * are read without having been written, and must be finite; of Wᵀ they must be 0.
 */
export function layWorkspace(address: usize, network: Network, batch: i32, backward: bool): void {
  const size = network.size;
  const space = changetype<Workspace>(address);
  space.rows = blockRowsFor(network, batch);
  const rows = max(space.rows, MR);
  const outputs = network.layer(network.depth).outputs;
  space.stride = blockStride(rows);
  const first = address + workspaceHeadBytes(network.depth);
  let next = first + <usize>lossSpaceBytes(rows, outputs, size);
  space.input = next;
  next += <usize>blockBytes(rows, network.layer(1).inputs, size);
  space.target = next;
  if (backward) next += <usize>blockBytes(rows, outputs + 1, size);
  space.loss = layLossSpace(first, rows, outputs, size);
  for (let l = 1; l <= network.depth; l++) {
    const layer = network.layer(l);
    const block = <usize>blockBytes(rows, layer.outputs, size);
    const own = space.layer(l);
    own.a = next;
    next += block;
    own.slope = own.a;
    own.delta = own.a;
    if (blocksOf(network, l, backward) > 1) {
      own.delta = next;
      next += block;
    }
    if (blocksOf(network, l, backward) > 2) {
      own.slope = next;
      next += block;
    }
    if (backward && l > 1) {
      own.transposed = next;
      own.transposedStride = transposedStride(layer.outputs, size);
      next += <usize>transposedBytes(layer.inputs, layer.outputs, size);
    }
  }
}
