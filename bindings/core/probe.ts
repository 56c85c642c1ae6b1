import { has } from './binaries.js';
import type { Binary } from './binary.js';

/** The smallest module with a vector: (module (func i32.const 0 i8x16.splat drop)) */
const SIMD = moduleOf(
  [0x01, 0x04, 0x01, 0x60, 0x00, 0x00],
  [0x03, 0x02, 0x01, 0x00],
  [0x0a, 0x09, 0x01, 0x07, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x1a, 0x0b],
);

/**
 * The smallest module with a relaxed multiply–add:
 * (module (func (param v128) (result v128) local.get 0 local.get 0 local.get 0 f64x2.relaxed_madd))
 */
const RELAXED_MADD = moduleOf(
  [0x01, 0x06, 0x01, 0x60, 0x01, 0x7b, 0x01, 0x7b],
  [0x03, 0x02, 0x01, 0x00],
  [0x0a, 0x0d, 0x01, 0x0b, 0x00, 0x20, 0x00, 0x20, 0x00, 0x20, 0x00, 0xfd, 0x87, 0x02, 0x0b],
);

/** The fastest binary that this engine runs, of those at hand. */
export function probe(): Binary {
  return has('relaxed-simd') && validates(RELAXED_MADD) ? 'relaxed-simd' : 'simd';
}

/** Whether there is any WebAssembly, allowed or not. */
export function hasWebAssembly(): boolean {
  return typeof WebAssembly === 'object';
}

/** Whether this engine runs vector instructions. */
export function hasSimd(): boolean {
  return validates(SIMD);
}

/** A module of these sections, after the header `\0asm`, version 1. */
function moduleOf(...sections: number[][]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, ...sections.flat()]);
}

function validates(bytes: Uint8Array<ArrayBuffer>): boolean {
  return hasWebAssembly() && WebAssembly.validate(bytes);
}
