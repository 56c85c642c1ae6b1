import { isArrayLike } from '../arrays.js';
import { Matrix } from '../matrix.js';
import { mismatch } from '../messages.js';
import type { Initialization, Precision, ResolvedOptions } from '../options.js';
import type { NetworkParameters } from '../results.js';
import { readMatrix, type RowSource } from '../row-source.js';
import { sharedCore, type Core } from './core.js';
import type { Kernels } from './exports.js';
import { leasing } from './lease.js';
import { BYTES, stage, unstage, zeros } from './staging.js';

/** A network in the core's memory: its address, what works on it, and its parameters in and out. */
export class NetworkMemory {
  readonly core: Core;
  readonly kernels: Kernels;
  readonly precision: Precision;
  readonly layers: readonly number[];
  /** Where the network lies. */
  readonly address: number;

  /** @throws OutOfMemoryError */
  constructor({ layers, precision, deterministic, init, seed }: ResolvedOptions) {
    this.core = sharedCore(deterministic);
    this.kernels = this.core.kernels(precision);
    this.precision = precision;
    this.layers = layers;
    this.address = this.#lay();
    this.#initialize(init, seed);
  }

  /** How many layers have weights. */
  get depth(): number {
    return this.layers.length - 1;
  }

  release(): void {
    this.core.release(this.address);
  }

  #lay(): number {
    const { core, kernels, depth } = this;
    const widths = core.scratch(this.layers.length * Int32Array.BYTES_PER_ELEMENT);
    new Int32Array(core.exports.memory.buffer, widths, this.layers.length).set(this.layers);
    // A width past 32 bits wraps around in the core; it never gets there.
    const atLeast = BYTES[this.precision] * Math.max(...this.layers);
    const address = core.allocate(Math.max(atLeast, kernels.networkBytes(widths, depth)));
    kernels.layNetwork(address, widths, depth);
    return address;
  }

  #initialize(init: Initialization, seed: number): void {
    const { core, layers } = this;
    const scales = core.scratch(this.depth * Float64Array.BYTES_PER_ELEMENT);
    new Float64Array(core.exports.memory.buffer, scales, this.depth).set(
      layers.slice(1).map((outputs, l) => standardDeviation(init, layers[l]!, outputs)),
    );
    this.kernels.initialize(this.address, seed, scales);
  }

  /** Copies of all weights and biases. */
  getParameters(): NetworkParameters {
    const { core, kernels, address } = this;
    const block = core.exports.parametersOf(address) >>> 0;
    const weights: Matrix[] = [];
    const biases: Float64Array[] = [];
    for (let l = 1; l <= this.depth; l++) {
      const w = new Matrix(
        this.layers[l - 1]!,
        this.layers[l]!,
        zeros(this.precision, this.layers[l - 1]! * this.layers[l]!),
      );
      unstage(core, this.precision, w, (target, first, count) =>
        kernels.unpackWeights(address, l, block, first, count, target),
      );
      weights.push(w);
      const b = new Matrix(1, this.layers[l]!);
      unstage(core, this.precision, b, (target) => kernels.unpackBiases(address, l, block, target));
      biases.push(b.data as Float64Array);
    }
    return { weights, biases };
  }

  /**
   * Replaces all weights and biases; on an error, none.
   *
   * @throws TypeError or RangeError naming the matrix or vector at fault
   */
  setParameters(parameters: unknown): void {
    const { weights, biases } = this.#read(parameters);
    const { core, kernels, address } = this;
    leasing(core, (lease) => {
      const bytes = core.exports.parameterBytesOf(address);
      const block = lease.allocate(bytes);
      new Uint8Array(core.exports.memory.buffer, block, bytes).fill(0);
      for (let l = 1; l <= this.depth; l++) {
        stage(core, this.precision, weights[l - 1]!, `weights[${l - 1}]`, (source, first, count) =>
          kernels.packWeights(address, l, block, first, count, source),
        );
        stage(core, this.precision, biases[l - 1]!, `biases[${l - 1}]`, (source) =>
          kernels.packBiases(address, l, block, source),
        );
      }
      const current = core.exports.parametersOf(address) >>> 0;
      new Uint8Array(core.exports.memory.buffer).copyWithin(current, block, block + bytes);
    });
  }

  #read(parameters: unknown): { weights: RowSource[]; biases: RowSource[] } {
    const { weights, biases } = Object(parameters) as { weights?: unknown; biases?: unknown };
    return {
      weights: this.#list(weights, 'weights').map((w, l) => {
        const source = readMatrix(w, `weights[${l}]`, this.layers[l + 1]!);
        if (source.rows !== this.layers[l]!)
          throw new RangeError(mismatch(`weights[${l}]`, `${this.layers[l]} rows`, source.rows));
        return source;
      }),
      biases: this.#list(biases, 'biases').map((b, l) =>
        readMatrix([b], `biases[${l}]`, this.layers[l + 1]!),
      ),
    };
  }

  #list(value: unknown, label: string): unknown[] {
    if (!isArrayLike(value)) throw new TypeError(mismatch(label, `an array of ${this.depth}`, value));
    if (value.length !== this.depth)
      throw new RangeError(mismatch(label, `an array of ${this.depth}`, value));
    return Array.from(value);
  }
}

function standardDeviation(init: Initialization, inputs: number, outputs: number): number {
  return init === 'glorot' ? Math.sqrt(2 / (inputs + outputs)) : init.normal;
}
