import { isObject } from './arrays.js';
import type { ClassWeights } from './data/weights.js';
import { count, flag, nonNegative, positiveCount, rowsPerUpdate, wrongNumber, type Check } from './checks.js';
import type { MatrixLike } from './matrix.js';
import { mismatch } from './messages.js';
import type { ResolvedOptions } from './options.js';
import { resolve, withDefault, type Rules } from './rules.js';
import { learningRate, type LearningRate } from './schedule.js';
import type { TargetsLike } from './targets.js';

/** Where a training is. */
export interface Progress {
  /** The pass just made, counted from 0. */
  readonly iteration: number;
  /** Passes that this `train` makes. */
  readonly iterations: number;
  /** Mean cost of that pass, with the term of `l2`. */
  readonly cost: number;
  /** Rows that went through the network in a second, since the report before; no measure where the clock stands still. */
  readonly rowsPerSecond: number;
  /** Mean cost of the validation rows after that pass, without the term of `l2`; undefined without validation. */
  readonly validationCost: number | undefined;
  /** Their accuracy, of a linear output their mean squared error. */
  readonly validationMetric: number | undefined;
}

/** What a training asks of an `AbortSignal`; not every user's compiler knows that name. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  /** Throws the signal's reason once it is aborted. */
  throwIfAborted(): void;
}

/** When a training ends before its last pass. */
export interface EarlyStopping {
  /** Passes without a better cost, integer >= 1; default 10. */
  readonly patience?: number | undefined;
  /** By how much a cost has to be lower to be better, finite and >= 0; default 0. */
  readonly minimumChange?: number | undefined;
}

/** Rows that a training is judged by and does not see. */
export interface ValidationRows {
  readonly x: MatrixLike;
  readonly y: TargetsLike;
}

/** Options of `train`; those of the constructor's names override it for this call. */
export interface TrainOptions {
  /** Passes over the data, integer >= 0; default the network's. */
  readonly iterations?: number | undefined;
  /** Step size, finite and > 0, or a schedule; default the network's. */
  readonly learningRate?: LearningRate | undefined;
  /** Rows per update, integer >= 1, or Infinity for all; default the network's. */
  readonly batchSize?: number | undefined;
  /** Whether mini-batches are drawn anew each pass; default the network's. */
  readonly shuffle?: boolean | undefined;
  /** A weight >= 0 for each row; the cost is (1/m)·Σ w·c with the weights scaled to mean 1. */
  readonly sampleWeights?: ArrayLike<number> | undefined;
  /** A weight for the rows of each class: by label, in the order of the classes, or `'balanced'` for m / (n · rows of it). */
  readonly classWeights?: ClassWeights | undefined;
  /** Rows to judge by after each pass: given, or a share of the rows in (0, 1), drawn from the seed and kept from training. */
  readonly validation?: number | ValidationRows | undefined;
  /**
   * Ends the training when the validation cost, without validation the cost of the training rows, has not become better
   * for some passes; the best parameters are restored however it ends, but for an error. It begins anew with each call.
   * Default false; true takes the defaults.
   */
  readonly earlyStopping?: boolean | EarlyStopping | undefined;
  /**
   * Aborting it ends the training with its reason as the error; the network keeps the parameters it has then. `train`
   * holds its thread, so no timer, as that of `AbortSignal.timeout`, can abort anything while it runs: it looks at the
   * signal at its begin and after reports, and only `onProgress` can abort it in between. `trainAsync` is for the rest.
   */
  readonly signal?: AbortSignalLike | undefined;
  /** Called every `progressEvery` passes; returning false ends the training. `trainAsync` awaits a promise of it. */
  readonly onProgress?: ((progress: Progress) => void | boolean | PromiseLike<void | boolean>) | undefined;
  /** Passes, integer >= 1; default a tenth of the iterations, at least 1, so that reports come ten times. */
  readonly progressEvery?: number | undefined;
  /** True prints the cost ten times with console.log, a function takes the lines instead; default false. */
  readonly log?: boolean | ((line: string) => void) | undefined;
}

/** Options of `partialFit`. Its weights are not scaled, so that they mean the same in every batch. */
export interface PartialFitOptions extends Pick<TrainOptions, 'learningRate'> {
  /** A weight >= 0 for each row of the batch; its cost is (1/m)·Σ w·c. Default 1. */
  readonly sampleWeights?: ArrayLike<number> | undefined;
  /** A weight >= 0 for the rows of each class, by label or in the order of the classes; default 1. */
  readonly classWeights?: Exclude<ClassWeights, 'balanced'> | undefined;
}

