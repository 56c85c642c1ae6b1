import type { Matrix, MatrixLike } from './matrix.js';

/** What `train` did. */
export interface TrainResult {
  /** Element i is the mean cost over the rows at pass i; in a full-batch pass, before its update. */
  readonly costHistory: Float64Array;
  /** How many passes were made. */
  readonly iterations: number;
  /** All passes were made, or `onProgress` returned false. */
  readonly stopReason: 'iterations' | 'stopped';
}

/** How well predictions match targets. */
export interface Evaluation {
  /** Mean cost over the rows. */
  readonly cost: number;
  /** Share of the rows, 0 … 1, whose most probable class is the target's. */
  readonly accuracy: number;
}

/** Copies of a network's parameters, one of each per layer after the input, first layer first. */
export interface NetworkParameters {
  /** W of layer l, (layers[l], layers[l + 1]). */
  weights: Matrix[];
  /** b of layer l, layers[l + 1] numbers. */
  biases: Float64Array[];
}

/** Parameters as `setParameters` takes them: the shapes of NetworkParameters, any kind of array. */
export interface NetworkParametersLike {
  readonly weights: ArrayLike<MatrixLike>;
  readonly biases: ArrayLike<ArrayLike<number>>;
}
