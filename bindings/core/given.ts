import { mismatch } from '../messages.js';
import type { Binary } from './binary.js';

let given: Readonly<Record<Binary, object | undefined>> | undefined;
let taken = false;

/**
 * Gives this entry the compiled core that all its networks run on, once and before the first of them.
 *
 * @param simd the package's `core.wasm` as a `WebAssembly.Module`
 * @param relaxedSimd its `core.relaxed.wasm`, where the engine compiles it: faster, and taken by every network that
 *   is not `deterministic`
 * @throws TypeError for anything but a compiled module
 * @throws Error if there are networks already
 */
export function useCore(simd: object, relaxedSimd?: object): void {
  if (taken) throw new Error('useCore was called after the first network; call it before');
  given = {
    simd: checkModule(simd, 'simd'),
    'relaxed-simd': relaxedSimd === undefined ? undefined : checkModule(relaxedSimd, 'relaxedSimd'),
  };
}

/** Whether that binary was given. */
export function isGiven(binary: Binary): boolean {
  return given?.[binary] !== undefined;
}

/** The module that was given for that binary. */
export function take(binary: Binary): object {
  const module = given?.[binary];
  if (module === undefined)
    throw new Error(
      'there is no core yet; call useCore with the compiled core.wasm before the first network',
    );
  taken = true;
  return module;
}

function checkModule(module: object, label: string): object {
  if (module instanceof WebAssembly.Module) return module;
  throw new TypeError(mismatch(label, 'a WebAssembly.Module', module));
}
