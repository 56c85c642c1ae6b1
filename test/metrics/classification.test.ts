import { describe, expect, test } from 'vitest';
import {
  classificationEvaluation,
  classOf,
  multiLabelEvaluation,
  type ClassScore,
} from '../../bindings/metrics/classification.js';
import { Matrix } from '../../bindings/matrix.js';
import { oneHotRows } from '../../bindings/one-hot.js';
import { expectNear, FIXTURE, inputsOf, type ClassesExpected } from './fixture.js';

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyzABCDEF');

function expectScores(
  found: { accuracy: number; perClass: readonly ClassScore[] },
  expected: ClassesExpected,
  labels: readonly (string | number)[],
): void {
  expectNear(found.accuracy, expected.accuracy);
  expect(found.perClass.map(({ label }) => label)).toEqual(labels);
  found.perClass.forEach((score, j) => {
    for (const key of ['precision', 'recall', 'f1'] as const) expectNear(score[key], expected[key][j]!);
    expect(score.support).toBe(expected.support[j]);
  });
}

describe.each(['softmax', 'binary'] as const)('%s scores are scikit-learn’s within 1e-12', (kind) => {
  test.each(FIXTURE[kind])('$name', (rows) => {
    const labels = LETTERS.slice(0, rows.expected.support.length);
    const found = classificationEvaluation(0.25, ...inputsOf(rows), labels);
    expectScores(found, rows.expected, labels);
    expect(found.confusionMatrix.toRows()).toEqual(rows.expected.confusionMatrix);
    expect(found.cost).toBe(0.25);
  });
});

describe('multi-label scores are scikit-learn’s within 1e-12', () => {
  test.each(FIXTURE.multiLabel)('$name', (rows) => {
    const labels = LETTERS.slice(0, rows.expected.support.length);
    const found = multiLabelEvaluation(0.25, ...inputsOf(rows), labels);
    expectScores(found, rows.expected, labels);
    expect(found.confusionMatrix).toBeUndefined();
    expect(found.cost).toBe(0.25);
  });
});

test('the confusion matrix has the actual class as row, the predicted one as column', () => {
  const yHat = Matrix.from([
    [0.1, 0.9],
    [0.2, 0.8],
    [0.7, 0.3],
  ]);
  const { confusionMatrix } = classificationEvaluation(0, yHat, oneHotRows(Int32Array.of(0, 1, 0), 2), [
    'no',
    'yes',
  ]);
  expect(confusionMatrix.toRows()).toEqual([
    [1, 1],
    [0, 1],
  ]);
});

test('single precision is judged as it is, and left as it was', () => {
  const yHat = new Matrix(2, 2, Float32Array.of(0.1, 0.9, 0.6, 0.4));
  const { accuracy } = classificationEvaluation(0, yHat, oneHotRows(Int32Array.of(1, 1), 2), [0, 1]);
  expect(accuracy).toBe(0.5);
  expect(yHat.data).toEqual(Float32Array.of(0.1, 0.9, 0.6, 0.4));
});

test('classOf takes the first of equal outputs, and the first class at 0.5', () => {
  expect([[0.2, 0.4, 0.4], [0.5, 0.5], [0.5], [0.5 + 2 ** -53], [0.5 - 2 ** -54]].map(classOf)).toEqual([
    1, 0, 0, 1, 0,
  ]);
});
