import { has } from './binaries.js';
import type { Binary } from './binary.js';

/** i32.const 0, i8x16.splat */
const VECTOR = [0x41, 0x00, 0xfd, 0x0f];
/** f64x2.relaxed_madd */
const RELAXED_MADD = [0xfd, 0x87, 0x02];

/** The fastest binary that this engine runs, of those at hand. */
export function probe(): Binary {
  return has('relaxed-simd') && validates([...VECTOR, ...VECTOR, ...VECTOR, ...RELAXED_MADD])
    ? 'relaxed-simd'
    : 'simd';
}

/**
 * The most rows of a tile in the core's products (assembly/microkernel.ts). Tall ones are fast where multiply–adds are fused
 * and the engine is no V8 before 13, which would be slow; a sign of a later one is Float16Array, which came with 13.5.
 */
export function mostTileRows(binary: Binary): number {
  return binary === 'relaxed-simd' && 'Float16Array' in globalThis ? 6 : 4;
}

/** Whether there is any WebAssembly, allowed or not. */
export function hasWebAssembly(): boolean {
  return typeof WebAssembly === 'object';
}

/** Whether this engine runs vector instructions. */
export function hasSimd(): boolean {
  return validates(VECTOR);
}

/** Whether this engine takes the smallest module with that code, which leaves one value: (module (func … drop)) */
function validates(code: readonly number[]): boolean {
  const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  const types = [0x01, 0x04, 0x01, 0x60, 0x00, 0x00];
  const functions = [0x03, 0x02, 0x01, 0x00];
  const bodies = [0x0a, code.length + 5, 0x01, code.length + 3, 0x00, ...code, 0x1a, 0x0b];
  return hasWebAssembly() && WebAssembly.validate(Uint8Array.from([header, types, functions, bodies].flat()));
}
