import { isNumberArray, mayHoldNumbers } from '../arrays.js';
import { nonNegative, wrongName } from '../checks.js';
import { mismatch } from '../messages.js';
import { countUp, type Interruptible } from '../interruptible.js';
import { visitRows, type RowSource } from '../row-source.js';
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
export function* readWeights(
  given: { readonly sampleWeights?: unknown; readonly classWeights?: unknown },
  targets: Targets,
  output: Output,
  chosen?: Uint32Array,
): Interruptible<Float64Array | undefined> {
  const { sampleWeights, classWeights } = given;
  let weights: Float64Array | undefined;
  if (sampleWeights !== undefined) {
    const all = yield* readNumbers(sampleWeights, 'sampleWeights', targets.rows, ' to match "x"');
    weights = yield* toMeanOne(chosen === undefined ? all : yield* pick(all, chosen), 'sampleWeights');
  }
  if (classWeights !== undefined) {
    const source = chosen === undefined ? targets : selectRows(targets, chosen);
    const ofClass = yield* readClassWeights(classWeights, targets, source, output);
    const own = weights;
    const product = new Float64Array(source.rows);
    yield* visitRows(source, (y, i) => {
      let weight = 0;
      for (let c = 0; c < ofClass.length; c++) weight += shareOf(y, c) * ofClass[c]!;
      product[i] = own === undefined ? weight : own[i]! * weight;
    });
    weights = yield* toMeanOne(product, 'classWeights');
  }
  return weights;
}

function* pick(weights: Float64Array, chosen: Uint32Array): Interruptible<Float64Array> {
  const picked = new Float64Array(chosen.length);
  yield* countUp(chosen.length, (i) => (picked[i] = weights[chosen[i]!]!));
  return picked;
}

/** A checked copy of `count` weights. */
function* readNumbers(
  value: unknown,
  label: string,
  count: number,
  each: string,
): Interruptible<Float64Array> {
  const expected = `${count} numbers${each}`;
  if (!mayHoldNumbers(value)) throw new TypeError(mismatch(label, expected, value));
  if (value.length !== count) throw new RangeError(mismatch(label, expected, value));
  const weights = new Float64Array(count);
  yield* countUp(count, (i) => {
    const weight = value[i];
    // The label is made for whom it is to blame only: with it, 10⁶ weights take 250 ms and without 10.
    weights[i] =
      (weight as number) >= 0 && Number.isFinite(weight)
        ? (weight as number)
        : nonNegative(weight, `${label}[${i}]`);
  });
  return weights;
}

/** The weights of the classes, in their order. */
function* readClassWeights(
  value: unknown,
  targets: Targets,
  source: RowSource,
  output: Output,
): Interruptible<Float64Array> {
  const { cols } = targets;
  const label = 'classWeights';
  if (output === 'linear' || (output === 'sigmoid' && cols > 1)) {
    const tail = cols > 1 ? ` with ${cols} outputs` : '';
    throw new RangeError(mismatch(label, 'output "softmax", or "sigmoid" with 1 output', output, tail));
  }
  const { labels } = targets.classes ?? numberedClasses(Math.max(2, cols));
  if (value === 'balanced') return yield* balanced(source, labels.length);
  if (Array.isArray(value) || isNumberArray(value))
    return yield* toMeanOne(yield* readNumbers(value, label, labels.length, ', one per class'), label);
  // A Map has no properties, so every weight of it would be overlooked.
  if (typeof value !== 'object' || value === null || Symbol.iterator in value)
    throw wrongName(label, CLASS_WEIGHTS, value, ['balanced']);
  const names = labels.map(String);
  const rules = Object.fromEntries(names.map((name) => [name, withDefault(1, nonNegative)]));
  const given = resolve<Record<string, number>>(value, rules, label);
  return yield* toMeanOne(
    Float64Array.from(names, (name) => given[name]!),
    label,
  );
}

/** 1 / rows of the class; the factor rows / classes would be lost to the mean. */
function* balanced(source: RowSource, classes: number): Interruptible<Float64Array> {
  const counts = new Float64Array(classes);
  yield* visitRows(source, (y) => {
    for (let c = 0; c < classes; c++) counts[c]! += shareOf(y, c);
  });
  return counts.map((count) => (count < FEWEST ? 0 : 1 / count));
}

/** The share of class c in a row of targets: a single output has that of the second class. */
function shareOf(y: Float64Array, c: number): number {
  if (y.length > 1) return y[c]!;
  return c === 0 ? 1 - y[0]! : y[0]!;
}

/** Divides by the mean, in place; by the largest first, so that no sum overflows. */
function* toMeanOne(weights: Float64Array, label: string): Interruptible<Float64Array> {
  const { length } = weights;
  let largest = 0;
  yield* countUp(length, (i) => (largest = Math.max(largest, weights[i]!)));
  if (largest === 0) throw new RangeError(mismatch(label, 'a weight above 0', 0, ' throughout'));
  let sum = 0;
  yield* countUp(length, (i) => (sum += weights[i]! / largest));
  yield* countUp(length, (i) => (weights[i] = (weights[i]! / largest) * (length / sum)));
  return weights;
}
