import { counts, inserts, simd } from './binaries.generated.js';
import { bytesOf, edited } from './binary-text.js';
import type { Binary } from './binary.js';

/** Whether that binary is at hand: here both are. */
export function has(_binary: Binary): boolean {
  return true;
}

/** The text that a binary travels as, in the package itself, so that nothing is ever fetched. */
export function textOf(binary: Binary): string {
  return binary === 'simd' ? simd : edited(simd, counts, inserts);
}

export function compile(binary: Binary): WebAssembly.Module {
  return new WebAssembly.Module(bytesOf(textOf(binary)));
}
