import { isArrayLike, isObject } from './arrays.js';
import {
  count,
  flag,
  fraction,
  nonNegative,
  oneOf,
  oneOfNames,
  orInfinity,
  positive,
  positiveCount,
  rowsPerUpdate,
  wrongName,
} from './checks.js';
import { givenClasses, type Classes, type Label } from './data/labels.js';
import { SCALING_METHODS, type ScalingMethod } from './data/scaling.js';
import { contradiction, mismatch } from './messages.js';
import { OPTIMIZER_SETTINGS, optimizer, type Optimizer, type ResolvedOptimizer } from './optimizer.js';
import { havingOption, resolve, withDefault, type Rules } from './rules.js';
import { learningRate, type LearningRate } from './schedule.js';

/** In the order of the core's enum. */
export const ACTIVATIONS = [
  'tanh',
  'relu',
  'leakyRelu',
  'sigmoid',
  'elu',
  'gelu',
  'silu',
  'softplus',
  'identity',
] as const;
/** In the order of the core's enum. */
export const OUTPUTS = ['softmax', 'sigmoid', 'linear'] as const;
const PRECISIONS = ['f64', 'f32'] as const;
const INITIALIZATIONS = ['glorot', 'glorotUniform', 'he', 'lecun'] as const;

/**
 * The function of a hidden layer: `relu` max(z, 0); `leakyRelu` max(z, z/100); `sigmoid` 1 / (1 + e^−z); `elu` z above
 * 0, e^z − 1 below; `gelu` z · Φ(z) with the normal distribution Φ itself; `silu` z / (1 + e^−z); `softplus` ln(1 + e^z).
 */
export type Activation = (typeof ACTIVATIONS)[number];
/**
 * The function of the last layer, with its canonical cost, the mean over the rows of: `softmax` categorical
 * cross-entropy −Σ y·ln ŷ; `sigmoid` binary cross-entropy −Σ [y·ln ŷ + (1 − y)·ln(1 − ŷ)]; `linear` ½ Σ (ŷ − y)².
 */
export type Output = (typeof OUTPUTS)[number];
/** The type of every number of the network: 8 bytes (`f64`) or 4 (`f32`). */
export type Precision = (typeof PRECISIONS)[number];
/**
 * The weights at the start, drawn with mean 0: normal with the standard deviation `normal`, or of each layer
 * √(2 / (inputs + outputs)) (`glorot`), √(2 / inputs) (`he`), √(1 / inputs) (`lecun`); or uniform within
 * ±√(6 / (inputs + outputs)) (`glorotUniform`). Biases start at 0.
 */
export type Initialization = { readonly normal: number } | (typeof INITIALIZATIONS)[number];

/** Options of `new FeedforwardNN`; undefined means the default. */
export interface FeedforwardNNOptions<O extends Output = Output> {
  /** Widths [inputs, …hidden, outputs]: two or more integers >= 1; softmax takes at least 2 outputs. */
  readonly layers: ArrayLike<number>;
  /** Step size, finite and > 0, or a schedule; default 0.1. */
  readonly learningRate?: LearningRate | undefined;
  /** Passes over the data that one `train` makes, integer >= 0; default 1000. */
  readonly iterations?: number | undefined;
  /** One for all hidden layers or one each; default `'tanh'`. */
  readonly activation?: Activation | readonly Activation[] | undefined;
  /** Default `'softmax'`. */
  readonly output?: O | undefined;
  /** Default `'sgd'`: W ← W − learningRate · dW. */
  readonly optimizer?: Optimizer | undefined;
  /** λ >= 0 of the term (λ/2)·ΣW² of the cost, over weights and not biases; default 0. */
  readonly l2?: number | undefined;
  /** Share of the hidden activations that each training step leaves out, in [0, 1); default 0. */
  readonly dropout?: number | undefined;
  /** The norm, > 0, to which longer gradients are cut back: g · min(1, clipNorm / (‖g‖ + 1e-6)); default Infinity. */
  readonly clipNorm?: number | undefined;
  /** Rows per update, integer >= 1; default Infinity, which is all rows. */
  readonly batchSize?: number | undefined;
  /** Whether the rows of mini-batches come in a new order each pass, drawn from the seed; default true. */
  readonly shuffle?: boolean | undefined;
  /** Default `{ normal: 0.001 }` with tanh and at most one hidden layer, else `'glorot'`. */
  readonly init?: Initialization | undefined;
  /** The labels of the outputs in their order; default those of the first `train`. */
  readonly classes?: ArrayLike<Label> | undefined;
  /** How the columns of x are scaled, by the rows of the first `train`; kept in the network. Default `'none'`. */
  readonly scaling?: ScalingMethod | undefined;
  /** The one source of randomness, safe integer >= 0; default 0. */
  readonly seed?: number | undefined;
  /** Default `'f64'`; `'f32'` wants an epsilon and initial weights that it can hold. */
  readonly precision?: Precision | undefined;
  /** True: the same bits on every engine and processor, at some cost in speed; default false. */
  readonly deterministic?: boolean | undefined;
}

type Defined<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

/** Constructor options, checked, copied and complete. */
export interface ResolvedOptions extends Defined<Omit<FeedforwardNNOptions, 'classes'>> {
  readonly layers: readonly number[];
  /** One for each hidden layer. */
  readonly activation: readonly Activation[];
  readonly optimizer: ResolvedOptimizer;
  /** Infinity stands for all rows. */
  readonly batchSize: number;
  readonly classes: Classes | undefined;
}

