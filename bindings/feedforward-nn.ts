/// <reference lib="esnext.disposable" preserve="true" />
import type { Binary } from './core/binary.js';
import { NetworkMemory } from './core/network-memory.js';
import { DisposedError } from './errors.js';
import { evaluate, predict } from './inference.js';
import type { Matrix, MatrixLike } from './matrix.js';
import { mismatch } from './messages.js';
import {
  resolveOptions,
  resolveTrainOptions,
  type FeedforwardNNOptions,
  type Precision,
  type ResolvedOptions,
  type TrainOptions,
} from './options.js';
import type { Evaluation, NetworkParameters, NetworkParametersLike, TrainResult } from './results.js';
import { readMatrix, type RowSource } from './row-source.js';
import { readTargets } from './targets.js';
import { train } from './training.js';

/** Gives back the memory of networks that nobody disposed and nobody can reach any more. */
const forgotten = new FinalizationRegistry((memory: NetworkMemory) => {
  memory.release();
});

/**
 * A feedforward neural network: fully connected layers, trained by gradient descent.
 *
 * Z_l = A_{l−1}·W_l + b_l with A_0 = X, A_l = tanh(Z_l) between, Ŷ = softmax(Z_L) at the end; the cost is the
 * categorical cross-entropy −(1/m)·ΣΣ y·ln ŷ. By default it is the textbook's network: weights from N(0, 1)·0.001,
 * biases 0, every parameter −= learningRate · its gradient over all rows.
 */
export class FeedforwardNN {
  readonly #options: ResolvedOptions;
  readonly #memory: NetworkMemory;
  #disposed = false;
  #training = false;

  /**
   * @throws TypeError for an option that is unknown or of the wrong kind
   * @throws RangeError for an option of the wrong value
   * @throws OutOfMemoryError if there is no room for the parameters
   * @throws UnsupportedRuntimeError where WebAssembly or its SIMD is missing or forbidden
   */
  constructor(options: FeedforwardNNOptions) {
    this.#options = resolveOptions(options);
    this.#memory = new NetworkMemory(this.#options);
    forgotten.register(this, this.#memory, this);
  }

  /** Widths [inputs, …hidden, outputs]. */
  get layers(): readonly number[] {
    return [...this.#options.layers];
  }

  /** The type of every number of the network. */
  get precision(): Precision {
    return this.#options.precision;
  }

  /** The binary that the network runs on: with fused multiply–add where the engine has it, or without. */
  get binary(): Binary {
    return this.#memory.core.binary;
  }

  /**
   * Trains, going on from where the network is.
   *
   * @param x m rows of `layers[0]` finite numbers, m >= 1
   * @param y m class labels 0 … n − 1, or m rows of `layers.at(-1)` probabilities that sum to 1, as one-hot rows do
   * @throws TypeError for anything of the wrong kind, RangeError for a wrong value or shape; nothing has changed then
   * @throws DivergenceError if the cost stops being finite; the parameters are the last finite ones then
   * @throws OutOfMemoryError, DisposedError
   */
  train(x: MatrixLike, y: ArrayLike<number> | MatrixLike, options?: TrainOptions): TrainResult {
    const memory = this.#alive();
    const resolved = resolveTrainOptions(options, this.#options);
    const [inputs, targets] = this.#readPair(x, y);
    const outer = this.#training;
    this.#training = true;
    try {
      return train(memory, inputs, targets, resolved);
    } finally {
      this.#training = outer;
    }
  }

  /**
   * The outputs for any number of rows.
   *
   * @param x m rows of `layers[0]` finite numbers
   * @returns m rows of `layers.at(-1)` probabilities, in a Float64Array or, in precision `'f32'`, a Float32Array
   * @throws TypeError for anything of the wrong kind, RangeError for a wrong value or shape
   * @throws OutOfMemoryError, DisposedError
   */
  predict(x: MatrixLike): Matrix {
    const memory = this.#alive();
    return predict(memory, readMatrix(x, 'x', this.#options.layers[0]!));
  }

  /**
   * Mean cost, and accuracy: the share of rows whose most probable class is the target's.
   *
   * @param x and @param y as in `train`
   * @throws as `train`, but for divergence
   */
  evaluate(x: MatrixLike, y: ArrayLike<number> | MatrixLike): Evaluation {
    const memory = this.#alive();
    const [inputs, targets] = this.#readPair(x, y);
    return evaluate(memory, inputs, targets);
  }

  /**
   * Copies of all weights and biases: W_l is `weights[l - 1]`, (layers[l − 1], layers[l]).
   *
   * @throws DisposedError
   */
  getParameters(): NetworkParameters {
    return this.#alive().getParameters();
  }

  /**
   * Replaces all weights and biases with copies of these, shaped as `getParameters` returns them.
   *
   * @throws TypeError or RangeError naming what is of the wrong kind, shape or value; nothing has changed then
   * @throws OutOfMemoryError, DisposedError
   */
  setParameters(parameters: NetworkParametersLike): void {
    this.#alive().setParameters(parameters);
  }

  /**
   * Gives the memory back; the network cannot be used any more. A second call does nothing.
   *
   * @throws Error from within the network's own training: return false from `onProgress` first
   */
  dispose(): void {
    if (this.#disposed) return;
    if (this.#training)
      throw new Error('the network is training; return false from onProgress, then dispose');
    this.#disposed = true;
    forgotten.unregister(this);
    this.#memory.release();
  }

  /** `using network = new FeedforwardNN(…)` disposes at the end of the scope. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  #alive(): NetworkMemory {
    if (this.#disposed) throw new DisposedError();
    return this.#memory;
  }

  #readPair(x: unknown, y: unknown): [inputs: RowSource, targets: RowSource] {
    const { layers } = this.#options;
    const inputs = readMatrix(x, 'x', layers[0]!);
    const targets = readTargets(y, inputs.rows, layers.at(-1)!, 'softmax', undefined);
    if (inputs.rows === 0) throw new RangeError(mismatch('x', 'at least 1 row', 0));
    return [inputs, targets];
  }
}
