// A user's program, checked against the declarations in the packed tarball.
import {
  crossValidate,
  DivergenceError,
  FeedforwardNN,
  fromJSON,
  fromSafetensors,
  kFold,
  Matrix,
  oneHot,
  toSafetensors,
  trainTestSplit,
  UnsupportedRuntimeError,
  type FeedforwardNNOptions,
  type GradientCheck,
  type LoadOptions,
  type Output,
  type Progress,
  type TrainOptions,
  type TrainResult,
} from 'feedforward-wasm';
import { FeedforwardNN as WithOwnCore, useCore } from 'feedforward-wasm/core';

const x = [[0, 1]];
const options: TrainOptions = {
  signal: { aborted: false, throwIfAborted() {} },
  iterations: 10,
  learningRate: { schedule: 'cosine', initial: 0.1, warmup: 2 },
  validation: { x, y: [1] },
  earlyStopping: { patience: 3 },
  classWeights: { a: 1, b: 2 },
  sampleWeights: new Float32Array(1),
  onProgress: ({ cost }: Progress) => cost > 0.1,
};
using nn = new FeedforwardNN({
  layers: [2, 4, 5, 2],
  activation: ['relu', 'gelu'],
  optimizer: { name: 'adamw', weightDecay: 0.1 },
  learningRate: (iteration) => 1 / (iteration + 1),
  classes: ['no', 'yes'],
  scaling: 'standardize',
  precision: 'f32',
});
const { costHistory, stopReason, bestIteration }: TrainResult = nn.train(x, oneHot([1], 2), options);
const later: Promise<TrainResult> = nn.trainAsync(x, ['yes']);
const cost: number = nn.partialFit(x, ['yes'], { learningRate: 0.1 });
const yHat: Matrix = nn.predict([new Float32Array(2)]);
const labels: (string | number)[] = nn.classify(x);
const f1: number = nn.evaluate(x, ['yes']).perClass[0]!.f1;
const check: GradientCheck = nn.gradientCheck(x, ['yes']);
const binary: 'simd' | 'relaxed-simd' = nn.binary;
const text: string = nn.summary() + JSON.stringify(nn);
const copies: FeedforwardNN[] = [fromJSON(text, { precision: 'f64' }), fromSafetensors(toSafetensors(nn))];

// What is loaded may be of any output, unless the output is named, and checked, or claimed.
using loaded = fromJSON(text);
const loadedEvaluation = loaded.evaluate(x, [1]);
const loadedScore: number = 'r2' in loadedEvaluation ? loadedEvaluation.r2 : loadedEvaluation.accuracy;
const named: FeedforwardNN<'linear'> = fromJSON(text, { output: 'linear', iterations: undefined });
const claimed = fromJSON<'softmax'>(text, { precision: 'f32' });
const settingsOfLoading: LoadOptions<'sigmoid'> = {
  activation: 'relu',
  output: 'sigmoid',
  classes: ['no', 'yes'],
};
const fromPyTorch = fromSafetensors(new Uint8Array(8), settingsOfLoading);
const loadedScores: number[] = [
  loadedScore,
  named.evaluate(x, [1]).r2,
  claimed.evaluate(x, [1]).accuracy,
  fromPyTorch.evaluate(x, [1]).accuracy,
];

// What evaluate gives depends on the output.
using regression = new FeedforwardNN({ layers: [2, 1], output: 'linear' });
const { r2 } = regression.evaluate(x, [0.5]);
const settings: FeedforwardNNOptions = { layers: [2, 1], output: 'sigmoid' };
const any: FeedforwardNN<Output> = new FeedforwardNN(settings);
const anyCost: number = any.evaluate(x, [1]).cost;

const { xTrain, yTrain } = trainTestSplit(x, ['yes'], { testSize: 0.5, stratify: true });
const folds = kFold(10, { folds: 5 });
const { mean } = crossValidate({ layers: [2, 1], output: 'linear' }, x, [0.5], { folds: 2 });

function lastCost(error: unknown): number | undefined {
  return error instanceof DivergenceError ? error.costHistory.at(-1) : undefined;
}

function start(module: object): WithOwnCore | UnsupportedRuntimeError {
  useCore(module);
  return new WithOwnCore({ layers: [1, 2] });
}

// @ts-expect-error options are checked by name
new FeedforwardNN({ layer: [2, 2] });
// @ts-expect-error an activation by its name
new FeedforwardNN({ layers: [2, 2], activation: 'swish' });
// @ts-expect-error an option of another optimizer
new FeedforwardNN({ layers: [2, 2], optimizer: { name: 'adam', momentum: 0.9 } });
// @ts-expect-error a schedule with all it needs
nn.train(x, [1], { learningRate: { schedule: 'step', initial: 0.1 } });
// @ts-expect-error a network for regression has no accuracy
void regression.evaluate(x, [0.5]).accuracy;
// @ts-expect-error without an output named, a loaded network may be of any
void loaded.evaluate(x, [1]).accuracy;
// @ts-expect-error what is of the file
fromJSON(text, { scaling: 'minMax' });
// @ts-expect-error a module is an object
useCore('core.wasm');

export {
  anyCost,
  bestIteration,
  binary,
  check,
  copies,
  cost,
  costHistory,
  f1,
  folds,
  labels,
  lastCost,
  later,
  loadedScores,
};
export { mean, r2, start, stopReason, xTrain, yHat, yTrain };
