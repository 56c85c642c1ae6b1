import { tanhBackward, tanhForward } from './activation';
import { Dense, denseBackward, denseForward, parameterBytes, parameterStride } from './dense';
import { gemmNN } from './gemm';
import { LossSpace, layLossSpace, lossSpaceBytes } from './loss';
import { MR } from './microkernel';
import { pack, packTransposed, transposedBytes, transposedStride, unpack } from './pack';
import { PANEL_BYTES, blockBytes, blockStride, panelWidth } from './panel';
import { Random } from './random';

/**
 * A network is one arena: this header, its random generator, its layers, and the parameters of all layers as one flat
 * block, W₁ and b₁ first. What a block of rows needs on its way is a Workspace, laid where the caller has room.
 */
@unmanaged
@final
export class Network {
  /** L: how many layers have weights. */
  depth: i32;
  /** Address of the parameters of all layers. */
  parameters: usize;
  parameterBytes: usize;

  @inline
  get random(): Random {
    return changetype<Random>(changetype<usize>(this) + NETWORK_HEADER);
  }

  /** Layer l of 1 … L. */
  @inline
  layer(l: i32): Dense {
    return changetype<Dense>(
      changetype<usize>(this) + NETWORK_HEADER + offsetof<Random>() + <usize>(l - 1) * offsetof<Dense>(),
    );
  }

  /** Where the gradient of layer l lies in a block laid out like the parameters. */
  @inline
  within(block: usize, l: i32): usize {
    return block + (this.layer(l).parameters - this.parameters);
  }
}

const NETWORK_HEADER: usize = 16;

/** Bytes before the parameters, a multiple of 16. */
function networkHeadBytes(depth: i32): usize {
  return (NETWORK_HEADER + offsetof<Random>() + <usize>depth * offsetof<Dense>() + 15) & ~15;
}

/** The i32 at index i of an array. */
function widthAt(widths: usize, i: i32): i32 {
  return load<i32>(widths + ((<usize>i) << 2));
}

/** Bytes of a network of widths n₀ … n_depth (i32 each). */
export function networkBytes<T extends number>(widths: usize, depth: i32): u64 {
  let bytes = <u64>networkHeadBytes(depth);
  for (let l = 1; l <= depth; l++) bytes += parameterBytes<T>(widthAt(widths, l - 1), widthAt(widths, l));
  return bytes;
}

/** A network with all parameters 0, at an address with room for networkBytes. */
export function layNetwork<T extends number>(address: usize, widths: usize, depth: i32): void {
  const network = changetype<Network>(address);
  network.depth = depth;
  network.parameters = address + networkHeadBytes(depth);
  let parameters = network.parameters;
  for (let l = 1; l <= depth; l++) {
    const layer = network.layer(l);
    layer.inputs = widthAt(widths, l - 1);
    layer.outputs = widthAt(widths, l);
    layer.parameters = parameters;
    layer.stride = parameterStride(layer.inputs);
    parameters += <usize>parameterBytes<T>(layer.inputs, layer.outputs);
  }
  network.parameterBytes = parameters - network.parameters;
  memory.fill(network.parameters, 0, network.parameterBytes);
}

/** Offset of column j of a row in panels. */
function columnOffset<T extends number>(j: i32, stride: usize): usize {
  return <usize>(j / panelWidth<T>()) * stride + <usize>(j % panelWidth<T>()) * sizeof<T>();
}

/** W_l ← N(0, 1)·scales[l−1], drawn row by row from the seed, layer after layer; b_l ← 0. */
export function initialize<T extends number>(network: Network, seed: u64, scales: usize): void {
  const random = network.random;
  random.seed(seed);
  for (let l = 1; l <= network.depth; l++) {
    const layer = network.layer(l);
    const scale = load<f64>(scales + ((<usize>(l - 1)) << 3));
    for (let i = 0; i < layer.inputs; i++) {
      const row = layer.parameters + <usize>(1 + i) * PANEL_BYTES;
      for (let j = 0; j < layer.outputs; j++) {
        store<T>(row + columnOffset<T>(j, layer.stride), <T>(random.normal() * scale));
      }
    }
  }
}

/**
 * Rows first … first+count−1 of W_l, in a block laid out like the parameters ← row-major source.
 * Returns the row-major index within source of the first value that is not finite, or −1.
 */
export function packWeights<T extends number>(
  network: Network,
  l: i32,
  block: usize,
  first: i32,
  count: i32,
  source: usize,
): i32 {
  const layer = network.layer(l);
  return pack<T>(count, layer.outputs, source, weightRow(network, l, block, first), layer.stride);
}

/** b_l, in a block laid out like the parameters ← vector; returns the index of a value not finite, or −1. */
export function packBiases<T extends number>(network: Network, l: i32, block: usize, source: usize): i32 {
  const layer = network.layer(l);
  return pack<T>(1, layer.outputs, source, network.within(block, l), layer.stride);
}

/** Row-major target ← rows first … first+count−1 of W_l, in a block laid out like the parameters. */
export function unpackWeights<T extends number>(
  network: Network,
  l: i32,
  block: usize,
  first: i32,
  count: i32,
  target: usize,
): void {
  const layer = network.layer(l);
  unpack<T>(count, layer.outputs, weightRow(network, l, block, first), layer.stride, target);
}

/** Vector target ← b_l, in a block laid out like the parameters. */
export function unpackBiases<T extends number>(network: Network, l: i32, block: usize, target: usize): void {
  const layer = network.layer(l);
  unpack<T>(1, layer.outputs, network.within(block, l), layer.stride, target);
}

function weightRow(network: Network, l: i32, block: usize, i: i32): usize {
  return network.within(block, l) + <usize>(1 + i) * PANEL_BYTES;
}

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
