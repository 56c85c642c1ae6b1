import { zeros } from '../arrays.js';
import { arrayOf } from '../checks.js';
import { Matrix } from '../matrix.js';
import { mismatch } from '../messages.js';
import {
  ACTIVATIONS,
  OUTPUTS,
  type Initialization,
  type Output,
  type Precision,
  type ResolvedOptions,
} from '../options.js';
import { momentsOf, optimizerCode } from '../optimizer.js';
import type { TrainingState } from '../formats/state.js';
import type { NetworkParameters } from '../results.js';
import { readMatrix, type RowSource } from '../row-source.js';
import { sharedCore, type Core } from './core.js';
import { leasing, type Block, type Lease } from './lease.js';
import { mostTileRows } from './probe.js';
import { BYTES, copyPieces, stage, unstage } from './staging.js';
import { complete, type Interruptible } from '../interruptible.js';

/** A network in the core's memory: its place, and its parameters in and out. */
export class NetworkMemory implements Block {
  readonly core: Core;
  readonly precision: Precision;
  readonly layers: readonly number[];
  readonly output: Output;
  /** Where the network lies. */
  address: number;
  /** Bytes there. */
  readonly bytes: number;
  /** Passes that all trainings have made. */
  iteration = 0;
  readonly #options: ResolvedOptions;

