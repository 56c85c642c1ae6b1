import { Dense, parameterBytes, parameterStride } from './dense';
import { pack, unpack } from './pack';
import { PANEL_BYTES, columnOffset } from './panel';
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
