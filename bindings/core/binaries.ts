import { binary as compressed, size } from './binary.generated.js';
import type { Binary } from './binary.js';
import { decompress } from './decompress.js';
import { unfuse } from './unfuse.js';

/** Whether that binary is at hand: here both are. */
export function has(_binary: Binary): boolean {
  return true;
}

/** A binary as it was built. The one with relaxed SIMD travels in the package itself, so that nothing is ever fetched. */
export function bytesOf(binary: Binary): Uint8Array<ArrayBuffer> {
  const relaxed = decompress(compressed, size);
  return binary === 'simd' ? unfuse(relaxed) : relaxed;
}

export function compile(binary: Binary): WebAssembly.Module {
  return new WebAssembly.Module(bytesOf(binary));
}
