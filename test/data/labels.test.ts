import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  distinctLabels,
  encode as encoding,
  givenClasses,
  learnClasses as learningClasses,
  numberedClasses,
  type Classes,
  type Label,
} from '../../bindings/data/labels.js';
import { complete } from '../../bindings/interruptible.js';
import { expectError } from '../throws.js';

fc.configureGlobal({ seed: 1 });

const learnClasses = (y: ArrayLike<unknown>, label: string, count: number): Classes =>
  complete(learningClasses(y, label, count));
const encode = (y: ArrayLike<unknown>, label: string, classes: Classes): Int32Array =>
  complete(encoding(y, label, classes));
const learnt = (y: ArrayLike<unknown>, count: number): readonly Label[] => learnClasses(y, 'y', count).labels;

describe('learnClasses', () => {
  test.each<[y: ArrayLike<unknown>, count: number, labels: Label[]]>([
    [[1, 0, 1], 3, [0, 1, 2]],
    [[], 2, [0, 1]],
    [Uint8Array.of(2, 2), 3, [0, 1, 2]],
    [Float32Array.of(1, 0), 2, [0, 1]],
    [[-0, 1], 2, [0, 1]],
    [[3, 1, 2, 1], 3, [1, 2, 3]],
    [[10, 9, 100], 3, [9, 10, 100]],
    [[1, -1, 0], 3, [-1, 0, 1]],
    [[0.5, -0, 2], 3, [0, 0.5, 2]],
    [['b', 'a', 'b'], 2, ['a', 'b']],
    [['ä', 'z', 'Z', '', 'a'], 5, ['', 'Z', 'a', 'z', 'ä']],
    [{ 0: 'no', 1: 'yes', length: 2 }, 2, ['no', 'yes']],
    [['0', '1'], 2, ['0', '1']],
  ])('%j of %i classes are %j', (y, count, labels) => {
    expect(learnt(y, count)).toEqual(labels);
  });

  test('refuses another number of labels, and says how many there are', () => {
    const learn =
      (y: unknown[], count = 3) =>
      () =>
        learnClasses(y, 'y', count);
    expectError(learn(['b', 'a', 'b']), RangeError, '"y" expected 3 different labels, got 2: "a", "b"');
    expectError(
      learn([...'abcdefgh'], 3),
      RangeError,
      '"y" expected 3 different labels, got 8: "a", "b", "c", "d", "e", … (8)',
    );
    expectError(
      learn([0, 3, 0]),
      RangeError,
      '"y" expected class labels from 0 to 2, got 3 at row 1; or 3 different labels, got 2: 0, 3',
    );
    expectError(
      learn([1, 2, 3, 4, 0]),
      RangeError,
      '"y" expected class labels from 0 to 2, got 3 at row 2; or 3 different labels, got 5: 0, 1, 2, 3, 4',
    );
  });

  test('refuses mixed and other kinds, NaN and infinities, with the row', () => {
    const learn = (y: ArrayLike<unknown>) => () => learnClasses(y, 'y', 2);
    expectError(learn(['a', 1]), TypeError, '"y" expected strings as at row 0, got 1 at row 1');
    expectError(learn([0, 1, 'a']), TypeError, '"y" expected numbers as at row 0, got "a" at row 2');
    expectError(learn([0, null]), TypeError, '"y" expected numbers as at row 0, got null at row 1');
    expectError(learn([true, false]), TypeError, '"y" expected strings or numbers, got true at row 0');
    expectError(learn([undefined]), TypeError, '"y" expected strings or numbers, got undefined at row 0');
    expectError(learn(new BigInt64Array(1)), TypeError, '"y" expected strings or numbers, got 0n at row 0');
    expectError(learn([0, NaN]), RangeError, '"y" expected finite numbers, got NaN at row 1');
    expectError(learn([-Infinity, 1]), RangeError, '"y" expected finite numbers, got -Infinity at row 0');
    const holes = Object.assign(new Array<number>(3), { 0: 0, 2: 1 });
    expectError(learn(holes), TypeError, '"y" expected numbers as at row 0, got undefined at row 1');
  });
});

