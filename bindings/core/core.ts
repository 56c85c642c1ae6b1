import { OutOfMemoryError } from '../errors.js';
import type { Precision } from '../options.js';
import type { Binary } from './binary.js';
import type { CoreExports } from './exports.js';
import { instantiate } from './instantiate.js';
import { probe } from './probe.js';

/** One instance of a binary with its memory. All networks of a kind share it: engines allow few instances. */
export class Core {
  readonly binary: Binary;
  /** The compiled binary. */
  readonly module: WebAssembly.Module;
  readonly exports: CoreExports;
  #scratch = 0;
  #scratchBytes = 0;

  /** @throws UnsupportedRuntimeError, OutOfMemoryError */
  constructor(binary: Binary) {
    this.binary = binary;
    [this.module, this.exports] = instantiate(binary);
  }

  /**
   * Address of a new block. Memory may grow, and then views made before are empty: make views after it.
   *
   * @throws OutOfMemoryError
   */
  allocate(bytes: number): number {
    try {
      // More than 32 bits would wrap around on their way, and addresses above 2 GiB arrive as negative numbers.
      return this.exports.allocate(Math.min(bytes, 2 ** 32 - 64)) >>> 0;
    } catch {
      throw new OutOfMemoryError(bytes);
    }
  }

  release(address: number): void {
    this.exports.release(address);
  }

  /** Address of a block that all share: it holds what is needed until control goes back to the caller. */
  scratch(bytes: number): number {
    if (bytes > this.#scratchBytes) {
      const grown = this.allocate(bytes);
      if (this.#scratch !== 0) this.release(this.#scratch);
      this.#scratch = grown;
      this.#scratchBytes = bytes;
    }
    return this.#scratch;
  }

  /** `length` numbers at an address, until memory grows. */
  view(precision: Precision, address: number, length: number): Float64Array | Float32Array {
    const View = precision === 'f64' ? Float64Array : Float32Array;
    return new View(this.exports.memory.buffer, address, length);
  }
}

const cores = new Map<Binary, Core>();

/** The shared core: the fastest, or the one that gives the same bits everywhere. */
export function sharedCore(deterministic: boolean): Core {
  const binary = deterministic ? 'simd' : probe();
  let core = cores.get(binary);
  if (core === undefined) {
    core = new Core(binary);
    cores.set(binary, core);
  }
  return core;
}
