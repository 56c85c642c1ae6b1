import { relaxedSimd, simd } from './binaries.generated.js';
import type { Binary } from './binary.js';

const BASE64: Readonly<Record<Binary, string>> = { simd, 'relaxed-simd': relaxedSimd };

/** Whether that binary is at hand. */
export function has(binary: Binary): boolean {
  return binary in BASE64;
}

/** Compiles a binary that travels in the package as text, so that nothing is ever fetched. */
export function compile(binary: Binary): WebAssembly.Module {
  const bytes = Uint8Array.from(atob(BASE64[binary]), (character) => character.charCodeAt(0));
  return new WebAssembly.Module(bytes);
}
