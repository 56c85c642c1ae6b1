import { isNumberArray, isObject, mayHoldNumbers } from '../arrays.js';
import { arrayOf, nonNegative, wrongName } from '../checks.js';
import { mismatch } from '../messages.js';
import { countUp, type Interruptible } from '../interruptible.js';
import { visitRows, type RowSource } from '../row-source.js';
import { unknownOption, withDefault } from '../rules.js';
import { hasOneClassPerRow, type Output } from '../options.js';
import type { Targets } from '../targets.js';
import { numberedClasses, type Label } from './labels.js';
import { selectRows } from './selection.js';

/** `'balanced'`, a weight per class in their order, or weights by label, 1 for a class that is not named. */
export type ClassWeights = 'balanced' | ArrayLike<number> | Readonly<Record<Label, number>>;

const CLASS_WEIGHTS = '"balanced", an array of numbers or { label: weight }';
/** Only probabilities sum to fewer rows of a class, whose reciprocal might be infinite: then it has no weight. */
const FEWEST = 1e-300;

/**
 * The weights of rows, scaled to mean 1 or as given; undefined if neither option is given. With both, a row's weight is their product.
 * A row of class c has the class weight w_c, and one of probabilities p has Σ p_c·w_c; `balanced` is
 * w_c = rows / (classes · rows of class c), as in scikit-learn.
 *
 * @param options with weights as the caller gave them
 * @param targets of all rows
 * @param chosen the rows to weigh, by default all
 * @throws TypeError or RangeError naming the option, its row or its class; RangeError for weights that are all 0 and
 *   to be scaled, and for class weights with an output that has no classes
 */
export function* readWeights(
  options: {
    readonly sampleWeights?: unknown;
    readonly classWeights?: unknown;
    readonly weightsAsGiven?: boolean;
  },
  targets: Targets,
  output: Output,
  chosen?: Uint32Array,
): Interruptible<Float64Array | undefined> {
  const { sampleWeights, classWeights, weightsAsGiven } = options;
  let weights: Float64Array | undefined;
  if (sampleWeights !== undefined) {
    const all = yield* readNumbers(sampleWeights, 'sampleWeights', targets.rows, ' to match "x"');
    const picked = chosen ? new Float64Array(chosen.length) : all;
    if (chosen) yield* countUp(chosen.length, (i) => (picked[i] = all[chosen[i]!]!));
    weights = yield* toMeanOne(picked, 'sampleWeights', weightsAsGiven);
  }
  if (classWeights !== undefined) {
    const source = chosen ? selectRows(targets, chosen) : targets;
    const given = yield* readClassWeights(classWeights, targets, source, output);
    const ofClass = yield* toMeanOne(given, 'classWeights', weightsAsGiven || classWeights === 'balanced');
    const own = weights;
    const product = new Float64Array(source.rows);
    yield* visitShares(source, (share, c, i) => (product[i]! += share * ofClass[c]!));
    if (own) yield* countUp(source.rows, (i) => (product[i]! *= own[i]!));
    weights = yield* toMeanOne(product, 'classWeights', weightsAsGiven);
  }
  return weights;
}

/** A checked copy of `count` weights. */
function* readNumbers(
  value: unknown,
  label: string,
  count: number,
  each: string,
): Interruptible<Float64Array> {
  const given = arrayOf(value, label, () => `${count} numbers${each}`, count, mayHoldNumbers);
  const weights = new Float64Array(count);
  yield* countUp(count, (i) => (weights[i] = nonNegative(given[i], `${label}[${i}]`)));
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
  if (!hasOneClassPerRow(output, cols)) {
    const tail = cols > 1 ? ` with ${cols} outputs` : '';
    throw new RangeError(mismatch(label, 'output "softmax", or "sigmoid" with 1 output', output, tail));
  }
  const classes = Math.max(2, cols);
  const weights = new Float64Array(classes);
  if (value === 'balanced') {
    yield* visitShares(source, (share, c) => (weights[c]! += share));
    // The factor rows / classes would be lost to the mean.
    yield* countUp(classes, (c) => (weights[c] = weights[c]! < FEWEST ? 0 : 1 / weights[c]!));
    return weights;
  }
  if (Array.isArray(value) || isNumberArray(value))
    return yield* readNumbers(value, label, classes, ', one per class');
  // A Map has no properties, so every weight of it would be overlooked.
  if (!isObject(value) || Symbol.iterator in value)
    throw wrongName(label, CLASS_WEIGHTS, value, ['balanced']);
  const known = targets.classes ?? numberedClasses(classes);
  yield* countUp(classes, (c) => (weights[c] = 1));
  for (const [name, weight] of Object.entries(value)) {
    const number = Number(name);
    const place = known.place(String(number) === name ? number : name) ?? known.place(name);
    if (place === undefined) throw unknownOption(name, known.labels.map(String), `${label}.`);
    weights[place] = withDefault(1, nonNegative)(weight, `${label}.${name}`);
    yield;
  }
  return weights;
}

/** Calls with the share of each class in each row of targets: a single output has that of the second class. */
function* visitShares(
  source: RowSource,
  visit: (share: number, c: number, row: number) => void,
): Interruptible<void> {
  yield* visitRows(source, (y, i, from, to) => {
    const single = Number(y.length === 1);
    if (single) visit(1 - y[0]!, 0, i);
    for (let c = from; c < to; c++) visit(y[c]!, single + c, i);
  });
}

/** Divides by the mean, in place, unless they are to stay as given; by the largest first, so that no sum overflows. */
function* toMeanOne(weights: Float64Array, label: string, asGiven?: boolean): Interruptible<Float64Array> {
  if (asGiven) return weights;
  const { length } = weights;
  let largest = 0;
  yield* countUp(length, (i) => (largest = Math.max(largest, weights[i]!)));
  if (largest === 0) throw new RangeError(mismatch(label, 'a weight above 0', 0, ' throughout'));
  let sum = 0;
  yield* countUp(length, (i) => (sum += weights[i]! / largest));
  yield* countUp(length, (i) => (weights[i] = (weights[i]! / largest) * (length / sum)));
  return weights;
}
