import { expect, expectTypeOf, test } from 'vitest';
import { Matrix } from '../../bindings/matrix.js';
import type {
  ClassificationEvaluation,
  MultiLabelEvaluation,
} from '../../bindings/metrics/classification.js';
import { evaluationOf, type EvaluationOf } from '../../bindings/metrics/evaluation.js';
import { hasOneClassPerRow } from '../../bindings/options.js';
import type { RegressionEvaluation } from '../../bindings/metrics/regression.js';
import { readMatrix } from '../../bindings/row-source.js';

const wide = Matrix.from([
  [0.9, 0.1],
  [0.2, 0.8],
]);
const narrow = Matrix.from([[0.9], [0.2]]);

function judge<O extends 'softmax' | 'sigmoid' | 'linear'>(output: O, yHat: Matrix): EvaluationOf<O> {
  return evaluationOf(output, 0.5, yHat, readMatrix(yHat, 'y'), ['no', 'yes']);
}

test('each output is judged in its own way', () => {
  const perClass = ['no', 'yes'].map((label) => ({ label, precision: 1, recall: 1, f1: 1, support: 1 }));
  const right = { cost: 0.5, accuracy: 1, perClass };
  const confusionMatrix = Matrix.from([
    [1, 0],
    [0, 1],
  ]);
  expect(judge('softmax', wide)).toEqual({ ...right, confusionMatrix });
  expect(judge('sigmoid', narrow)).toEqual({ ...right, confusionMatrix });
  expect(judge('sigmoid', wide)).toStrictEqual({ ...right, confusionMatrix: undefined });
  expect(judge('linear', wide)).toEqual({ cost: 0.5, mse: 0, mae: 0, r2: 1 });
});

test('the type follows the output', () => {
  expectTypeOf(judge('softmax', wide)).toEqualTypeOf<ClassificationEvaluation>();
  expectTypeOf(judge('sigmoid', wide)).toEqualTypeOf<ClassificationEvaluation | MultiLabelEvaluation>();
  expectTypeOf(judge('linear', wide)).toEqualTypeOf<RegressionEvaluation>();
  expectTypeOf(judge('sigmoid', wide).confusionMatrix).toEqualTypeOf<Matrix | undefined>();
});

test('softmax and a single sigmoid output give each row one class', () => {
  expect([hasOneClassPerRow('softmax', 3), hasOneClassPerRow('sigmoid', 1)]).toEqual([true, true]);
  expect([hasOneClassPerRow('sigmoid', 3), hasOneClassPerRow('linear', 1)]).toEqual([false, false]);
});
