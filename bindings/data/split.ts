import { count, flag, integer, positiveCount, wrongNumber } from '../checks.js';
import { complete, type Interruptible } from '../interruptible.js';
import { copyOf, type Matrix, type MatrixLike } from '../matrix.js';
import { contradiction, mismatch } from '../messages.js';
import { matchRows, readMatrix, visitRows, type RowSource } from '../row-source.js';
import { resolve, withDefault, type Rules } from '../rules.js';
import { distinctLabels, holdsLabels, type Label } from './labels.js';
import { inOrder, rowNumbers, shuffled } from './random.js';
import { selectRows } from './selection.js';

/** Options of `trainTestSplit`; undefined means the default. */
export interface SplitOptions {
  /** Share of the rows to test on, in (0, 1), or their count, integer >= 1; default 0.25. */
  readonly testSize?: number | undefined;
  /** Of the order of the rows, safe integer >= 0; default 0. Not with `shuffle: false`. */
  readonly seed?: number | undefined;
  /** False leaves the rows in their order, the last ones to test on; default true. */
  readonly shuffle?: boolean | undefined;
  /** True: every class has the same share in both parts, to within one row; default false. */
  readonly stratify?: boolean | undefined;
}

/** Options of `kFold`; undefined means the default. */
export interface FoldOptions {
  /** From 2 to the number of rows; default 5. */
  readonly folds?: number | undefined;
  /** Of the order of the rows, safe integer >= 0; default 0. Not with `shuffle: false`. */
  readonly seed?: number | undefined;
  /** False leaves the rows in their order; default true. */
  readonly shuffle?: boolean | undefined;
}

/** Rows and targets in two parts. */
export interface Split<Y> {
  readonly xTrain: Matrix;
  readonly xTest: Matrix;
  readonly yTrain: Y;
  readonly yTest: Y;
}

/** A part of targets: of labels or numbers a plain array, of a matrix a Matrix. */
export type PartOf<Y> = Y extends ArrayLike<infer T extends Label> ? T[] : Matrix;

