import {
  FeedforwardNN,
  Matrix,
  type FeedforwardNNOptions,
  type Output,
  type Precision,
} from '../bindings/index.js';
import type { Binary } from '../bindings/core/binary.js';

export const BINARIES: readonly Binary[] = ['simd', 'relaxed-simd'];

/**
 * Every binary with every precision; u is half a unit in the last place of 1. Below tiny numbers are subnormal, with
 * fewer bits, or 0 where an e^x on the way is infinite.
 */
export const CORES: readonly { binary: Binary; precision: Precision; u: number; tiny: number }[] =
  BINARIES.flatMap((binary) => [
    { binary, precision: 'f64', u: 2 ** -53, tiny: 2 ** -1000 },
    { binary, precision: 'f32', u: 2 ** -24, tiny: 2 ** -115 },
  ]);

/** A network on that very binary; an engine that cannot run it fails the test instead of passing it by. */
export function networkOn<O extends Output = 'softmax'>(
  binary: Binary,
  options: FeedforwardNNOptions<O>,
): FeedforwardNN<O> {
  const network = new FeedforwardNN<O>({ ...options, deterministic: binary === 'simd' });
  if (network.binary !== binary) throw new Error(`wanted the ${binary} binary, got ${network.binary}`);
  return network;
}

/** Z_l = A_{l−1} from here on, as all layers are of one width. */
export function setIdentity(network: Pick<FeedforwardNN, 'layers' | 'setParameters'>): void {
  const { layers } = network;
  const n = layers[0]!;
  const identity = new Matrix(n, n);
  for (let j = 0; j < n; j++) identity.row(j)[j] = 1;
  const each = layers.slice(1);
  network.setParameters({
    weights: each.map(() => identity),
    biases: each.map(() => new Float64Array(n)),
  });
}

/** All parameters as one array: W₁, b₁, W₂, b₂, … */
export function flat(network: Pick<FeedforwardNN, 'getParameters'>): Float64Array {
  const { weights, biases } = network.getParameters();
  return Float64Array.from(weights.flatMap((w, l) => [...w.data, ...biases[l]!]));
}
