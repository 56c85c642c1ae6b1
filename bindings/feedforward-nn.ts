/// <reference lib="esnext.disposable" preserve="true" />
import type { Binary } from './core/binary.js';
import { NetworkMemory } from './core/network-memory.js';
import { complete } from './interruptible.js';
import { numberedClasses, type Classes, type Label } from './data/labels.js';
import { DisposedError } from './errors.js';
import { toJSON, type ModelJSON } from './formats/json.js';
import type { NetworkState } from './formats/state.js';
import { gradientCheck } from './gradient-check.js';
import { meanCost, predict } from './inference.js';
import type { Matrix, MatrixLike } from './matrix.js';
import { mismatch } from './messages.js';
import { classOf } from './metrics/classification.js';
import { evaluationOf, type EvaluationOf } from './metrics/evaluation.js';
import { summary } from './metrics/summary.js';
import {
  classCount,
  hasOneClassPerRow,
  resolveOptions,
  type FeedforwardNNOptions,
  type Output,
  type Precision,
  type ResolvedOptions,
} from './options.js';
import type { GradientCheck, NetworkParameters, NetworkParametersLike, TrainResult } from './results.js';
import { readMatrix } from './row-source.js';
import { resolve, withDefault } from './rules.js';
import { flag } from './checks.js';
import { savedOptions } from './saved-options.js';
import type { TargetsLike } from './targets.js';
import {
  resolvePartialFitOptions,
  resolveTrainOptions,
  type PartialFitOptions,
  type ResolvedTrainOptions,
  type TrainOptions,
} from './train-options.js';
import { planTraining, readRows, scale, type Learnt, type Plan } from './training/plan.js';
import { trainAsync } from './training/run-async.js';
import { train } from './training/run.js';

/** Gives back the memory of networks that nobody disposed and nobody can reach any more. */
const forgotten = new FinalizationRegistry((memory: NetworkMemory) => {
  memory.release();
});

/** What saving.ts does with networks. */
export let states: {
  readonly of: (network: FeedforwardNN<Output>, options?: SaveOptions) => NetworkState;
  /** @throws TypeError, RangeError or OutOfMemoryError, half way */
  readonly restore: (network: FeedforwardNN<Output>, state: NetworkState) => void;
};

/** What a saved model holds beside the parameters. */
export interface SaveOptions {
  /** What training needs to go on as if it had never stopped; twice or three times the size. Default true. */
  readonly trainingState?: boolean | undefined;
}

/**
 * A feedforward neural network: fully connected layers, trained by gradient descent.
 *
 * Z_l = A_{l−1}·W_l + b_l with A_0 = X, A_l = f(Z_l) between, Ŷ = g(Z_L) at the end. By default it is the textbook's
 * network: f = tanh, g = softmax, the cost the categorical cross-entropy −(1/m)·ΣΣ y·ln ŷ, weights from
 * N(0, 1)·0.001, biases 0, every parameter −= learningRate · its gradient over all rows.
 */
export class FeedforwardNN<O extends Output = 'softmax'> {
  /** Of its own, as bundlers rename a class that speaks of itself; errors and the console show it. */
  static readonly name = 'FeedforwardNN';

