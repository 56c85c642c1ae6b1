import { Activation } from './activation';
import { Dense, parameterBytes, parameterStride } from './dense';
import { MR } from './microkernel';
import { pack, unpack } from './pack';
import { PANEL_BYTES, Panel, offsetOf } from './panel';
import { Random } from './random';

/**
 * A network is one arena: this header, its random generator, its layers, the parameters of all layers as one flat
 * block, W₁ and b₁ first, and as many blocks of the same layout as its optimiser keeps moments. What a block of rows
 * needs on its way is a Workspace, laid where the caller has room.
 */
@unmanaged
@final
export class Network {
  /** L: how many layers have weights. */
  depth: i32;
  /** Bytes of a number, 4 for f32 and 8 for f64. */
  size: i32;
  /** The most rows that go through it together. */
  blockRows: i32;
  /** The function of the last layer, with its cost: an Output. */
  output: i32;
  /** Address of the parameters of all layers. */
  parameters: usize;
  parameterBytes: usize;
  /** Share of the hidden activations that a training step leaves out, 0 … 1. */
  dropout: f64;
  /** λ of the term (λ/2)·ΣW² of the cost. */
  l2: f64;
  /** The greatest norm that a gradient keeps; Infinity keeps all. */
  clipNorm: f64;
  /** An Optimizer with its settings, whose meanings stand in optimizer.ts. */
  optimizer: i32;
  moments: i32;
  setting0: f64;
  setting1: f64;
  setting2: f64;
  setting3: f64;
  /** Updates made since the moments were 0; the random generator follows. */
  step: u64;

  /** Address of moment k of 0 … moments − 1. */
  @inline
  moment(k: i32): usize {
    return this.parameters + <usize>(1 + k) * this.parameterBytes;
  }

  @inline
  get random(): Random {
    return changetype<Random>(changetype<usize>(this) + offsetof<Network>());
  }

  /** Layer l of 1 … L. */
  @inline
  layer(l: i32): Dense {
    return changetype<Dense>(
      changetype<usize>(this) + offsetof<Network>() + offsetof<Random>() + <usize>(l - 1) * offsetof<Dense>(),
    );
  }

  /** Where a layer lies in a block laid out like the parameters. */
  @inline
  within(block: usize, layer: Dense): usize {
    return block + (layer.parameters - this.parameters);
  }
}

/**
 * A block's activations stay in the cache while it goes through the whole network and back: in all layers they take up to
 * BLOCK_BYTES. Of wide networks they take more, as with fewer rows the weights are read too often: in f64 with 48, which are
 * eight tall tiles, 784-128-10 and 1024-1024-10 take 1 to 4 % less than with 40 (Zen 5; with 72 they take 1 % less again,
 * where the second-level cache has 1 MiB). In f32 rows are half as wide: with 72 the latter takes 2 % less than with 48, and
 * an eighth less where others use the caches. Of narrow ones more rows gain 1 to 3 % of digits, 3 to 7 % of iris.
 * Where even those take more than MOST_BLOCK_BYTES, as of 50,000 classes, fewer take 7 to 26 % less time (64-50000 to
 * 64-100000; of twelve figures three were slower).
 */
const BLOCK_BYTES: i32 = 98304;
const MOST_BLOCK_ROWS: i32 = 160;
const MOST_BLOCK_BYTES: i32 = 4194304;

/** Rows of a block however wide the network is, unless MOST_BLOCK_BYTES forbids it, for numbers of so many bytes. */
export function leastBlockRows(size: i32): i32 {
  return size == 4 ? 72 : 48;
}

/** Bytes before the parameters, a multiple of 16. */
function networkHeadBytes(depth: i32): usize {
  return (offsetof<Network>() + offsetof<Random>() + <usize>depth * offsetof<Dense>() + 15) & ~15;
}

/** The i32 at index i of an array. */
function widthAt(widths: usize, i: i32): i32 {
  return load<i32>(widths + ((<usize>i) << 2));
}

/** Bytes of a network of widths n₀ … n_depth (i32 each), numbers of so many bytes, and that many moments. */
export function networkBytes(widths: usize, depth: i32, size: i32, moments: i32): u64 {
  let bytes: u64 = 0;
  for (let l = 1; l <= depth; l++) bytes += parameterBytes(widthAt(widths, l - 1), widthAt(widths, l), size);
  return networkHeadBytes(depth) + <u64>(1 + moments) * bytes;
}

