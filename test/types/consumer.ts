// A user's program, checked against the declarations in the packed tarball.
import {
  FeedforwardNN,
  Matrix,
  UnsupportedRuntimeError,
  kFold,
  oneHot,
  trainTestSplit,
  type TrainOptions,
} from 'feedforward-wasm';
import { FeedforwardNN as WithOwnCore, useCore } from 'feedforward-wasm/core';

const options: TrainOptions = { iterations: 10, onProgress: ({ cost }) => cost > 0.1 };
using nn = new FeedforwardNN({ layers: [2, 4, 2], precision: 'f32' });
const { costHistory } = nn.train([[0, 1]], oneHot([1], 2), options);
const yHat: Matrix = nn.predict([new Float32Array(2)]);
const binary: 'simd' | 'relaxed-simd' = nn.binary;

// The parts of targets are of the kind of the targets.
const split = trainTestSplit([new Float32Array(2), [0, 1]], ['no', 'yes'], { testSize: 1 });
const labels: string[] = split.yTest;
const numbers: number[] = trainTestSplit(split.xTrain, new Float32Array(2), { stratify: true }).yTest;
const matrix: Matrix = trainTestSplit(yHat, [[0, 1], new Uint8Array(2)]).yTrain;
const fold: Uint32Array = kFold(10, { folds: 2 })[0]!.test;

function start(module: object): WithOwnCore | UnsupportedRuntimeError {
  useCore(module);
  return new WithOwnCore({ layers: [1, 2] });
}

// @ts-expect-error options are checked by name
new FeedforwardNN({ layer: [2, 2] });
// @ts-expect-error labels are strings or numbers
trainTestSplit(yHat, [true, false]);
// @ts-expect-error a module is an object
useCore('core.wasm');

export { binary, costHistory, fold, labels, matrix, numbers, start, yHat };
