import { isArrayLike } from './arrays.js';
import { describe, didYouMean, mismatch } from './messages.js';

/** Returns the value if it is good; else throws a TypeError (wrong kind) or a RangeError (wrong value). */
export type Check<T> = (value: unknown, label: string) => T;

/** Safe integers from `min` up. */
export function integer(min: number): Check<number> {
  return (value, label) => {
    if (Number.isSafeInteger(value) && (value as number) >= min) return value as number;
    throw wrongNumber(label, `a safe integer >= ${min}`, value);
  };
}

/** A count that may be 0. */
export const count: Check<number> = integer(0);

/** A count of at least 1. */
export const positiveCount: Check<number> = integer(1);

/** Finite numbers that are as expected. */
function finite(expected: string, isExpected: (value: number) => boolean): Check<number> {
  return (value, label) => {
    if (Number.isFinite(value) && isExpected(value as number)) return value as number;
    throw wrongNumber(label, expected, value);
  };
}

/** Finite numbers above 0. */
export const positive: Check<number> = finite('a finite number > 0', (value) => value > 0);

/** Finite numbers from 0 up. */
export const nonNegative: Check<number> = finite('a finite number >= 0', (value) => value >= 0);

/** What the check lets through, and Infinity. */
export function orInfinity(check: Check<number>): Check<number> {
  return (value, label) => (value === Infinity ? Infinity : check(value, label));
}

/** Rows of a batch; Infinity stands for all rows. */
export const rowsPerUpdate: Check<number> = orInfinity(positiveCount);

/** Numbers in [0, 1). */
export const fraction: Check<number> = finite('a number in [0, 1)', (value) => value >= 0 && value < 1);

/** Numbers in (0, 1]. */
export const fractionOrOne: Check<number> = finite('a number in (0, 1]', (value) => value > 0 && value <= 1);

/**
 * An array of so many elements.
 *
 * @param holds whether a value is an array of the kind
 */
export function arrayOf<T extends ArrayLike<unknown> = ArrayLike<unknown>>(
  value: unknown,
  label: string,
  expected: () => string,
  length: number,
  holds: (value: unknown) => value is T = isArrayLike as (value: unknown) => value is T,
): T {
  if (!holds(value)) throw new TypeError(mismatch(label, expected(), value));
  if (value.length !== length) throw new RangeError(mismatch(label, expected(), value));
  return value;
}

export const flag: Check<boolean> = (value, label) => {
  if (typeof value === 'boolean') return value;
  throw new TypeError(mismatch(label, 'a boolean', value));
};

/** One of the known names; any other string is answered with the nearest of them. */
export function oneOf<const T extends string>(names: readonly T[]): Check<T> {
  return (value, label) => {
    const name = names.find((known) => known === value);
    if (name !== undefined) return name;
    throw wrongName(label, oneOfNames(names), value, names);
  };
}

/** `"a" or "b"` */
export function oneOfNames(names: readonly string[]): string {
  return names.map((name) => describe(name)).join(' or ');
}

/** The error for a value that is none of the known names. */
export function wrongName(
  label: string,
  expected: string,
  value: unknown,
  names: readonly string[],
): TypeError | RangeError {
  if (typeof value !== 'string') return new TypeError(mismatch(label, expected, value));
  return new RangeError(mismatch(label, expected, value, didYouMean(value, names)));
}

/** Wrong value if it is a number at all, else wrong kind. */
export function wrongNumber(
  label: string,
  expected: string,
  value: unknown,
  tail = '',
): TypeError | RangeError {
  const Wrong = typeof value === 'number' ? RangeError : TypeError;
  return new Wrong(mismatch(label, expected, value, tail));
}

/** An integer from 0 to size − 1. */
export function isIndex(value: unknown, size: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < size;
}