const NETWORK: Rules<ResolvedOptions> = {
  layers: widths,
  iterations: withDefault(1000, count),
  learningRate: (value, label, { iterations }) => withDefault(0.1, learningRate(iterations))(value, label),
  activation: activations,
  output: (value, label, { layers }) =>
    outputFor(layers, withDefault('softmax', oneOf(OUTPUTS))(value, label)),
  optimizer: (value, label) => optimizer(value === undefined ? 'sgd' : value, label),
  l2: withDefault(0, nonNegative),
  dropout: (value, label, { layers }) => dropoutOf(layers, withDefault(0, fraction)(value, label)),
  clipNorm: withDefault(Infinity, orInfinity(positive)),
  batchSize: withDefault(Infinity, rowsPerUpdate),
  shuffle: withDefault(true, flag),
  init: (value, label, { layers, activation }) =>
    withDefault(defaultInit(layers, activation), initialization)(value, label),
  classes: classesOf,
  scaling: withDefault('none', oneOf(SCALING_METHODS)),
  seed: withDefault(0, count),
  precision: precisionOf,
  deterministic: withDefault(false, flag),
};

/** Checks the constructor's options. Nothing of the caller's is kept or changed, but for a learning rate's function. */
export function resolveOptions(options: unknown): ResolvedOptions {
  return resolve(options, NETWORK, undefined, havingOption(OPTIMIZER_SETTINGS, 'the optimizer '));
}

function widths(value: unknown, label: string): readonly number[] {
  const listed = isArrayLike(value);
  if (!listed || value.length < 2)
    throw new (listed ? RangeError : TypeError)(mismatch(label, 'an array of at least two widths', value));
  // Grown as they are read: a length may claim anything.
  const result: number[] = [];
  for (let i = 0; i < value.length; i++) result.push(positiveCount(value[i], `${label}[${i}]`));
  return result;
}

function activations(value: unknown, label: string, { layers }: Readonly<ResolvedOptions>): Activation[] {
  const hidden = layers.length - 2;
  const name = oneOf(ACTIVATIONS);
  if (!isArrayLike(value)) {
    const one = withDefault('tanh', name)(value, label);
    return Array.from({ length: hidden }, () => one);
  }
  if (value.length !== hidden)
    throw new RangeError(mismatch(label, `one name for all or ${hidden} for the hidden layers`, value));
  return Array.from({ length: hidden }, (_, i) => name(value[i], `${label}[${i}]`));
}

function outputFor(layers: readonly number[], output: Output): Output {
  const outputs = layers.at(-1)!;
  if (output === 'softmax' && outputs < 2)
    throw new RangeError(
      mismatch(
        'layers',
        'at least 2 outputs for "softmax"',
        outputs,
        '; two classes take two outputs, or one of "sigmoid"',
      ),
    );
  return output;
}

function dropoutOf(layers: readonly number[], dropout: number): number {
  if (dropout > 0 && layers.length === 2)
    throw contradiction('dropout', 'layers', 'have no hidden layer', 'add one, or leave dropout out');
  return dropout;
}

// Gradients shrink with the weights of every layer they pass: the textbook's 0.001 serves its own network only.
function defaultInit(layers: readonly number[], activation: readonly Activation[]): Initialization {
  return layers.length <= 3 && activation.every((name) => name === 'tanh') ? { normal: 0.001 } : 'glorot';
}

function initialization(value: unknown, label: string): Initialization {
  if (isObject(value)) return resolve(value, { normal: nonNegative }, label);
  const known = INITIALIZATIONS.find((name) => name === value);
  if (known !== undefined) return known;
  throw wrongName(label, `${oneOfNames(INITIALIZATIONS)} or { normal: sd }`, value, INITIALIZATIONS);
}

/** Numbers that hold the settings: with an epsilon of 0 a step divides 0 by 0, and of infinite weights nothing is finite. */
function precisionOf(
  value: unknown,
  label: string,
  { optimizer, init }: Readonly<ResolvedOptions>,
): Precision {
  const precision = withDefault('f64', oneOf(PRECISIONS))(value, label);
  const { epsilon = 1 } = optimizer as { epsilon?: number };
  const { normal = 0 } = init as { normal?: number };
  // Of so many numbers as fit into memory, none drawn from N(0, 1) is as large as 16.
  const lost =
    Math.fround(epsilon) === 0 ? 'optimizer.epsilon' : Math.fround(16 * normal) === Infinity && 'init.normal';
  if (precision === 'f32' && lost) throw contradiction(label, lost, 'it cannot hold', 'take "f64"');
  return precision;
}

function classesOf(
  value: unknown,
  label: string,
  { layers, output }: Readonly<ResolvedOptions>,
): Classes | undefined {
  if (value === undefined) return undefined;
  if (output === 'linear')
    throw contradiction(label, 'output', 'is "linear"', 'classes are for "softmax" and "sigmoid"');
  return givenClasses(classCount(output, layers.at(-1)!))(value, label);
}

/** Whether every row is of exactly one class. */
export function hasOneClassPerRow(output: Output, outputs: number): boolean {
  return output === 'softmax' || (output === 'sigmoid' && outputs === 1);
}

/** How many classes that output tells apart: a single sigmoid tells two. */
export function classCount(output: Output, outputs: number): number {
  return output === 'sigmoid' && outputs === 1 ? 2 : outputs;
}
