import type { Matrix, MatrixLike } from './matrix.js';

/** What `train` did. */
export interface TrainResult {
  /**
   * Element i is the mean cost over the rows at pass i, with the term of `l2`; in a full-batch pass, before its update.
   */
  readonly costHistory: Float64Array;
  /** How many passes were made. */
  readonly iterations: number;
  /** All passes were made, or `onProgress` returned false, or the cost had not become better for too long. */
  readonly stopReason: 'iterations' | 'stopped' | 'earlyStopping';
  /** Element i is the mean cost of the validation rows after pass i, without the term of `l2`. */
  readonly validationCostHistory: Float64Array | undefined;
  /** With `earlyStopping`, the pass that led to the parameters that were restored. */
  readonly bestIteration: number | undefined;
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

/** Backpropagation beside central differences. */
export interface GradientCheck {
  /**
   * ‖d‖₂ / ‖(g, ĝ)‖₂, 0 if no d is above 0, where d is |g − ĝ| as far as it is above what the rounding of the cost and
   * the difference of two steps leave in doubt. Below 1e-7 in `f64`; in `f32` below 1e-3 where columns are scaled to
   * about 1 and ‖g‖ is above a hundredth of the cost. Not so where a row lies on a kink of its activation (`relu`,
   * `leakyRelu`), or at a minimum, where g itself is but rounding.
   */
  readonly relativeError: number;
  /** g: ∂cost/∂p of every parameter by backpropagation. */
  readonly gradient: NetworkParameters;
  /** ĝ: (cost(p + h) − cost(p − h)) / 2h, extrapolated from two h to h = 0. */
  readonly numerical: NetworkParameters;
}
