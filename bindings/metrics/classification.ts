import { largest, Matrix } from '../matrix.js';
import type { RowSource } from '../row-source.js';
import { pairs } from './pairs.js';

/** How well one class, or one output of many labels, is told from the rest; a ratio whose denominator is 0 is 0. */
export interface ClassScore {
  readonly label: string | number;
  /** Of the rows predicted as this class, the share that is of it; 0 if none was predicted so. */
  readonly precision: number;
  /** Of the rows of this class, the share predicted as it; 0 if there is none. */
  readonly recall: number;
  /** Harmonic mean of precision and recall, 2·TP / (2·TP + FP + FN); 0 if the class neither occurs nor was predicted. */
  readonly f1: number;
  /** How many rows are of this class. */
  readonly support: number;
}

/** How well predicted classes match the targets', one class per row. */
export interface ClassificationEvaluation {
  /** Mean cost over the rows. */
  readonly cost: number;
  /** Share of the rows, 0 … 1, whose predicted class is the target's. */
  readonly accuracy: number;
  /** One per class, in the order of the classes. */
  readonly perClass: readonly ClassScore[];
  /** Classes × classes: element (i, j) counts the rows of class i that were predicted as class j. */
  readonly confusionMatrix: Matrix;
}

/** How well predictions match targets where every output is a label that a row has or has not. */
export interface MultiLabelEvaluation {
  /** Mean cost over the rows. */
  readonly cost: number;
  /** Share of the rows, 0 … 1, with every label right: the subset accuracy. */
  readonly accuracy: number;
  /** One per output, in their order. */
  readonly perClass: readonly ClassScore[];
  /** Rows have no one class to be confused with another. */
  readonly confusionMatrix: undefined;
}

type Row = ArrayLike<number>;
type Labels = readonly (string | number)[];

/**
 * The class of a row of probabilities, predicted or wanted: the largest of several outputs, the first on ties;
 * of one output the second class above 0.5, else, 0.5 itself included, the first, as in scikit-learn.
 */
export function classOf(row: Row): number {
  return row.length === 1 ? Number(isPositive(row, 0)) : largest(row);
}

/**
 * Scores of softmax outputs, or of one sigmoid output with two classes, by scikit-learn's definitions.
 *
 * @param cost as the core computes it, from the pre-activations
 * @param yHat m × outputs probabilities, m >= 1
 * @param y m × outputs targets
 * @param classes n labels; n = outputs, or 2 for one output
 */
export function classificationEvaluation(
  cost: number,
  yHat: Matrix,
  y: RowSource,
  classes: Labels,
): ClassificationEvaluation {
  const confusionMatrix = new Matrix(classes.length, classes.length);
  const tally = tallies(classes);
  for (const [predicted, actual] of pairs(yHat, y)) {
    const i = classOf(actual);
    const j = classOf(predicted);
    tally[i]!.actual++;
    tally[j]!.predicted++;
    if (i === j) tally[i]!.right++;
    confusionMatrix.data[i * classes.length + j]!++;
  }
  const accuracy = tally.reduce((sum, { right }) => sum + right, 0) / y.rows;
  return { cost, accuracy, perClass: tally.map(score), confusionMatrix };
}

/**
 * Scores of several sigmoid outputs: each is a label, predicted and wanted above 0.5, by scikit-learn's definitions.
 *
 * @param cost as the core computes it, from the pre-activations
 * @param yHat m × n probabilities, m >= 1
 * @param y m × n targets
 * @param labels of the n outputs
 */
export function multiLabelEvaluation(
  cost: number,
  yHat: Matrix,
  y: RowSource,
  labels: Labels,
): MultiLabelEvaluation {
  const tally = tallies(labels);
  let rowsRight = 0;
  for (const [predicted, actual] of pairs(yHat, y)) {
    let wrong = 0;
    for (let j = 0; j < labels.length; j++) {
      const has = isPositive(actual, j);
      const told = isPositive(predicted, j);
      const each = tally[j]!;
      if (has) each.actual++;
      if (told) each.predicted++;
      if (has && told) each.right++;
      if (has !== told) wrong++;
    }
    if (wrong === 0) rowsRight++;
  }
  return { cost, accuracy: rowsRight / y.rows, perClass: tally.map(score), confusionMatrix: undefined };
}

function isPositive(row: Row, j: number): boolean {
  return row[j]! > 0.5;
}

/** Rows of a class; rows predicted as it; rows that are both. */
interface Tally {
  readonly label: string | number;
  actual: number;
  predicted: number;
  right: number;
}

function tallies(labels: Labels): Tally[] {
  return labels.map((label) => ({ label, actual: 0, predicted: 0, right: 0 }));
}

function score({ label, actual, predicted, right }: Tally): ClassScore {
  return {
    label,
    precision: ratio(right, predicted),
    recall: ratio(right, actual),
    f1: ratio(2 * right, actual + predicted),
    support: actual,
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
