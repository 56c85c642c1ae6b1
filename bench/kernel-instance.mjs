// The benchmark's kernels (kernels/index.ts) in one binary for one precision, with memory of their own.
import { readFileSync } from 'node:fs';
import { mulberry32 } from '../test/golden/generator.mjs';

const BYTES = { f32: 4, f64: 8 };
const SEED = 1;

const module = (binary) =>
  new WebAssembly.Module(readFileSync(new URL(`../build/bench.${binary}.wasm`, import.meta.url)));

/** As bindings/core/probe.ts decides it. */
const mostTileRows = (binary) => (binary === 'relaxed-simd' && 'Float16Array' in globalThis ? 6 : 4);

/** Panels, blocks and the bias row add at most these rows and columns, and a fortieth for strides. */
const countFor = (rows, cols) => Math.ceil(1.03 * (rows + 72) * (cols + 16));

export class KernelInstance {
  #exports;

  constructor(binary, precision) {
    this.binary = binary;
    this.precision = precision;
    this.bytes = BYTES[precision];
    this.tileRows = mostTileRows(binary);
    this.#exports = new WebAssembly.Instance(module(binary)).exports;
  }

  /** The kernel of that name for this precision. */
  kernel(name) {
    return this.#exports[`${name}_${this.precision}`];
  }

  /** Room for a matrix (rows, cols) in any layout of the core, full of values in [−1, 1). */
  matrix(rows, cols) {
    const count = countFor(rows, cols);
    const address = this.#exports.allocate(count * this.bytes) >>> 0;
    const values = this.#values(address, count);
    const random = mulberry32(SEED);
    for (let i = 0; i < count; i++) values[i] = random() / 2 ** 31 - 1;
    return address;
  }

  /** What puts back the values that such a matrix has now. */
  restorer(address, rows, cols) {
    const count = countFor(rows, cols);
    const kept = this.#values(address, count).slice();
    return () => this.#values(address, count).set(kept);
  }

  #values(address, count) {
    const FloatArray = this.precision === 'f64' ? Float64Array : Float32Array;
    return new FloatArray(this.#exports.memory.buffer, address, count);
  }
}