/** Train options, checked and complete. */
export interface ResolvedTrainOptions {
  readonly iterations: number;
  readonly learningRate: LearningRate;
  readonly batchSize: number;
  readonly shuffle: boolean;
  /** Still to be read against the rows. */
  readonly sampleWeights: unknown;
  readonly classWeights: unknown;
  /** Whether weights are taken as they are and not scaled to mean 1. */
  readonly weightsAsGiven?: boolean;
  readonly validation: number | Readonly<Record<'x' | 'y', unknown>> | undefined;
  readonly earlyStopping: { readonly patience: number; readonly minimumChange: number } | undefined;
  readonly signal: AbortSignalLike | undefined;
  readonly onProgress: ((progress: Progress) => void | boolean) | undefined;
  readonly progressEvery: number;
  readonly log: ((line: string) => void) | undefined;
}

const unread = (value: unknown): unknown => value;

/** Checks train's options against the network's. Of the caller's, functions, rows and weights are kept. */
export function resolveTrainOptions(options: unknown = {}, network: ResolvedOptions): ResolvedTrainOptions {
  const rules: Rules<ResolvedTrainOptions> = {
    iterations: withDefault(network.iterations, count),
    learningRate: withDefault(network.learningRate, learningRate(network.iterations)),
    batchSize: withDefault(network.batchSize, rowsPerUpdate),
    shuffle: withDefault(network.shuffle, flag),
    sampleWeights: unread,
    classWeights: unread,
    validation: withDefault(undefined, validation),
    earlyStopping: withDefault(undefined, earlyStopping),
    signal: withDefault(undefined, abortSignal),
    onProgress: withDefault(undefined, callback),
    progressEvery: (value, label, { iterations }) =>
      withDefault(Math.max(1, iterations / 10), positiveCount)(value, label),
    log: withDefault(undefined, logger),
  };
  return resolve(options, rules, undefined, (name) =>
    Object.hasOwn(network, name) ? ', only new FeedforwardNN has it' : '',
  );
}

/** Checks partialFit's options: one pass over one batch. */
export function resolvePartialFitOptions(
  options: unknown = {},
  network: ResolvedOptions,
): ResolvedTrainOptions {
  const step = resolveTrainOptions({ iterations: 1, shuffle: false }, { ...network, batchSize: Infinity });
  const given = resolve(
    options,
    {
      learningRate: withDefault(step.learningRate, learningRate(network.iterations)),
      sampleWeights: unread,
      classWeights: ofBatch,
    },
    undefined,
    (name) => (Object.hasOwn(step, name) ? ', but train has it' : ''),
  );
  return { ...step, ...given, weightsAsGiven: true };
}

const ofBatch: Check<unknown> = (value, label) => {
  if (value !== 'balanced') return value;
  throw new RangeError(
    mismatch(label, '{ label: weight }', value, ', for which a batch does not know the whole'),
  );
};

const validation: Check<ResolvedTrainOptions['validation']> = (value, label) => {
  if (isObject(value) && !Array.isArray(value)) return resolve(value, { x: unread, y: unread }, label);
  if (typeof value === 'number' && value > 0 && value < 1) return value;
  throw wrongNumber(label, 'a share of the rows in (0, 1) or { x, y }', value);
};

const earlyStopping: Check<ResolvedTrainOptions['earlyStopping']> = (value, label) => {
  if (value === false) return undefined;
  if (value !== true && !isObject(value))
    throw new TypeError(mismatch(label, 'a boolean or { patience, minimumChange }', value));
  return resolve(
    value === true ? {} : value,
    {
      patience: withDefault(10, positiveCount),
      minimumChange: withDefault(0, nonNegative),
    },
    label,
  );
};

const abortSignal: Check<AbortSignalLike> = (value, label) => {
  // By what it does: a signal of another realm or a polyfill is as good.
  const { aborted, throwIfAborted } = Object(value) as Record<string, unknown>;
  if (typeof aborted === 'boolean' && typeof throwIfAborted === 'function') return value as AbortSignalLike;
  throw new TypeError(mismatch(label, 'an AbortSignal', value));
};

const callback: Check<(progress: Progress) => void | boolean> = (value, label) => {
  if (typeof value === 'function') return value as (progress: Progress) => void | boolean;
  throw new TypeError(mismatch(label, 'a function', value));
};

const logger: Check<((line: string) => void) | undefined> = (value, label) => {
  if (typeof value === 'function') return value as (line: string) => void;
  if (typeof value === 'boolean') return value ? (line) => console.log(line) : undefined;
  throw new TypeError(mismatch(label, 'a boolean or a function', value));
};
