export type { Label } from './data/labels.js';
export type { ScalingMethod } from './data/scaling.js';
export {
  kFold,
  trainTestSplit,
  type Fold,
  type FoldOptions,
  type Split,
  type SplitOptions,
} from './data/split.js';
export {
  DisposedError,
  DivergenceError,
  ModelFileError,
  OutOfMemoryError,
  UnsupportedRuntimeError,
} from './errors.js';
export { FeedforwardNN, type SaveOptions } from './feedforward-nn.js';
export type { ModelJSON } from './formats/json.js';
export { Matrix, type MatrixLike } from './matrix.js';
export type { ClassificationEvaluation, ClassScore, MultiLabelEvaluation } from './metrics/classification.js';
export { crossValidate, type CrossValidateOptions, type CrossValidation } from './metrics/cross-validate.js';
export type { EvaluationOf } from './metrics/evaluation.js';
export type { RegressionEvaluation } from './metrics/regression.js';
export { oneHot } from './one-hot.js';
export type { AdamOptions, AdamWOptions, Optimizer, RmsPropOptions, SgdOptions } from './optimizer.js';
export type { Activation, FeedforwardNNOptions, Initialization, Output, Precision } from './options.js';
export type { LoadOptions } from './load-options.js';
export type { GradientCheck, NetworkParameters, NetworkParametersLike, TrainResult } from './results.js';
export type { LearningRate, Schedule } from './schedule.js';
export { fromJSON, fromSafetensors, toSafetensors } from './saving.js';
export type { TargetsLike } from './targets.js';
export type {
  AbortSignalLike,
  EarlyStopping,
  PartialFitOptions,
  Progress,
  TrainOptions,
  ValidationRows,
} from './train-options.js';
