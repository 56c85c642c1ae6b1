import type { Matrix } from '../matrix.js';
import { hasOneClassPerRow, type Output } from '../options.js';
import type { RowSource } from '../row-source.js';
import {
  classificationEvaluation,
  multiLabelEvaluation,
  type ClassificationEvaluation,
  type MultiLabelEvaluation,
} from './classification.js';
import { regressionEvaluation, type RegressionEvaluation } from './regression.js';

/**
 * What `evaluate` gives for each output; `sigmoid` gives a ClassificationEvaluation with one output,
 * a MultiLabelEvaluation, whose `confusionMatrix` is undefined, with more.
 */
export type EvaluationOf<O extends Output> = {
  softmax: ClassificationEvaluation;
  sigmoid: ClassificationEvaluation | MultiLabelEvaluation;
  linear: RegressionEvaluation;
}[O];

/**
 * Judges the predictions of a network with that output.
 *
 * @param cost as the core computes it, from the pre-activations
 * @param yHat m × outputs predictions, m >= 1
 * @param y m × outputs targets
 * @param classes labels of the classes or outputs, 2 for one sigmoid output; unused for `linear`
 */
export function evaluationOf<O extends Output>(
  output: O,
  cost: number,
  yHat: Matrix,
  y: RowSource,
  classes: readonly (string | number)[],
): EvaluationOf<O> {
  // The compiler does not narrow O by the value of `output`.
  const evaluation: EvaluationOf<Output> =
    output === 'linear'
      ? regressionEvaluation(cost, yHat, y)
      : hasOneClassPerRow(output, yHat.cols)
        ? classificationEvaluation(cost, yHat, y, classes)
        : multiLabelEvaluation(cost, yHat, y, classes);
  return evaluation as EvaluationOf<O>;
}
