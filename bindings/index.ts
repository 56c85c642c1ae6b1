export { DisposedError, DivergenceError, OutOfMemoryError, UnsupportedRuntimeError } from './errors.js';
export { FeedforwardNN } from './feedforward-nn.js';
export { Matrix, type MatrixLike } from './matrix.js';
export { oneHot } from './one-hot.js';
export type {
  Activation,
  FeedforwardNNOptions,
  Initialization,
  Optimizer,
  Output,
  Precision,
  Progress,
  TrainOptions,
} from './options.js';
export type { Evaluation, NetworkParameters, NetworkParametersLike, TrainResult } from './results.js';