  readonly #options: ResolvedOptions;
  readonly #memory: NetworkMemory;
  #learnt: Learnt;
  #disposed = false;
  #training = false;
  readonly #learn = (learnt: Learnt): void => {
    this.#learnt = learnt;
  };

  /**
   * @throws TypeError for an option that is unknown or of the wrong kind
   * @throws RangeError for an option of the wrong value, or two that contradict each other
   * @throws OutOfMemoryError if there is no room for the parameters
   * @throws UnsupportedRuntimeError where WebAssembly or its SIMD is missing or forbidden
   */
  constructor(options: FeedforwardNNOptions<O>) {
    this.#options = resolveOptions(options);
    this.#learnt = { classes: this.#options.classes, scaling: undefined };
    this.#memory = new NetworkMemory(this.#options);
    forgotten.register(this, this.#memory, this);
  }

  static {
    states = {
      of: (network, options) => network.#state(options),
      restore: (network, { scaling, parameters, training }) => {
        network.#learnt = { ...network.#learnt, scaling };
        network.#memory.setParameters(parameters);
        if (training) network.#memory.setTrainingState(training);
      },
    };
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

  /** The labels of the outputs in their order; undefined before they are given or learnt, and of a linear output. */
  get classes(): readonly Label[] | undefined {
    return this.#learnt.classes?.labels.slice();
  }

  /** Passes that all trainings together have made. */
  get iteration(): number {
    return this.#memory.iteration;
  }

  /**
   * Trains, going on from where the network is: its parameters, the optimiser's moments, the schedule, the random numbers.
   *
   * @param x m rows of `layers[0]` finite numbers, m >= 1
   * @param y m rows of targets: for softmax class labels, one-hot rows or probabilities that sum to 1; for sigmoid
   *   numbers in [0, 1], of a single output also the labels of two classes; for linear numbers
   * @throws TypeError for anything of the wrong kind, RangeError for a wrong value or shape; nothing has changed then
   * @throws DivergenceError if the cost stops being finite; the parameters are the last finite ones then, and the
   *   optimiser's moments start anew
   * @throws OutOfMemoryError, DisposedError, the reason of an aborted `signal`
   */
  train(x: MatrixLike, y: TargetsLike, options?: TrainOptions): TrainResult {
    const resolved = resolveTrainOptions(options, this.#options);
    return this.#whileTraining(() => train(this.#memory, this.#planned(x, y, resolved), this.#learn));
  }

  /**
   * Trains as `train` does, to the same bits, without holding the caller's thread: in a worker where the runtime has
   * one, else in slices of this thread's time. Until the promise settles, `x`, `y`, the weights and the validation rows
   * must not change, what looks at the network sees it as of the last report, and what would change it is refused.
   *
   * A slice takes some 5 ms, and ends within a block of rows or an update where the network is large; but the softmax of
   * a block is never cut. A `signal` ends the training within about 0.1 s. The shapes of `x` and `y` are checked before
   * the call returns, the rest of them in slices too, before anything is learnt.
   *
   * @throws as `train`, by rejecting
   */
  async trainAsync(x: MatrixLike, y: TargetsLike, options?: TrainOptions): Promise<TrainResult> {
    const resolved = resolveTrainOptions(options, this.#options);
    this.#idle();
    this.#training = true;
    try {
      const planning = planTraining(this.#options, this.#learnt, x, y, resolved);
      return await trainAsync(this.#memory, planning, resolved.signal, this.#learn);
    } finally {
      this.#training = false;
    }
  }

  /**
   * One update with one batch, as of a stream of them.
   *
   * @param x and @param y as in `train`; classes and scaling that are to be learnt are learnt from the first batch
   * @param options weights are taken as they are, so that they mean the same in every batch
   * @returns the batch's cost before the update, the mean of w·c over its rows
   * @throws as `train`
   */
  partialFit(x: MatrixLike, y: TargetsLike, options?: PartialFitOptions): number {
    const resolved = resolvePartialFitOptions(options, this.#options);
    return this.#whileTraining(
      () => train(this.#memory, this.#planned(x, y, resolved), this.#learn).costHistory[0]!,
    );
  }

  /**
   * The outputs for any number of rows.
   *
   * @param x m rows of `layers[0]` finite numbers
   * @param data m · `layers.at(-1)` numbers that are overwritten with the outputs and become `data` of the matrix; apart
   *   from x. Whoever predicts row after row saves by it a new array each time. Default a new Float64Array or, in precision
   *   `'f32'`, a Float32Array
   * @returns m rows of `layers.at(-1)` outputs
   * @throws TypeError for anything of the wrong kind, RangeError for a wrong value or shape; of rows that are refused late
   *   `data` may hold the outputs of those before
   * @throws OutOfMemoryError, DisposedError
   */
  predict(x: MatrixLike, data?: Float64Array | Float32Array): Matrix {
    const memory = this.#alive();
    const inputs = scale(readMatrix(x, 'x', this.#options.layers[0]!), this.#learnt.scaling);
    return predict(memory, inputs, data);
  }

  /**
   * The most probable class of each row, the first one on ties; of a single sigmoid output the second class if ŷ > ½.
   *
   * @param x as in `predict`
   * @throws as `predict`; RangeError for a network whose rows are not of one class each
   */
  classify(x: MatrixLike): Label[] {
    const { output, layers } = this.#options;
    if (!hasOneClassPerRow(output, layers.at(-1)!))
      throw new RangeError(mismatch('output', 'softmax, or sigmoid with 1 output', output));
    const yHat = this.predict(x);
    const { labels } = this.#classes();
    return Array.from(yHat, (row) => labels[classOf(row)]!);
  }

  /**
   * How well the predictions match targets.
   *
   * @param x and @param y as in `train`
   * @returns the mean cost, without the term of `l2`; of classes accuracy, precision, recall, F1 and the confusion matrix;
   *   of a linear output MSE, MAE and R²
   * @throws as `train`, but for divergence
   */
  evaluate(x: MatrixLike, y: TargetsLike): EvaluationOf<O> {
    const memory = this.#alive();
    const rows = complete(readRows(this.#options, this.#learnt, x, y));
    const cost = meanCost(memory, rows);
    const yHat = predict(memory, rows.inputs);
    return evaluationOf(this.#options.output as O, cost, yHat, rows.targets, this.#classes().labels);
  }

  /**
   * Backpropagation's gradient of the mean cost over all rows beside that of central differences. It computes some ten costs
   * for each parameter: for small networks and few rows.
   *
   * @param x and @param y as in `train`
   * @throws as `train`, but for divergence
   */
  gradientCheck(x: MatrixLike, y: TargetsLike): GradientCheck {
    // All rows at once, in their order.
    const options = resolvePartialFitOptions({}, this.#options);
    return this.#whileTraining(() => gradientCheck(this.#memory, this.#planned(x, y, options)));
  }

  /** A table of the layers, their shapes and their counts of parameters. */
  summary(): string {
    const { layers, activation, output, precision } = this.#options;
    return summary(layers, activation, output, precision);
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
   * @throws OutOfMemoryError, DisposedError, Error while the network is training
   */
  setParameters(parameters: NetworkParametersLike): void {
    this.#idle().setParameters(parameters);
  }

  /**
   * The network as a plain object, which `JSON.stringify(network)` writes and `fromJSON` loads, to the same bits. Of a
   * learning rate that is a function it has that there was one: loaded, the network trains with one that is given.
   *
   * @throws DisposedError
   */
  toJSON(options?: SaveOptions): ModelJSON {
    // JSON.stringify calls it with the key that the network stands at.
    return toJSON(this.#state(typeof options === 'string' ? undefined : options));
  }

  /**
   * Gives the memory back; the network cannot be used any more. A second call does nothing.
   *
   * @throws Error while the network is training: end that first, by `onProgress` or `signal`
   */
  dispose(): void {
    if (this.#disposed) return;
    this.#idle();
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

  /** What changes a network waits until nothing else does. */
  #idle(): NetworkMemory {
    if (this.#training)
      throw new Error(
        'the network is training; let that end first, by returning false from onProgress or by its signal',
      );
    return this.#alive();
  }

  #planned(x: unknown, y: unknown, options: ResolvedTrainOptions): Plan {
    return complete(planTraining(this.#options, this.#learnt, x, y, options));
  }

  #whileTraining<R>(act: () => R): R {
    this.#idle();
    this.#training = true;
    try {
      return act();
    } finally {
      this.#training = false;
    }
  }

  #classes(): Classes {
    const { output, layers } = this.#options;
    return this.#learnt.classes ?? numberedClasses(classCount(output, layers.at(-1)!));
  }

  #state(options: SaveOptions = {}): NetworkState {
    const { trainingState } = resolve(options, { trainingState: withDefault(true, flag) });
    const memory = this.#alive();
    return {
      options: savedOptions(this.#options),
      classes: this.classes,
      scaling: this.#learnt.scaling,
      parameters: memory.getParameters(),
      training: trainingState ? memory.getTrainingState() : undefined,
    };
  }
}
