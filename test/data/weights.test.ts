import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { givenClasses } from '../../bindings/data/labels.js';
import { readWeights as readingWeights } from '../../bindings/data/weights.js';
import { oneHot } from '../../bindings/index.js';
import { complete } from '../../bindings/interruptible.js';
import type { Output } from '../../bindings/options.js';
import { readTargets as readingTargets, type Targets } from '../../bindings/targets.js';
import { expectError } from '../throws.js';

fc.configureGlobal({ seed: 1 });

const readTargets = (...of: Parameters<typeof readingTargets>): Targets => complete(readingTargets(...of));
const readWeights = (...of: Parameters<typeof readingWeights>): Float64Array | undefined =>
  complete(readingWeights(...of));
const abc = givenClasses(3)(['a', 'b', 'c'], 'classes');
const targetsOf = (y: ArrayLike<unknown>, outputs = 3, output: Output = 'softmax'): Targets =>
  readTargets(y, y.length, outputs, output, typeof y[0] === 'string' ? abc : undefined);
const four = targetsOf([0, 0, 1, 2]);
const weigh = (given: object, targets = four, output: Output = 'softmax', chosen?: Uint32Array): number[] =>
  Array.from(readWeights(given, targets, output, chosen)!);
const near = (weights: number[]): unknown[] => weights.map((weight) => expect.closeTo(weight, 12));

test('none are none', () => {
  expect(readWeights({}, four, 'softmax')).toBeUndefined();
  expect(readWeights({ sampleWeights: undefined, classWeights: undefined }, four, 'linear')).toBeUndefined();
});

describe('sampleWeights', () => {
  test('are scaled to mean 1, in an array of their own', () => {
    for (const sampleWeights of [[1, 2, 0, 5], Uint8Array.of(1, 2, 0, 5), { ...[1, 2, 0, 5], length: 4 }])
      expect(weigh({ sampleWeights })).toEqual([0.5, 1, 0, 2.5]);
    const own = Float64Array.of(2, 2, 2, 2);
    expect(weigh({ sampleWeights: own })).toEqual([1, 1, 1, 1]);
    expect(own).toEqual(Float64Array.of(2, 2, 2, 2));
    expect(weigh({ sampleWeights: [1, 2, 0, 5] }, targetsOf([1, 2, 3, 4], 1, 'linear'), 'linear')).toEqual([
      0.5, 1, 0, 2.5,
    ]);
  });

  test('of chosen rows have mean 1 over these', () => {
    expect(weigh({ sampleWeights: [1, 2, 0, 5] }, four, 'softmax', Uint32Array.of(1, 3, 0, 1))).toEqual([
      0.8, 2, 0.4, 0.8,
    ]);
  });

  test('have mean 1 within 1e-12 and their proportions, however large or small', () => {
    const weights = fc.array(fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(weights, fc.nat(), (sampleWeights, at) => {
        sampleWeights[at % sampleWeights.length] = Number.MAX_VALUE;
        const targets = targetsOf(new Uint8Array(sampleWeights.length));
        const scaled = weigh({ sampleWeights }, targets);
        const mean = scaled.reduce((a, b) => a + b) / scaled.length;
        expect(Math.abs(mean - 1)).toBeLessThan(1e-12);
        const largest = Math.max(...scaled);
        scaled.forEach((weight, i) => {
          expect(weight / largest).toBeCloseTo(sampleWeights[i]! / Number.MAX_VALUE, 12);
        });
      }),
    );
    expect(weigh({ sampleWeights: [5e-324, 0, 0, 5e-324] })).toEqual([2, 0, 0, 2]);
  });

  test('refuses', () => {
    const given = (sampleWeights: unknown, chosen?: Uint32Array) => () =>
      readWeights({ sampleWeights }, four, 'softmax', chosen);
    const expected = '"sampleWeights" expected 4 numbers to match "x", got ';
    expectError(given(3), TypeError, `${expected}3`);
    expectError(given(null), TypeError, `${expected}null`);
    expectError(given('balanced'), TypeError, `${expected}"balanced"`);
    expectError(given(new BigInt64Array(4)), TypeError, `${expected}BigInt64Array of length 4`);
    expectError(given([1, 2, 3]), RangeError, `${expected}array of length 3`);
    expectError(given([1, 2], Uint32Array.of(0, 1)), RangeError, `${expected}array of length 2`);
    const number = (i: number): string => `"sampleWeights[${i}]" expected a finite number >= 0, got `;
    expectError(given([1, -1, 1, 1]), RangeError, `${number(1)}-1`);
    expectError(given([1, 1, NaN, 1]), RangeError, `${number(2)}NaN`);
    expectError(given([1, 1, 1, Infinity]), RangeError, `${number(3)}Infinity`);
    expectError(given(['1', 1, 1, 1]), TypeError, `${number(0)}"1"`);
    expectError(given(new Array(4)), TypeError, `${number(0)}undefined`);
    const none = '"sampleWeights" expected a weight above 0, got 0 throughout';
    expectError(given([0, 0, 0, 0]), RangeError, none);
    expectError(given([1, 1, 0, 0], Uint32Array.of(2, 3)), RangeError, none);
  });
});

