import { isArrayLike, isObject } from '../arrays.js';
import { arrayOf, isIndex, type Check } from '../checks.js';
import { complete, countUp, type Interruptible } from '../interruptible.js';
import { describe, didYouMean, mismatch } from '../messages.js';

/** What callers call a class in their targets. */
export type Label = string | number;

/** The classes of a network. */
export interface Classes {
  /** Strings or finite numbers, each once, in the order of the classes. */
  readonly labels: readonly Label[];
  /** The label's place in that order; undefined for what is none of them. */
  place(label: unknown): number | undefined;
}

/** Labels in messages, so that they stay readable with hundreds of classes. */
const LISTED = 5;

/** The labels 0 … count − 1; listed when they are asked for, as 100,000 of them in a list and a map take 25 ms. */
export function numberedClasses(count: number): Classes {
  let labels: Label[] | undefined;
  return {
    get labels() {
      return (labels ??= [...Array(count).keys()]);
    },
    place: (label) => (isIndex(label, count) ? label : undefined),
  };
}

/** `count` different labels, as the option of that name takes them. */
export function givenClasses(count: number): Check<Classes> {
  return (value, label) => {
    const expected = `an array of ${count} different labels`;
    const given = arrayOf(value, label, () => expected, count);
    complete(distinctLabels(given, label, 'index'));
    const classes = classesOf(Array.from(given as ArrayLike<Label>));
    const twice = classes.labels.find((one, j) => classes.place(one) !== j);
    if (twice !== undefined) throw new RangeError(mismatch(label, expected, twice, ' twice'));
    return classes;
  };
}

/**
 * The classes that labels are of: 0 … count − 1 if all are among these, not all need appear;
 * else the distinct labels, as many as there are classes, numbers sorted by value and strings by code unit.
 *
 * @throws TypeError for labels that are neither all strings nor all numbers, with the row
 * @throws RangeError for another number of distinct labels, for NaN and infinities
 */
export function* learnClasses(y: ArrayLike<unknown>, label: string, count: number): Interruptible<Classes> {
  const numbered = numberedClasses(count);
  const distinct = [...(yield* distinctLabels(y, label))];
  const other = distinct.find((one) => numbered.place(one) === undefined);
  if (other === undefined) return numbered;
  const numbers = typeof other === 'number';
  distinct.sort(numbers ? (a, b) => (a as number) - (b as number) : undefined);
  const found = distinct.length;
  if (found === count) return classesOf(distinct);
  const different = `${count} different labels`;
  const names = `: ${listed(distinct)}`;
  if (!numbers) throw new RangeError(mismatch(label, different, found, names));
  const row = Array.prototype.indexOf.call(y, other);
  const tail = ` at row ${row}; or ${different}, got ${found}${names}`;
  throw new RangeError(mismatch(label, allowed(numbered), other, tail));
}

/**
 * The classes of labels by their places.
 *
 * @throws TypeError for what is of another kind than the known labels, RangeError for another label, with its row
 */
export function* encode(y: ArrayLike<unknown>, label: string, classes: Classes): Interruptible<Int32Array> {
  const codes = new Int32Array(y.length);
  yield* countUp(codes.length, (i) => {
    const value = y[i];
    const place = classes.place(value);
    if (place === undefined) {
      const message = mismatch(label, allowed(classes), value, ` at row ${i}`);
      if (typeof value !== typeof classes.labels[0]) throw new TypeError(message);
      throw new RangeError(
        message + (typeof value === 'string' ? didYouMean(value, classes.labels as string[]) : ''),
      );
    }
    codes[i] = place;
  });
  return codes;
}

/** An array is one of rows if its first element is an object, else one of labels; so is the empty one. */
export function holdsLabels(y: unknown): y is ArrayLike<unknown> {
  return isArrayLike(y) && !isObject(y[0]);
}

/**
 * Each label once, in the order in which they come.
 *
 * @throws TypeError unless all are strings or all numbers, RangeError for NaN and infinities
 */
export function* distinctLabels(
  labels: ArrayLike<unknown>,
  label: string,
  place = 'row',
): Interruptible<Set<Label>> {
  const distinct = new Set<Label>();
  const kind = typeof labels[0];
  yield* countUp(labels.length, (i) => {
    const value = labels[i];
    if (typeof value === kind && (kind === 'string' || Number.isFinite(value)))
      return distinct.add(value as Label);
    const at = ` at ${place} ${i}`;
    let expected = `${kind}s as at ${place} 0`;
    if (kind !== 'string' && kind !== 'number') expected = 'strings or numbers';
    else if (typeof value === kind) throw new RangeError(mismatch(label, 'finite numbers', value, at));
    throw new TypeError(mismatch(label, expected, value, at));
  });
  return distinct;
}

function classesOf(labels: readonly Label[]): Classes {
  const places = new Map<unknown, number>();
  labels.forEach((label, j) => places.set(label, j));
  return { labels, place: (label) => places.get(label) };
}

function allowed({ labels }: Classes): string {
  return labels.every((label, j) => label === j)
    ? `class labels from 0 to ${labels.length - 1}`
    : `one of the labels ${listed(labels)}`;
}

function listed(labels: readonly Label[]): string {
  const text = labels
    .slice(0, LISTED)
    .map((label) => describe(label))
    .join(', ');
  return labels.length > LISTED ? `${text}, … (${labels.length})` : text;
}
