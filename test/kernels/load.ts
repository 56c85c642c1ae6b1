import { readFileSync } from 'node:fs';
import { instantiateSync } from '@assemblyscript/loader';

export type ElementType = 'f32' | 'f64';
export const ELEMENT_TYPES: readonly ElementType[] = ['f32', 'f64'];
export const BINARIES = ['simd', 'relaxed-simd'] as const;

type Export = (...args: (number | boolean)[]) => number;

/** The kernels of one binary for one element type, under their plain names, and their memory. */
export class Kernels {
  readonly type: ElementType;
  readonly bytes: number;
  readonly #exports: Readonly<Record<string, Export>>;
  readonly #memory: WebAssembly.Memory;

  constructor(binary: (typeof BINARIES)[number], type: ElementType) {
    const file = new URL(`../../build/kernels.${binary}.wasm`, import.meta.url);
    const { exports } = instantiateSync(readFileSync(file));
    this.type = type;
    this.bytes = type === 'f64' ? 8 : 4;
    this.#exports = exports as unknown as Record<string, Export>;
    this.#memory = exports['memory'] as WebAssembly.Memory;
  }

  call(name: string, ...args: (number | boolean)[]): number {
    const kernel = this.#exports[`${name}_${this.type}`] ?? this.#exports[name];
    if (kernel === undefined) throw new Error(`no kernel ${name}`);
    return kernel(...args);
  }

  /** A new block filled with NaN, so that whatever is read without having been written shows. */
  allocate(bytes: number): number {
    const address = this.call('allocate', bytes + 16) >>> 0;
    new Uint8Array(this.#memory.buffer, address, bytes + 16).fill(0xff);
    return address;
  }

  /** All of the memory, until it grows. */
  get buffer(): ArrayBuffer {
    return this.#memory.buffer;
  }

  view(address: number, length: number): Float64Array | Float32Array {
    return this.type === 'f64'
      ? new Float64Array(this.#memory.buffer, address, length)
      : new Float32Array(this.#memory.buffer, address, length);
  }

  f64(address: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, address, length);
  }
}