describe('encode', () => {
  test('gives back any labels through the learnt classes', () => {
    const labels = fc.oneof(
      fc.array(fc.string(), { minLength: 1 }),
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1 }),
    );
    fc.assert(
      fc.property(labels, (y: Label[]) => {
        const classes = learnClasses(y, 'y', new Set(y).size);
        const codes = encode(y, 'y', classes);
        // −0 is 0 for a label.
        expect([...codes].map((code) => classes.labels[code])).toEqual(
          y.map((label) => (label === 0 ? 0 : label)),
        );
        const order = [...classes.labels];
        const byValue = (a: Label, b: Label): number => (a < b ? -1 : 1);
        expect(order).toEqual(order.toSorted(byValue));
      }),
    );
  });

  test('refuses unknown labels with their row, the known ones, and the nearest', () => {
    const classes = learnClasses(['setosa', 'versicolor', 'virginica'], 'y', 3);
    const known = '"y" expected one of the labels "setosa", "versicolor", "virginica", got ';
    expectError(
      () => encode(['setosa', 'Virginica'], 'y', classes),
      RangeError,
      `${known}"Virginica" at row 1, did you mean "virginica"?`,
    );
    expectError(() => encode(['rose'], 'y', classes), RangeError, `${known}"rose" at row 0`);
    expectError(() => encode([0], 'y', classes), TypeError, `${known}0 at row 0`);
    expectError(() => encode([null], 'y', classes), TypeError, `${known}null at row 0`);
    expectError(
      () => encode([1, 2, 4], 'y', learnClasses([1, 2, 3], 'y', 3)),
      RangeError,
      '"y" expected one of the labels 1, 2, 3, got 4 at row 2',
    );
  });

  test('numbered classes are called by their range', () => {
    const expected = '"y" expected class labels from 0 to 2, got ';
    expectError(() => encode([0, 3], 'y', numberedClasses(3)), RangeError, `${expected}3 at row 1`);
    expectError(() => encode([NaN], 'y', numberedClasses(3)), RangeError, `${expected}NaN at row 0`);
    expectError(() => encode(['1'], 'y', numberedClasses(3)), TypeError, `${expected}"1" at row 0`);
  });

  test('many known labels are listed in part', () => {
    const classes = learnClasses(
      Array.from({ length: 100 }, (_, i) => 2 * i),
      'y',
      100,
    );
    expectError(
      () => encode([1], 'y', classes),
      RangeError,
      '"y" expected one of the labels 0, 2, 4, 6, 8, … (100), got 1 at row 0',
    );
  });
});

describe('givenClasses', () => {
  const given = (value: unknown, count = 3) => givenClasses(count)(value, 'classes');

  test('keeps the order, in a copy', () => {
    const labels = ['no', 'perhaps', 'yes'];
    const classes = given(labels);
    labels[0] = 'never';
    expect(classes.labels).toEqual(['no', 'perhaps', 'yes']);
    expect(encode(['yes', 'no'], 'y', classes)).toEqual(Int32Array.of(2, 0));
    expect(given(Uint8Array.of(2, 0, 1)).labels).toEqual([2, 0, 1]);
  });

  test('refuses', () => {
    const expected = '"classes" expected an array of 3 different labels, got ';
    expectError(() => given('abc'), TypeError, `${expected}"abc"`);
    expectError(() => given(3), TypeError, `${expected}3`);
    expectError(() => given(['a', 'b']), RangeError, `${expected}array of length 2`);
    expectError(() => given(['a', 'b', 'a']), RangeError, `${expected}"a" twice`);
    expectError(() => given(['a', 'a', 'b']), RangeError, `${expected}"a" twice`);
    expectError(() => given([0, -0, 1]), RangeError, `${expected}0 twice`);
    expectError(
      () => given(['a', 1, 'b']),
      TypeError,
      '"classes" expected strings as at index 0, got 1 at index 1',
    );
    expectError(
      () => given([0, 1, NaN]),
      RangeError,
      '"classes" expected finite numbers, got NaN at index 2',
    );
  });
});

test('distinctLabels gives each once, as they come', () => {
  for (const labels of [[], ['b', 'a', 'b'], [1, -2.5, 1], Float32Array.of(1)])
    expect([...complete(distinctLabels(labels, 'y'))]).toEqual([...new Set(Array.from<unknown>(labels))]);
});