describe('classWeights', () => {
  test('balanced: every class that appears has the same sum, as scikit-learn’s rows / (classes · count)', () => {
    expect(weigh({ classWeights: 'balanced' })).toEqual(near([2 / 3, 2 / 3, 4 / 3, 4 / 3]));
    // Class 1 does not appear; the others share the rows.
    expect(weigh({ classWeights: 'balanced' }, targetsOf([0, 0, 0, 2]))).toEqual(
      near([2 / 3, 2 / 3, 2 / 3, 2]),
    );
    const labels = fc.array(fc.nat(4), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(labels, (y) => {
        const weights = weigh({ classWeights: 'balanced' }, targetsOf(y, 5));
        const classes = new Set(y);
        for (const c of classes) {
          const count = y.filter((each) => each === c).length;
          expect(weights[y.indexOf(c)]).toBeCloseTo(y.length / (classes.size * count), 12);
        }
      }),
    );
  });

  test.each<[name: string, targets: Targets]>([
    ['labels', targetsOf(['a', 'c', 'b', 'a'])],
    ['numbers', targetsOf([0, 2, 1, 0])],
    ['one-hot rows', readTargets(oneHot([0, 2, 1, 0]), 4, 3, 'softmax', abc)],
  ])('by class, in order or by name, for %s', (name, targets) => {
    const expected = [0.5, 2, 1, 0.5];
    const [a, b, c] = name === 'numbers' ? [0, 1, 2] : ['a', 'b', 'c'];
    for (const classWeights of [[1, 2, 4], Float32Array.of(3, 6, 12), { [a!]: 1, [b!]: 2, [c!]: 4 }])
      expect(weigh({ classWeights }, targets)).toEqual(expected);
    // Who is not named has weight 1, and so has what is given as undefined.
    expect(weigh({ classWeights: { [b!]: 2, [c!]: 4 } }, targets)).toEqual(expected);
    expect(weigh({ classWeights: { [a!]: undefined, [b!]: 2, [c!]: 4 } }, targets)).toEqual(expected);
  });

  test('a class may be called as what every object has', () => {
    const y = ['__proto__', 'constructor', 'a'];
    const targets = readTargets(y, 3, 3, 'softmax', undefined);
    const classWeights = Object.fromEntries([
      ['__proto__', 4],
      ['constructor', 2],
    ]);
    expect(weigh({ classWeights }, targets)).toEqual(near([12 / 7, 6 / 7, 3 / 7]));
    expect(weigh({ classWeights: { a: 4 } }, targets)).toEqual([0.5, 0.5, 2]);
  });

  test('as given they are not scaled, and may all be 0', () => {
    const given = { weightsAsGiven: true, sampleWeights: [1, 2, 3, 4] };
    expect(weigh(given)).toEqual([1, 2, 3, 4]);
    expect(weigh({ ...given, classWeights: { 1: 5 } })).toEqual([1, 2, 15, 4]);
    expect(weigh({ ...given, sampleWeights: [0, 0, 0, 0] })).toEqual([0, 0, 0, 0]);
    expect(weigh({ weightsAsGiven: true, classWeights: [0, 0, 0] })).toEqual([0, 0, 0, 0]);
  });

  test('a row of probabilities has the weights by their shares', () => {
    const targets = targetsOf([
      [0.5, 0.5, 0],
      [0, 0, 1],
    ]);
    expect(weigh({ classWeights: [1, 2, 4.5] }, targets)).toEqual([0.5, 1.5]);
  });

  test('two classes of one sigmoid output', () => {
    const targets = targetsOf([0, 1, 0, 0], 1, 'sigmoid');
    expect(weigh({ classWeights: 'balanced' }, targets, 'sigmoid')).toEqual(near([2 / 3, 2, 2 / 3, 2 / 3]));
    expect(weigh({ classWeights: [1, 5] }, targets, 'sigmoid')).toEqual([0.5, 2.5, 0.5, 0.5]);
    expect(weigh({ classWeights: { 1: 5 } }, targets, 'sigmoid')).toEqual([0.5, 2.5, 0.5, 0.5]);
  });

  test('are multiplied with sampleWeights, and balanced over the chosen rows', () => {
    expect(weigh({ sampleWeights: [1, 3, 1, 1], classWeights: [1, 2, 2] })).toEqual([0.5, 1.5, 1, 1]);
    expect(weigh({ classWeights: 'balanced' }, four, 'softmax', Uint32Array.of(0, 2, 2, 2))).toEqual(
      near([2, 2 / 3, 2 / 3, 2 / 3]),
    );
  });

  test('by names of labels that are digits, or numbers with signs and fractions', () => {
    const read = (y: unknown[], classWeights: object): unknown => {
      const targets = readTargets(y, 2, 2, 'softmax', undefined);
      return readWeights({ classWeights, weightsAsGiven: true }, targets, 'softmax');
    };
    expect(read(['2', '1'], { 1: 5, 2: undefined })).toEqual(Float64Array.of(1, 5));
    expect(read([-0.5, 1e21], { '-0.5': 2, '1e+21': 3 })).toEqual(Float64Array.of(2, 3));
  });

  test('no size overflows', () => {
    const classWeights = [Number.MAX_VALUE, Number.MAX_VALUE, 0];
    expect(weigh({ classWeights, sampleWeights: [1e308, 1e308, 1e308, 1e308] })).toEqual(
      near([4 / 3, 4 / 3, 4 / 3, 0]),
    );
  });

  test('refuses', () => {
    const given =
      (classWeights: unknown, targets = four) =>
      () =>
        readWeights({ classWeights }, targets, 'softmax');
    const kinds = '"classWeights" expected "balanced", an array of numbers or { label: weight }, got ';
    expectError(given('balance'), RangeError, `${kinds}"balance", did you mean "balanced"?`);
    expectError(given(2), TypeError, `${kinds}2`);
    expectError(given(null), TypeError, `${kinds}null`);
    expectError(given(new Map([['a', 1]])), TypeError, `${kinds}Map`);
    expectError(
      given([1, 2]),
      RangeError,
      '"classWeights" expected 3 numbers, one per class, got array of length 2',
    );
    const number = (name: string): string => `"classWeights${name}" expected a finite number >= 0, got `;
    expectError(given([1, -2, 1]), RangeError, `${number('[1]')}-2`);
    expectError(given([1, 1, NaN]), RangeError, `${number('[2]')}NaN`);
    expectError(given(['1', 1, 1]), TypeError, `${number('[0]')}"1"`);
    expectError(given({ 0: Infinity }), RangeError, `${number('.0')}Infinity`);
    expectError(given({ b: null }, targetsOf(['a'])), TypeError, `${number('.b')}null`);
    expectError(
      given({ setose: 1 }, readTargets(['setosa', 'rose'], 2, 2, 'softmax', undefined)),
      TypeError,
      'unknown option "classWeights.setose", did you mean "classWeights.setosa"?',
    );
    expectError(given({ 7: 1 }), TypeError, 'unknown option "classWeights.7", expected one of 0, 1, 2');
    // A name is a number's as JavaScript writes it.
    for (const name of ['01', '1.0', ' 1', ''])
      expectError(
        given({ [name]: 1 }),
        TypeError,
        `unknown option "classWeights.${name}", expected one of 0, 1, 2`,
      );
    const none = '"classWeights" expected a weight above 0, got 0 throughout';
    expectError(given([0, 0, 0]), RangeError, none);
    expectError(given([0, 1, 1], targetsOf([0, 0])), RangeError, none);
  });

  test('refuses outputs without classes, naming both options', () => {
    const expected = '"classWeights" expected output "softmax", or "sigmoid" with 1 output, got ';
    const linear = targetsOf([1, 2, 3], 1, 'linear');
    expectError(
      () => readWeights({ classWeights: 'balanced' }, linear, 'linear'),
      RangeError,
      `${expected}"linear"`,
    );
    const several = targetsOf([[0, 1]], 2, 'sigmoid');
    expectError(
      () => readWeights({ classWeights: [1, 2] }, several, 'sigmoid'),
      RangeError,
      `${expected}"sigmoid" with 2 outputs`,
    );
  });
});
