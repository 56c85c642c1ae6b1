import { binaries, relaxedSize, simdSize } from './binaries.generated.js';
import type { Binary } from './binary.js';
import { decompress } from './decompress.js';

/** Whether that binary is at hand: here both are. */
export function has(_binary: Binary): boolean {
  return true;
}

/** A binary as it was built. Both travel in the package itself, the commoner one first, so that nothing is ever fetched. */
export function bytesOf(binary: Binary): Uint8Array<ArrayBuffer> {
  return binary === 'simd'
    ? decompress(binaries, relaxedSize + simdSize).subarray(relaxedSize)
    : decompress(binaries, relaxedSize);
}

export function compile(binary: Binary): WebAssembly.Module {
  return new WebAssembly.Module(bytesOf(binary));
}
