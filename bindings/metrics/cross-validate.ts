import { flag } from '../checks.js';
import { selectRows } from '../data/selection.js';
import { kFold } from '../data/split.js';
import { FeedforwardNN } from '../feedforward-nn.js';
import { copyOf, type Matrix, type MatrixLike } from '../matrix.js';
import { mismatch } from '../messages.js';
import {
  hasOneClassPerRow,
  resolveOptions,
  type FeedforwardNNOptions,
  type Output,
  type ResolvedOptions,
} from '../options.js';
import { resolveTrainOptions, type TrainOptions } from '../train-options.js';
import { readMatrix } from '../row-source.js';
import { optionsGiven, resolve, withDefault } from '../rules.js';
import { holdsLabels } from '../data/labels.js';
import { classOf } from './classification.js';
import type { EvaluationOf } from './evaluation.js';
import { stratifiedFolds } from './stratified-folds.js';

/** Options of `crossValidate`: its own, and those of `train`, which hold for the training of every fold. */
export interface CrossValidateOptions extends TrainOptions {
  /** Into how many parts the rows are split, each the test part of one fold: integer from 2 to the rows; default 5. */
  readonly folds?: number | undefined;
  /** Of the order that the rows are split in, safe integer >= 0; default 0. */
  readonly seed?: number | undefined;
  /**
   * Whether each part has its share of every class. Default true where every row is of one class: with `softmax` and
   * with a single `sigmoid` output; elsewhere it cannot be.
   */
  readonly stratify?: boolean | undefined;
}

/** The numbers of an evaluation. */
type Scores<O extends Output> = Omit<EvaluationOf<O>, 'perClass' | 'confusionMatrix'>;

/** What `crossValidate` found. */
export interface CrossValidation<O extends Output> {
  /** Of each fold, how well the network trained on the other rows predicts its test part. */
  readonly folds: readonly EvaluationOf<O>[];
  /** Mean v̄ = (1/k)·Σ v of each number over the k folds. */
  readonly mean: Scores<O>;
  /** Standard deviation √((1/k)·Σ (v − v̄)²) of each number over the k folds. */
  readonly standardDeviation: Scores<O>;
}

/**
 * k-fold cross-validation: splits the rows into k parts and, for each, trains a new network on all the others and
 * evaluates it on that part. Every network begins with the same options, seed included. Classes are learnt from all rows.
 *
 * @param options of the networks
 * @param x and @param y as in `train`; they are checked as a whole before the first training
 * @throws as `new FeedforwardNN` and `train`; TypeError or RangeError for `folds`, `seed` and `stratify`
 */
export function crossValidate<O extends Output = 'softmax'>(
  options: FeedforwardNNOptions<O>,
  x: MatrixLike,
  y: ArrayLike<string | number> | MatrixLike,
  crossValidation: CrossValidateOptions = {},
): CrossValidation<O> {
  const given: CrossValidateOptions = Object.fromEntries(optionsGiven(crossValidation));
  checkNames(given, resolveOptions(options));
  const { folds: count, seed, stratify, ...training } = given;
  const { sampleWeights } = training;

  // Trained for no pass, it checks everything, naming rows by the caller's numbers, and learns the classes of all rows.
  const { classes, layers } = withNetwork(options, (network) => {
    network.train(x, y, { ...training, iterations: 0 });
    return network;
  });

  const inputs = readMatrix(x, 'x');
  const targets = targetsOf(y);
  const split = { folds: count, seed };
  const parts = stratified(stratify, hasOneClassPerRow(options.output ?? 'softmax', layers.at(-1)!))
    ? stratifiedFolds(targets.classes(), split)
    : kFold(inputs.rows, split);
  const folds = parts.map(({ train, test }) =>
    withNetwork({ ...options, classes }, (network) => {
      const weights = sampleWeights && { sampleWeights: pick(sampleWeights, train) };
      network.train(copyOf(selectRows(inputs, train)), targets.at(train), { ...training, ...weights });
      return network.evaluate(copyOf(selectRows(inputs, test)), targets.at(test));
    }),
  );
  return { folds, ...statistics(folds) };
}

/** What is of the network alone is left to `train`, which says so. */
function checkNames(given: CrossValidateOptions, network: ResolvedOptions): void {
  const known = ['folds', 'seed', 'stratify', ...Object.keys(resolveTrainOptions({}, network))];
  const others = Object.entries(given).filter(
    ([name]) => known.includes(name) || !Object.hasOwn(network, name),
  );
  resolve(
    Object.fromEntries(others),
    Object.fromEntries(known.map((name) => [name, (value: unknown) => value])),
  );
}

/** Disposes the network however `use` ends; its options can still be read then. */
function withNetwork<O extends Output, R>(
  options: FeedforwardNNOptions<O>,
  use: (network: FeedforwardNN<O>) => R,
): R {
  const network = new FeedforwardNN<O>(options);
  try {
    return use(network);
  } finally {
    network.dispose();
  }
}

function stratified(wanted: unknown, possible: boolean): boolean {
  const result = withDefault(possible, flag)(wanted, 'stratify');
  if (result && !possible)
    throw new RangeError(
      mismatch('stratify', 'false', true, '; only rows of one class each can be stratified'),
    );
  return result;
}

interface Targets {
  /** The class of each row, for targets of one class per row. */
  classes(): ArrayLike<unknown>;
  /** Those rows, as they were given: labels, or a matrix. */
  at(rows: Uint32Array): ArrayLike<string | number> | Matrix;
}

/** Targets that a network has checked. */
function targetsOf(y: unknown): Targets {
  if (holdsLabels(y)) {
    const labels = y as ArrayLike<string | number>;
    return { classes: () => labels, at: (rows) => pick(labels, rows) };
  }
  const source = readMatrix(y, 'y');
  return {
    classes: () => Array.from(copyOf(source), classOf),
    at: (rows) => copyOf(selectRows(source, rows)),
  };
}

function pick<T>(values: ArrayLike<T>, rows: Uint32Array): T[] {
  return Array.from(rows, (row) => values[row]!);
}

function statistics<O extends Output>(
  folds: readonly EvaluationOf<O>[],
): Pick<CrossValidation<O>, 'mean' | 'standardDeviation'> {
  const mean: Record<string, number> = {};
  const standardDeviation: Record<string, number> = {};
  const scores = folds.map((fold) => new Map<string, unknown>(Object.entries(fold)));
  for (const [name, first] of scores[0]!) {
    if (typeof first !== 'number') continue;
    const values = scores.map((fold) => fold.get(name) as number);
    const centre = average(values);
    mean[name] = centre;
    standardDeviation[name] = Math.sqrt(average(values.map((value) => (value - centre) * (value - centre))));
  }
  return { mean, standardDeviation } as Pick<CrossValidation<O>, 'mean' | 'standardDeviation'>;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
