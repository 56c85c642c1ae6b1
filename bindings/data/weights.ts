import { isNumberArray, mayHoldNumbers } from '../arrays.js';
import { nonNegative, wrongName } from '../checks.js';
import { mismatch } from '../messages.js';
import { eachRow, type RowSource } from '../row-source.js';
import { resolve, withDefault } from '../rules.js';
import type { Output } from '../options.js';
import type { Targets } from '../targets.js';
import { numberedClasses, type Label } from './labels.js';
import { selectRows } from './selection.js';

/** `'balanced'`, a weight per class in their order, or weights by label, 1 for a class that is not named. */
export type ClassWeights = 'balanced' | ArrayLike<number> | Readonly<Record<Label, number>>;

const CLASS_WEIGHTS = '"balanced", an array of numbers or { label: weight }';
/** Only probabilities sum to fewer rows of a class, whose reciprocal might be infinite: then it has no weight. */
const FEWEST = 1e-300;

/**
 * The weights of rows, with mean 1; undefined if neither option is given. With both, a row's weight is their product.
 * A row of class c has the class weight w_c, and one of probabilities p has Σ p_c·w_c; `balanced` is
 * w_c = rows / (classes · rows of class c), as in scikit-learn.
 *
 * @param given train's options as the caller gave them
 * @param targets of all rows
 * @param chosen the rows to weigh, by default all
 * @throws TypeError or RangeError naming the option, its row or its class; RangeError for weights that are all 0, and
 *   for class weights with an output that has no classes
 */
export function readWeights(
  given: { readonly sampleWeights?: unknown; readonly classWeights?: unknown },
  targets: Targets,
  output: Output,
  chosen?: Uint32Array,
): Float64Array | undefined {
  const { sampleWeights, classWeights } = given;
  if (sampleWeights === undefined && classWeights === undefined) return undefined;
  const source = chosen === undefined ? targets : selectRows(targets, chosen);
  let weights: Float64Array = new Float64Array(source.rows).fill(1);
  if (sampleWeights !== undefined) {
    const all = readNumbers(sampleWeights, 'sampleWeights', targets.rows, ' to match "x"');
    weights = toMeanOne(
      chosen === undefined ? all : weights.map((_, i) => all[chosen[i]!]!),
      'sampleWeights',
    );
  }
  if (classWeights !== undefined) {
    const ofClass = readClassWeights(classWeights, targets, source, output);
    eachRow(source, (y, i) => {
      weights[i]! *= sharesOf(y).reduce((sum, share, c) => sum + share * ofClass[c]!, 0);
    });
    toMeanOne(weights, 'classWeights');
  }
  return weights;
}

/** A checked copy of `count` weights. */
function readNumbers(value: unknown, label: string, count: number, each: string): Float64Array {
  const expected = `${count} numbers${each}`;
  if (!mayHoldNumbers(value)) throw new TypeError(mismatch(label, expected, value));
  if (value.length !== count) throw new RangeError(mismatch(label, expected, value));
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) weights[i] = nonNegative(value[i], `${label}[${i}]`);
  return weights;
}

/** The weights of the classes, in their order. */
function readClassWeights(value: unknown, targets: Targets, source: RowSource, output: Output): Float64Array {
  const { cols } = targets;
  const label = 'classWeights';
  if (output === 'linear' || (output === 'sigmoid' && cols > 1)) {
    const tail = cols > 1 ? ` with ${cols} outputs` : '';
    throw new RangeError(mismatch(label, 'output "softmax", or "sigmoid" with 1 output', output, tail));
  }
  const { labels } = targets.classes ?? numberedClasses(Math.max(2, cols));
  if (value === 'balanced') return balanced(source, labels.length);
  if (Array.isArray(value) || isNumberArray(value))
    return toMeanOne(readNumbers(value, label, labels.length, ', one per class'), label);
  // A Map has no properties, so every weight of it would be overlooked.
  if (typeof value !== 'object' || value === null || Symbol.iterator in value)
    throw wrongName(label, CLASS_WEIGHTS, value, ['balanced']);
  const names = labels.map(String);
  const rules = Object.fromEntries(names.map((name) => [name, withDefault(1, nonNegative)]));
  const given = resolve<Record<string, number>>(value, rules, label);
  return toMeanOne(
    Float64Array.from(names, (name) => given[name]!),
    label,
  );
}

/** 1 / rows of the class; the factor rows / classes would be lost to the mean. */
function balanced(source: RowSource, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  eachRow(source, (y) => sharesOf(y).forEach((share, c) => (counts[c]! += share)));
  return counts.map((count) => (count < FEWEST ? 0 : 1 / count));
}

/** The shares of the classes in a row of targets: a single output has that of the second class. */
function sharesOf(y: Float64Array): Float64Array {
  return y.length === 1 ? Float64Array.of(1 - y[0]!, y[0]!) : y;
}

/** Divides by the mean, in place; by the largest first, so that no sum overflows. */
function toMeanOne(weights: Float64Array, label: string): Float64Array {
  const largest = weights.reduce((a, b) => Math.max(a, b), 0);
  if (largest === 0) throw new RangeError(mismatch(label, 'a weight above 0', 0, ' throughout'));
  const sum = weights.reduce((total, weight) => total + weight / largest, 0);
  for (let i = 0; i < weights.length; i++) weights[i] = (weights[i]! / largest) * (weights.length / sum);
  return weights;
}
