import { isArrayLike } from './arrays.js';
import { flag, integer, nonNegative, oneOf, positive, wrongName, type Check } from './checks.js';
import { mismatch } from './messages.js';
import { resolve, withDefault, type Rules } from './rules.js';

const ACTIVATIONS = ['tanh'] as const;
const OUTPUTS = ['softmax'] as const;
const OPTIMIZERS = ['sgd'] as const;
const PRECISIONS = ['f64', 'f32'] as const;

/** The function of the hidden layers. */
export type Activation = (typeof ACTIVATIONS)[number];
/** The function of the last layer; `softmax` comes with the categorical cross-entropy. */
export type Output = (typeof OUTPUTS)[number];
/** The rule of the update; `sgd` is W ← W − learningRate · dW. */
export type Optimizer = (typeof OPTIMIZERS)[number];
/** The type of every number of the network: 8 bytes (`f64`) or 4 (`f32`). */
export type Precision = (typeof PRECISIONS)[number];
/**
 * The weights at the start, drawn from a normal distribution with mean 0:
 * of standard deviation `normal`, or of √(2 / (inputs + outputs)) of each layer (`glorot`). Biases start at 0.
 */
export type Initialization = { readonly normal: number } | 'glorot';

/** Options of `new FeedforwardNN`; undefined means the default. */
export interface FeedforwardNNOptions {
  /** Widths [inputs, …hidden, outputs]: two or more integers >= 1; softmax takes at least 2 outputs. */
  readonly layers: ArrayLike<number>;
  /** Step size, finite and > 0; default 0.1. */
  readonly learningRate?: number | undefined;
  /** Passes over the data that one `train` makes, integer >= 0; default 1000. */
  readonly iterations?: number | undefined;
  /** Default `'tanh'`. */
  readonly activation?: Activation | undefined;
  /** Default `'softmax'`. */
  readonly output?: Output | undefined;
  /** Default `'sgd'`. */
  readonly optimizer?: Optimizer | undefined;
  /** Rows per update, integer >= 1; default all rows. */
  readonly batchSize?: number | undefined;
  /** Default `{ normal: 0.001 }` with at most one hidden layer, `'glorot'` with more. */
  readonly init?: Initialization | undefined;
  /** The one source of randomness, safe integer >= 0; default 0. */
  readonly seed?: number | undefined;
  /** Default `'f64'`. */
  readonly precision?: Precision | undefined;
  /** True: the same bits on every engine and processor, at some cost in speed; default false. */
  readonly deterministic?: boolean | undefined;
}

/** Where a training is. */
export interface Progress {
  /** The pass just made, counted from 0. */
  readonly iteration: number;
  /** Passes that this `train` makes. */
  readonly iterations: number;
  /** Mean cost of that pass. */
  readonly cost: number;
}

/** Options of `train`; those of the constructor's names override it for this call. */
export interface TrainOptions {
  /** Passes over the data, integer >= 0; default the network's. */
  readonly iterations?: number | undefined;
  /** Step size, finite and > 0; default the network's. */
  readonly learningRate?: number | undefined;
  /** Rows per update, integer >= 1; default the network's. */
  readonly batchSize?: number | undefined;
  /** Called every `progressEvery` passes; returning false ends the training. */
  readonly onProgress?: ((progress: Progress) => void | boolean) | undefined;
  /** Passes, integer >= 1; default a tenth of the iterations, at least 1, so that reports come ten times. */
  readonly progressEvery?: number | undefined;
  /** True prints the cost ten times with console.log, a function takes the lines instead; default false. */
  readonly log?: boolean | ((line: string) => void) | undefined;
}

type Defined<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

/** Constructor options, checked, copied and complete. */
export interface ResolvedOptions extends Defined<FeedforwardNNOptions> {
  readonly layers: readonly number[];
  /** Infinity stands for all rows. */
  readonly batchSize: number;
}

/** Train options, checked and complete. */
export interface ResolvedTrainOptions extends Defined<Omit<TrainOptions, 'onProgress' | 'log'>> {
  readonly onProgress: ((progress: Progress) => void | boolean) | undefined;
  readonly log: ((line: string) => void) | undefined;
}

const count = integer(0);
const positiveCount = integer(1);

const NETWORK: Rules<ResolvedOptions> = {
  layers: widths,
  learningRate: withDefault(0.1, positive),
  iterations: withDefault(1000, count),
  activation: withDefault('tanh', oneOf(ACTIVATIONS)),
  output: (value, label, { layers }) =>
    outputFor(layers, withDefault('softmax', oneOf(OUTPUTS))(value, label)),
  optimizer: withDefault('sgd', oneOf(OPTIMIZERS)),
  batchSize: withDefault(Infinity, positiveCount),
  init: (value, label, { layers }) => withDefault(defaultInit(layers), initialization)(value, label),
  seed: withDefault(0, count),
  precision: withDefault('f64', oneOf(PRECISIONS)),
  deterministic: withDefault(false, flag),
};

/** Checks the constructor's options. Nothing of the caller's is kept or changed. */
export function resolveOptions(options: unknown): ResolvedOptions {
  return resolve(options, NETWORK);
}

/** Checks train's options against the network's. Of the caller's, only the functions are kept. */
export function resolveTrainOptions(options: unknown, network: ResolvedOptions): ResolvedTrainOptions {
  return resolve<ResolvedTrainOptions>(options === undefined ? {} : options, {
    iterations: withDefault(network.iterations, count),
    learningRate: withDefault(network.learningRate, positive),
    batchSize: withDefault(network.batchSize, positiveCount),
    onProgress: withDefault(undefined, callback),
    progressEvery: (value, label, { iterations }) =>
      withDefault(Math.max(1, iterations / 10), positiveCount)(value, label),
    log: withDefault(undefined, logger),
  });
}

function widths(value: unknown, label: string): readonly number[] {
  if (!isArrayLike(value)) throw new TypeError(mismatch(label, 'an array of at least two widths', value));
  if (value.length < 2) throw new RangeError(mismatch(label, 'an array of at least two widths', value));
  return Array.from({ length: value.length }, (_, i) => positiveCount(value[i], `${label}[${i}]`));
}

function outputFor(layers: readonly number[], output: Output): Output {
  const outputs = layers.at(-1)!;
  if (output === 'softmax' && outputs < 2)
    throw new RangeError(
      mismatch('layers', 'at least 2 outputs for "softmax"', outputs, '; two classes take two outputs'),
    );
  return output;
}

// Gradients shrink with the weights of every layer they pass: the textbook's 0.001 serves one hidden layer only.
function defaultInit(layers: readonly number[]): Initialization {
  return layers.length <= 3 ? { normal: 0.001 } : 'glorot';
}

function initialization(value: unknown, label: string): Initialization {
  if (value === 'glorot') return value;
  if (typeof value === 'object' && value !== null) return resolve(value, { normal: nonNegative }, label);
  throw wrongName(label, '"glorot" or { normal: sd }', value, ['glorot']);
}

const callback: Check<(progress: Progress) => void | boolean> = (value, label) => {
  if (typeof value === 'function') return value as (progress: Progress) => void | boolean;
  throw new TypeError(mismatch(label, 'a function', value));
};

const logger: Check<((line: string) => void) | undefined> = (value, label) => {
  if (typeof value === 'function') return value as (line: string) => void;
  if (typeof value === 'boolean') return value ? (line) => console.log(line) : undefined;
  throw new TypeError(mismatch(label, 'a boolean or a function', value));
};
