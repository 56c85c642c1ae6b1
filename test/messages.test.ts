import { describe as suite, expect, test } from 'vitest';
import { Matrix } from '../bindings/matrix.js';
import { describe, didYouMean, mismatch, nearest } from '../bindings/messages.js';

suite('describe', () => {
  const anonymous = [() => 0][0];

  const cases: [value: unknown, text: string][] = [
    ['seven', '"seven"'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
    ['', '""'],
    ['x'.repeat(40), `"${'x'.repeat(40)}"`],
    ['x'.repeat(41), `"${'x'.repeat(40)}…"`],
    [0, '0'],
    [-0, '-0'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [1.5, '1.5'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'undefined'],
    [7n, '7n'],
    [10n ** 50n, `1${'0'.repeat(39)}…n`],
    [Symbol('s'), 'Symbol(s)'],
    [Symbol('s'.repeat(100)), `Symbol(${'s'.repeat(33)}…`],
    [[], 'array of length 0'],
    [[1, 2, 3], 'array of length 3'],
    [new Array(5), 'array of length 5'],
    [new Float64Array(2), 'Float64Array of length 2'],
    [new BigInt64Array(1), 'BigInt64Array of length 1'],
    [new DataView(new ArrayBuffer(8)), 'DataView'],
    [{}, 'Object'],
    [{ length: 2 }, 'Object of length 2'],
    [Object.create(null), 'object'],
    [new Date(0), 'Date'],
    [new Map(), 'Map'],
    [new Matrix(1, 1), 'Matrix'],
    [{ constructor: 'fake' }, 'object'],
    [function named() {}, 'function named'],
    [anonymous, 'function'],
  ];
  test.each(cases)('%# in a few words', (value, text) => {
    expect(describe(value)).toBe(text);
  });

  test('never throws', () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const hostile = {
      get constructor(): unknown {
        throw new Error('no');
      },
    };
    expect(describe(revoked.proxy)).toBe('object');
    expect(describe(hostile)).toBe('object');
  });
});

suite('mismatch', () => {
  test('is uniform', () => {
    expect(mismatch('y', '150 rows to match "x"', 149)).toBe('"y" expected 150 rows to match "x", got 149');
    expect(mismatch('x', 'numbers', '7', ' at row 1')).toBe('"x" expected numbers, got "7" at row 1');
  });
});

suite('nearest', () => {
  const known = ['layers', 'learningRate', 'iterations', 'batchSize', 'seed'];
  test.each([
    ['learningrate', 'learningRate'],
    ['learning_rate', 'learningRate'],
    ['LEARNINGRATE', 'learningRate'],
    ['layer', 'layers'],
    ['iteration', 'iterations'],
    ['batch', 'batchSize'],
    ['sede', 'seed'],
    ['layers', 'layers'],
  ])('%s → %s', (name, match) => {
    expect(nearest(name, known)).toBe(match);
  });

  test.each(['', 'lr', 'epochs', 'toString', '__proto__', 'x'.repeat(1e6)])('%# has none', (name) => {
    expect(nearest(name, known)).toBeUndefined();
  });

  test('the first of equally near names wins', () => {
    expect(nearest('seec', ['seed', 'seek'])).toBe('seed');
    expect(nearest('seec', ['seek', 'seed'])).toBe('seek');
  });

  test('nothing known, nothing near', () => {
    expect(nearest('seed', [])).toBeUndefined();
  });

  test('else the first that begins with two letters or more', () => {
    expect(nearest('eps', ['beta', 'epsilon', 'epsilons'])).toBe('epsilon');
    expect(nearest('e', ['epsilon'])).toBeUndefined();
  });

  test('edits count: up to half of the letters', () => {
    expect(nearest('abcd', ['abxy'])).toBe('abxy');
    expect(nearest('abcd', ['axyz'])).toBeUndefined();
    expect(nearest('abcdef', ['abc'])).toBe('abc');
    expect(nearest('abcdefg', ['abc'])).toBeUndefined();
  });

  test('a single letter in common is chance', () => {
    expect(nearest('lr', ['l2'])).toBeUndefined();
    expect(nearest('L2', ['l2'])).toBe('l2');
    expect(nearest('A', ['b', 'a'])).toBe('a');
  });

  test('didYouMean is empty without a near name', () => {
    expect(didYouMean('sed', known)).toBe(', did you mean "seed"?');
    expect(didYouMean('sed', known, 'init.')).toBe(', did you mean "init.seed"?');
    expect(didYouMean('zzz', known)).toBe('');
  });
});