/**
 * A network with all parameters and moments 0, at an address with room for networkBytes.
 *
 * @param tileRows the most rows of a tile: MR, or TALL where the engine may have these (microkernel.ts)
 */
export function layNetwork(
  address: usize,
  widths: usize,
  depth: i32,
  size: i32,
  moments: i32,
  tileRows: i32,
): void {
  const network = changetype<Network>(address);
  network.depth = depth;
  network.size = size;
  network.moments = moments;
  network.step = 0;
  let width = widthAt(widths, 0);
  for (let l = 1; l <= depth; l++) {
    const layer = network.layer(l);
    layer.inputs = widthAt(widths, l - 1);
    layer.outputs = widthAt(widths, l);
    layer.activation = Activation.IDENTITY;
    layer.tileRows = tileRows;
    layer.stride = parameterStride(layer.inputs);
    width += layer.outputs;
  }
  // No overflow: the parameters, for which there is room, are more bytes than that.
  const rowBytes = width * size;
  const rows = min(MOST_BLOCK_ROWS, max(leastBlockRows(size), BLOCK_BYTES / rowBytes));
  network.blockRows = min(rows, max(MR, MOST_BLOCK_BYTES / rowBytes));
  placeNetwork(network);
  memory.fill(network.parameters, 0, <usize>(1 + moments) * network.parameterBytes);
}

/** Says where its parameters lie: behind it, also when it was copied from another address. */
export function placeNetwork(network: Network): void {
  network.parameters = changetype<usize>(network) + networkHeadBytes(network.depth);
  let parameters = network.parameters;
  for (let l = 1; l <= network.depth; l++) {
    const layer = network.layer(l);
    layer.parameters = parameters;
    parameters += <usize>parameterBytes(layer.inputs, layer.outputs, network.size);
  }
  network.parameterBytes = parameters - network.parameters;
}

/** W_l ← scales[l−1]·N(0, 1), or ·U(−1, 1), drawn row by row from the seed, layer after layer; b_l stays. */
export function initialize<T extends number>(
  network: Network,
  seed: u64,
  scales: usize,
  uniform: bool,
): void {
  const random = network.random;
  random.seed(seed);
  for (let l = 1; l <= network.depth; l++) {
    const layer = network.layer(l);
    const scale = load<f64>(scales + ((<usize>(l - 1)) << 3));
    for (let i = 0; i < layer.inputs; i++) {
      const row = layer.parameters + <usize>(1 + i) * PANEL_BYTES;
      for (let j = 0; j < layer.outputs; j++) {
        const drawn = uniform ? random.uniform() : random.normal();
        store<T>(row + Panel.offset<T>(j, layer.stride), <T>(drawn * scale));
      }
    }
  }
}

/**
 * Rows and columns of layer l's parameters, of which row 0 is b_l and the others are W_l, in a block laid out like the
 * parameters ← row-major source (rowCount, width). Returns whether it is finite.
 *
 * @param from a multiple of a panel's width
 */
export function packParameters<T extends number>(
  network: Network,
  l: i32,
  block: usize,
  source: usize,
  firstRow: i32,
  rowCount: i32,
  from: i32,
  width: i32,
): bool {
  const to = parameterOf(network, l, block, firstRow, from);
  return pack<T>(rowCount, width, source, to, network.layer(l).stride);
}

/** Row-major target ← rows first … first+count−1 of layer l's parameters, in a block laid out like the parameters. */
export function unpackParameters(
  network: Network,
  l: i32,
  block: usize,
  first: i32,
  count: i32,
  target: usize,
): void {
  const layer = network.layer(l);
  unpack(count, layer.outputs, network.size, parameterRow(network, l, block, first), layer.stride, target);
}

/** Address of element (i, j) of layer l's parameters, in a block laid out like the parameters. */
export function parameterOf(network: Network, l: i32, block: usize, i: i32, j: i32): usize {
  return parameterRow(network, l, block, i) + offsetOf(j, network.layer(l).stride, network.size);
}

function parameterRow(network: Network, l: i32, block: usize, i: i32): usize {
  return network.within(block, network.layer(l)) + <usize>i * PANEL_BYTES;
}
