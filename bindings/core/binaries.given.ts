import type { Binary } from './binary.js';
import { take } from './given.js';

export { isGiven as has } from './given.js';

/** The module that the caller compiled. */
export function compile(binary: Binary): WebAssembly.Module {
  return take(binary) as WebAssembly.Module;
}