/** The numbers of the rows of two parts, which have no row in common and every row between them. */
export interface Fold {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

type Complete<T> = { readonly [K in keyof T]-?: NonNullable<T[K]> };

/** A function, as bundlers keep a constant that calls something, used or not. */
function orderRules(): Rules<{ readonly seed: number; readonly shuffle: boolean }> {
  return {
    shuffle: withDefault(true, flag),
    seed: (value, label, { shuffle }) => {
      if (value !== undefined && !shuffle)
        throw contradiction(
          label,
          'shuffle',
          'is false',
          'rows in their order take no seed, so leave one out',
        );
      return withDefault(0, count)(value, label);
    },
  };
}

/**
 * Splits rows and their targets in two: to train on, and to test on. Both parts have at least one row.
 *
 * @param x m rows, m >= 2; the parts are copies in f64
 * @param y m labels or numbers, or a matrix of m rows; to stratify a matrix, its values have to be 0 or 1
 * @throws TypeError for anything of the wrong kind, RangeError for a wrong value or shape
 * @throws OutOfMemoryError
 */
export function trainTestSplit<Y extends ArrayLike<Label> | MatrixLike>(
  x: MatrixLike,
  y: Y,
  options?: SplitOptions,
): Split<PartOf<Y>>;
export function trainTestSplit(x: MatrixLike, y: unknown, options: SplitOptions = {}): Split<unknown> {
  const { testSize, seed, shuffle, stratify } = resolve<Complete<SplitOptions>>(options, {
    testSize: withDefault(0.25, partSize),
    ...orderRules(),
    stratify: withDefault(false, flag),
  });
  const inputs = readMatrix(x, 'x');
  const { rows } = inputs;
  const labels = holdsLabels(y) ? y : undefined;
  if (labels) complete(distinctLabels(labels, 'y'));
  const targets = labels === undefined ? readMatrix(y, 'y') : undefined;
  matchRows(labels?.length ?? targets!.rows, rows);
  const groups = stratify ? (labels ?? distinctRows(targets!)) : undefined;
  const fold = complete(splitRows(rows, testSize, 'testSize', shuffle ? seed : undefined));
  const { train, test } = groups ? stratified(fold, groups) : fold;
  const partOf = (chosen: Uint32Array): unknown =>
    labels === undefined ? copyOf(selectRows(targets!, chosen)) : Array.from(chosen, (row) => labels[row]);
  return {
    xTrain: copyOf(selectRows(inputs, train)),
    xTest: copyOf(selectRows(inputs, test)),
    yTrain: partOf(train),
    yTest: partOf(test),
  };
}

/**
 * The rows 0 … rows − 1 in folds for cross-validation: each row is in `test` of one fold and in `train` of the others,
 * and the sizes of the tests differ by at most one.
 *
 * @param rows integer >= 1
 * @throws TypeError for anything of the wrong kind, RangeError for a wrong value, as more folds than rows
 * @throws OutOfMemoryError
 */
export function kFold(rows: number, options: FoldOptions = {}): Fold[] {
  positiveCount(rows, 'rows');
  const { folds, seed, shuffle } = resolve<Complete<FoldOptions>>(options, {
    folds: withDefault(5, integer(2)),
    ...orderRules(),
  });
  if (folds > rows) throw new RangeError(mismatch('folds', `at most the ${rows} rows`, folds));
  const order = complete(shuffle ? shuffled(rows, seed) : inOrder(rows));
  return Array.from({ length: folds }, (_, k) => {
    const begin = share(k, folds, rows);
    const test = order.slice(begin, share(k + 1, folds, rows));
    const train = rowNumbers(rows - test.length);
    train.set(order.subarray(0, begin));
    train.set(order.subarray(begin + test.length), begin);
    return { train, test };
  });
}

/** A fraction in (0, 1), or a count of rows. */
function partSize(value: unknown, label: string): number {
  if (typeof value === 'number' && value > 0 && (value < 1 || Number.isSafeInteger(value))) return value;
  throw wrongNumber(label, 'a fraction in (0, 1) or a count of rows', value);
}

/**
 * Splits the rows 0 … rows − 1 in an order drawn from the seed, without one in their own. The test gets the last `size`
 * of them, or that fraction, rounded, but neither part none.
 *
 * @param label of the size, for the message
 * @throws RangeError for less than two rows, or a count that leaves none; OutOfMemoryError
 */
export function* splitRows(
  rows: number,
  size: number,
  label: string,
  seed: number | undefined,
): Interruptible<Fold> {
  if (rows < 2) throw new RangeError(mismatch('x', 'at least 2 rows', rows));
  const wanted = size < 1 ? Math.min(rows - 1, Math.max(1, Math.round(size * rows))) : size;
  if (wanted >= rows) throw new RangeError(mismatch(label, `less than the ${rows} rows`, size));
  const order = yield* seed === undefined ? inOrder(rows) : shuffled(rows, seed);
  return { train: order.subarray(0, rows - wanted), test: order.subarray(rows - wanted) };
}

/**
 * Splits the same rows in the same order into parts of the same sizes, so that the test gets of every group its share,
 * rounded up or down.
 *
 * @param groups what rows of one group have in common, by row
 */
function stratified({ train, test }: Fold, groups: ArrayLike<unknown>): Fold {
  const rows = train.length + test.length;
  const order = rowNumbers(rows);
  order.set(train);
  order.set(test, train.length);

  // Groups are numbered as they come in that order, so that the seed decides which shares are rounded up.
  const numbers = new Map<unknown, number>();
  const counts: number[] = [];
  const groupOf = rowNumbers(rows);
  for (const row of order) {
    const name = groups[row];
    const group = numbers.get(name) ?? counts.push(0) - 1;
    numbers.set(name, group);
    counts[group]!++;
    groupOf[row] = group;
  }
  let seen = 0;
  const left = counts.map((count) => {
    const before = share(seen, rows, test.length);
    return share((seen += count), rows, test.length) - before;
  });

  const parts = { train: rowNumbers(train.length), test: rowNumbers(test.length) };
  let [trainEnd, testEnd] = [train.length, test.length];
  for (const row of order.reverse()) {
    if (left[groupOf[row]!]!-- > 0) parts.test[--testEnd] = row;
    else parts.train[--trainEnd] = row;
  }
  return parts;
}

/** What `part` of `whole` have of `rows`, rounded down: of neighbours, the difference is to within one row their share. */
function share(part: number, whole: number, rows: number): number {
  return Math.floor((part * rows) / whole);
}

/** Text by row that equal rows of 0 and 1 have in common: those of one class, or of the same classes. */
function distinctRows(targets: RowSource): string[] {
  const names: string[] = [];
  const name = (row: Float64Array, i: number, _: number, to: number): void => {
    if (to < row.length) return;
    const j = row.findIndex((value) => value !== 0 && value !== 1);
    if (j >= 0) {
      const expected = 'class labels or rows of 0 and 1 to stratify by';
      throw new RangeError(mismatch('y', expected, row[j], ` at row ${i}, column ${j}`));
    }
    names.push(row.join());
  };
  complete(visitRows(targets, name));
  return names;
}