  /**
   * @param place where a network of these options lies already; without it, a new one is laid
   * @throws OutOfMemoryError
   */
  constructor(options: ResolvedOptions, place?: Block) {
    const { layers, precision, output } = options;
    this.#options = options;
    this.core = sharedCore(options.deterministic);
    this.precision = precision;
    this.layers = layers;
    this.output = output;
    ({ address: this.address, bytes: this.bytes } = place ?? this.#lay());
    if (!place) this.#configure(options);
  }

  /** How many layers have weights. */
  get depth(): number {
    return this.layers.length - 1;
  }

  release(): void {
    this.core.release(this.address);
  }

  /** A copy of its own, for as long as the lease. */
  *copy(lease: Lease): Interruptible<NetworkMemory> {
    const place = lease.block(this.bytes);
    yield* copyPieces(this.core, place.address, this.address, this.bytes);
    this.core.exports.placeNetwork(place.address);
    const copy = new NetworkMemory(this.#options, place);
    copy.iteration = this.iteration;
    return copy;
  }

  /** From now on the network is what was copied to that place, which becomes the one where it was. */
  moveTo(place: Block, iteration: number): void {
    this.core.exports.placeNetwork(place.address);
    [this.address, place.address] = [place.address, this.address];
    this.iteration = iteration;
  }

  /** Address of the parameters. */
  get parameters(): number {
    return this.blockOf(-1);
  }

  /** Bytes of the parameters, and of each moment of the optimiser. */
  get parameterBytes(): number {
    return this.blockOf(0) - this.blockOf(-1);
  }

  /** How many updates were made, and four words of the random generator's state; until memory grows. */
  get state(): BigUint64Array {
    const { exports } = this.core;
    return new BigUint64Array(exports.memory.buffer, exports.stateOf(this.address) >>> 0, 5);
  }

  #lay(): Block {
    const { core, depth, layers } = this;
    const { exports } = core;
    const size = BYTES[this.precision];
    const moments = momentsOf(this.#options.optimizer);
    const widths = core.scratch(layers.length * Int32Array.BYTES_PER_ELEMENT);
    new Int32Array(exports.memory.buffer, widths, layers.length).set(layers);
    // A width past 32 bits wraps around in the core; it never gets there.
    const atLeast = size * layers.reduce((sum, width) => sum + width);
    const bytes = Math.max(atLeast, exports.networkBytes(widths, depth, size, moments));
    const address = core.allocate(bytes);
    exports.layNetwork(address, widths, depth, size, moments, mostTileRows(core.binary));
    return { address, bytes };
  }

  #configure(options: ResolvedOptions): void {
    const { activation, output, dropout, l2, clipNorm, optimizer, init, seed } = options;
    const { core, address, depth, layers } = this;
    const { exports } = core;
    activation.forEach((name, l) => exports.setActivation(address, l + 1, ACTIVATIONS.indexOf(name)));
    exports.configure(address, OUTPUTS.indexOf(output), dropout, l2, clipNorm, ...optimizerCode(optimizer));
    const scales = core.scratch(depth * BYTES.f64);
    core
      .view('f64', scales, depth)
      .set(layers.slice(1).map((outputs, l) => scaleOf(init, layers[l]!, outputs)));
    exports.initialize(address, seed, scales, init === 'glorotUniform');
  }

  /** Copies of all weights and biases, or of a block that is laid out like them. */
  getParameters(block: number = this.parameters): NetworkParameters {
    const { core, address, precision } = this;
    const weights: Matrix[] = [];
    const biases: Float64Array[] = [];
    for (let l = 1; l <= this.depth; l++) {
      const [inputs, outputs] = [this.layers[l - 1]!, this.layers[l]!];
      const w = new Matrix(inputs, outputs, zeros(precision, inputs * outputs));
      unstage(core, precision, w, (target, first, count) =>
        core.exports.unpackParameters(address, l, block, 1 + first, count, target),
      );
      weights.push(w);
      const b = new Matrix(1, outputs);
      unstage(core, precision, b, (target) => core.exports.unpackParameters(address, l, block, 0, 1, target));
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
    this.#replace(parameters, this.parameters, '');
  }

  /** What a training goes on from beside the parameters. */
  getTrainingState(): TrainingState {
    const [step, ...random] = this.state;
    return {
      iteration: this.iteration,
      step: Number(step),
      random: random.map((word) => word.toString(16).padStart(16, '0')),
      moments: this.#moments.map((block) => this.getParameters(block)),
    };
  }

  /** Goes on as the network of that state would; without its moments, with its count of passes and its random numbers. */
  setTrainingState(state: TrainingState): void {
    const blocks = this.#moments;
    if (state.moments.length === blocks.length) {
      blocks.forEach((block, k) => this.#replace(state.moments[k], block, `moments[${k}].`));
      this.state[0] = BigInt(state.step);
    }
    this.iteration = state.iteration;
    this.state.set(
      state.random.map((word) => BigInt(`0x${word}`)),
      1,
    );
  }

  get #moments(): number[] {
    return Array.from({ length: momentsOf(this.#options.optimizer) }, (_, k) => this.blockOf(k));
  }

  /** Address of the parameters, −1, or of a moment of the optimiser; one follows the other. */
  blockOf(k: number): number {
    return this.core.exports.blockOf(this.address, k) >>> 0;
  }

  #replace(parameters: unknown, block: number, prefix: string): void {
    const given = this.#read(parameters, prefix);
    const { core, address, precision, parameterBytes } = this;
    leasing(core, (lease) => {
      const whole = complete(lease.zeros(parameterBytes));
      for (const { source, label, l, row } of given)
        leasing(core, (staging) =>
          complete(
            stage(staging, precision, source, label, (staged, first, ...part) =>
              core.exports.packParameters(address, l, whole, staged, row + first, ...part),
            ),
          ),
        );
      core.exports.copy(block, whole, parameterBytes);
    });
  }

  /** The matrices of all weights and biases, and from which row of their layer's parameters on they lie. */
  #read(parameters: unknown, prefix: string): { source: RowSource; label: string; l: number; row: number }[] {
    const given = Object(parameters) as Record<string, unknown>;
    return ['weights', 'biases'].flatMap((name, k) => {
      const list = arrayOf(given[name], prefix + name, () => `an array of ${this.depth}`, this.depth);
      return Array.from(list, (value, l) => {
        const label = `${prefix}${name}[${l}]`;
        const source = readMatrix(k ? [value] : value, label, this.layers[l + 1]!);
        const rows = k ? 1 : this.layers[l]!;
        if (source.rows !== rows) throw new RangeError(mismatch(label, `${rows} rows`, source.rows));
        return { source, label, l: l + 1, row: 1 - k };
      });
    });
  }
}

/** The standard deviation of a layer's weights, or the bound of uniform ones. */
function scaleOf(init: Initialization, inputs: number, outputs: number): number {
  if (typeof init === 'object') return init.normal;
  if (init === 'glorot') return Math.sqrt(2 / (inputs + outputs));
  if (init === 'glorotUniform') return Math.sqrt(6 / (inputs + outputs));
  return Math.sqrt((init === 'he' ? 2 : 1) / inputs);
}
