import { describe, expect, test } from 'vitest';
import type { Binary } from '../bindings/core/binary.js';
import { SKLEARN, type SklearnCase } from './fixtures/sklearn/cases.js';
import { BINARIES, networkOn } from './networks.js';

/**
 * Two trainings that are equally good differ by their seeds. The median of n scores has the standard error
 * √(π/2)·s/√n, and two medians of n differ by √2 times that; twice it is what is allowed here. s is the standard
 * deviation of scikit-learn's scores.
 */
function allowance({ scores }: SklearnCase): number {
  const n = scores.length;
  const mean = scores.reduce((a, b) => a + b) / n;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (n - 1);
  return 2 * Math.sqrt((Math.PI * variance) / n);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

/** The score on the rows held out: R² of a linear output, else accuracy. */
function score(binary: Binary, { options, training, heldOut }: SklearnCase, seed: number): number {
  using network = networkOn(binary, { ...options, seed });
  network.train(training.x, training.y);
  const yHat = network.predict(heldOut.x);
  return yHat.cols === 1 ? rSquared(yHat.data, heldOut.y) : accuracy(yHat.argmax(), heldOut.y);
}

function accuracy(predicted: ArrayLike<number>, y: readonly number[]): number {
  return y.filter((label, i) => predicted[i] === label).length / y.length;
}

/** 1 − Σ(y − ŷ)² / Σ(y − ȳ)² */
function rSquared(yHat: ArrayLike<number>, y: readonly number[]): number {
  const mean = y.reduce((a, b) => a + b) / y.length;
  const squares = (reference: (i: number) => number): number =>
    y.reduce((sum, value, i) => sum + (value - reference(i)) ** 2, 0);
  return 1 - squares((i) => yHat[i]!) / squares(() => mean);
}

const titled = SKLEARN.map((given): [string, SklearnCase] => {
  const { name, options, scores, median: reached } = given;
  const metric = options.layers[options.layers.length - 1] === 1 ? 'R²' : 'accuracy';
  const bound = `${reached.toFixed(4)} less ${allowance(given).toFixed(4)}, two standard errors`;
  return [
    `${name}: the median ${metric} of ${scores.length} seeds is at least scikit-learn’s ${bound}`,
    given,
  ];
});

describe.each(BINARIES)('in the %s binary', (binary) => {
  test.each(titled)('%s', (_, given) => {
    const scores = given.scores.map((_, seed) => score(binary, given, seed));
    expect(median(scores)).toBeGreaterThanOrEqual(given.median - allowance(given));
  });
});
