import { FeedforwardNN, type FeedforwardNNOptions } from '../bindings/index.js';
import type { Binary } from '../bindings/core/binary.js';

export const BINARIES: readonly Binary[] = ['simd', 'relaxed-simd'];

/** A network on that very binary; an engine that cannot run it fails the test instead of passing it by. */
export function networkOn(binary: Binary, options: FeedforwardNNOptions): FeedforwardNN {
  const network = new FeedforwardNN({ ...options, deterministic: binary === 'simd' });
  if (network.binary !== binary) throw new Error(`wanted the ${binary} binary, got ${network.binary}`);
  return network;
}

/** All parameters as one array: W₁, b₁, W₂, b₂, … */
export function flat(network: FeedforwardNN): Float64Array {
  const { weights, biases } = network.getParameters();
  return Float64Array.from(weights.flatMap((w, l) => [...w.data, ...biases[l]!]));
}
