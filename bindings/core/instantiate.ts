import { OutOfMemoryError, UnsupportedRuntimeError } from '../errors.js';
import { compile } from './binaries.js';
import type { Binary } from './binary.js';
import type { CoreExports } from './exports.js';
import { hasSimd, hasWebAssembly } from './probe.js';

/** The least that an instance's memory takes. */
const PAGE_BYTES = 64 * 1024;

const NO_WEBASSEMBLY = 'this runtime has no WebAssembly, or it is switched off';

const NO_SIMD = 'this engine has no WebAssembly SIMD, which Chrome 91, Firefox 89 and Safari 16.4 brought';

const POLICY =
  "compiling WebAssembly is forbidden here; add 'wasm-unsafe-eval' to script-src in the Content-Security-Policy";

const WORKERS =
  'Workers compile no WebAssembly at run time; bundle with the export condition "workerd", as wrangler does, or give ' +
  'the module to feedforward-wasm/core';

/**
 * A binary, compiled, and a new instance of it.
 *
 * @throws UnsupportedRuntimeError saying what is missing or forbidden, OutOfMemoryError
 */
export function instantiate(binary: Binary): [module: WebAssembly.Module, exports: CoreExports] {
  if (!hasWebAssembly()) throw new UnsupportedRuntimeError(NO_WEBASSEMBLY);
  if (!hasSimd()) throw new UnsupportedRuntimeError(NO_SIMD);
  try {
    const module = compile(binary);
    // The core takes numbers and gives numbers: what the loader adds, 2.1 kB and a wrapper around each call, has no use.
    // Which functions it exports the type of a module cannot say; exports.ts and assembly/index.ts agree on it.
    return [module, new WebAssembly.Instance(module).exports as unknown as CoreExports];
  } catch (cause) {
    throw explain(cause);
  }
}

/** The binary is valid for this engine, so an error is a policy's, or for want of memory. */
function explain(cause: unknown): unknown {
  // V8 and SpiderMonkey throw a CompileError for a policy, JavaScriptCore an EvalError.
  if (cause instanceof WebAssembly.CompileError || cause instanceof EvalError)
    return new UnsupportedRuntimeError(onWorkers() ? WORKERS : POLICY, { cause });
  // SpiderMonkey throws the string "out of memory", the others a RangeError.
  if (cause instanceof RangeError || typeof cause === 'string')
    return new OutOfMemoryError(PAGE_BYTES, { cause });
  return cause;
}

function onWorkers(): boolean {
  const { navigator } = globalThis as { navigator?: { userAgent?: unknown } };
  return navigator?.userAgent === 'Cloudflare-Workers';
}
