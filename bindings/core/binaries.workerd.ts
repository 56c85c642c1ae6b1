// Workers compile no bytes; these imports, which stay in the bundle, hand over modules compiled at deployment.
import relaxedSimd from './core.relaxed.wasm';
import simd from './core.wasm';
import type { Binary } from './binary.js';

const MODULES: Readonly<Record<Binary, WebAssembly.Module>> = { simd, 'relaxed-simd': relaxedSimd };

export function has(binary: Binary): boolean {
  return binary in MODULES;
}

export function compile(binary: Binary): WebAssembly.Module {
  return MODULES[binary];
}
