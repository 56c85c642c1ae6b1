import { describe, expect, test, vi } from 'vitest';
import { resolveOptions, resolveTrainOptions } from '../bindings/options.js';
import { expectError } from './throws.js';

const layers = [4, 10, 3];
const network = resolveOptions({ layers });

describe('resolveOptions', () => {
  test('defaults', () => {
    expect(network).toEqual({
      layers: [4, 10, 3],
      learningRate: 0.1,
      iterations: 1000,
      activation: 'tanh',
      output: 'softmax',
      optimizer: 'sgd',
      batchSize: Infinity,
      init: { normal: 0.001 },
      seed: 0,
      precision: 'f64',
      deterministic: false,
    });
  });

  test('undefined means the default', () => {
    const given = Object.fromEntries(Object.keys(network).map((name) => [name, undefined]));
    expect(resolveOptions({ ...given, layers })).toEqual(network);
  });

  test('what is given holds', () => {
    const given = {
      layers: [2, 2],
      learningRate: 1e-300,
      iterations: 0,
      activation: 'tanh',
      output: 'softmax',
      optimizer: 'sgd',
      batchSize: 1,
      init: { normal: 0 },
      seed: Number.MAX_SAFE_INTEGER,
      precision: 'f32',
      deterministic: true,
    };
    expect(resolveOptions(given)).toEqual(given);
    expect(resolveOptions({ layers, init: 'glorot' }).init).toBe('glorot');
  });

  test('init depends on the depth', () => {
    expect(resolveOptions({ layers: [4, 3] }).init).toEqual({ normal: 0.001 });
    expect(resolveOptions({ layers: [4, 5, 3] }).init).toEqual({ normal: 0.001 });
    expect(resolveOptions({ layers: [4, 5, 5, 3] }).init).toBe('glorot');
  });

  test('copies, changes and keeps nothing', () => {
    const given = Object.freeze({ layers: Object.freeze([4, 3]), init: Object.freeze({ normal: 1 }) });
    const resolved = resolveOptions(given);
    expect(resolved.layers).not.toBe(given.layers);
    expect(resolved.init).not.toBe(given.init);
    expect(resolveOptions({ layers: Uint16Array.of(4, 3) }).layers).toEqual([4, 3]);
    expect(resolveOptions({ layers: { 0: 4, 1: 3, length: 2 } }).layers).toEqual([4, 3]);
  });

  test('reads a getter once', () => {
    const read = vi.fn(() => 0.5);
    const given = Object.defineProperty({ layers }, 'learningRate', { get: read, enumerable: true });
    expect(resolveOptions(given).learningRate).toBe(0.5);
    expect(read).toHaveBeenCalledTimes(1);
  });

  test('a polluted prototype changes nothing', () => {
    Object.defineProperty(Object.prototype, 'seed', { value: 7, configurable: true, writable: true });
    try {
      expect(resolveOptions({ layers })).toEqual(network);
      expect(resolveOptions({ layers }).seed).toBe(0);
    } finally {
      delete (Object.prototype as { seed?: number }).seed;
    }
  });

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [5, '5'],
    ['tanh', '"tanh"'],
    [[4, 3], 'array of length 2'],
    [() => layers, 'function'],
  ])('%# refuses what is no object', (options, got) => {
    expectError(() => resolveOptions(options), TypeError, `"options" expected an object, got ${got}`);
  });
});

describe('unknown options', () => {
  test.each([
    ['learningrate', 'learningRate'],
    ['learning_rate', 'learningRate'],
    ['iteration', 'iterations'],
    ['Layers', 'layers'],
    ['optimiser', 'optimizer'],
    ['batchsize', 'batchSize'],
  ])('%s: did you mean %s?', (name, known) => {
    const message = `unknown option "${name}", did you mean "${known}"?`;
    expectError(() => resolveOptions({ layers, [name]: 1 }), TypeError, message);
    expectError(() => resolveOptions({ layers, [name]: undefined }), TypeError, message);
  });

  const all =
    'layers, learningRate, iterations, activation, output, optimizer, batchSize, init, seed, precision, deterministic';
  test.each(['lr', 'toString', 'constructor', '__proto__', ''])('%j is far from all', (name) => {
    const options = JSON.parse(`{ "layers": [4, 3], ${JSON.stringify(name)}: {} }`) as unknown;
    expectError(() => resolveOptions(options), TypeError, `unknown option "${name}", expected one of ${all}`);
  });

  test('of train', () => {
    expectError(
      () => resolveTrainOptions({ onprogress: () => {} }, network),
      TypeError,
      'unknown option "onprogress", did you mean "onProgress"?',
    );
    expectError(
      () => resolveTrainOptions({ seed: 1 }, network),
      TypeError,
      'unknown option "seed", expected one of iterations, learningRate, batchSize, onProgress, progressEvery, log',
    );
  });

  test('of init', () => {
    expectError(
      () => resolveOptions({ layers, init: { norml: 1 } }),
      TypeError,
      'unknown option "init.norml", did you mean "init.normal"?',
    );
    expectError(
      () => resolveOptions({ layers, init: { normal: 1, uniform: 1 } }),
      TypeError,
      'unknown option "init.uniform", expected one of normal',
    );
  });
});

const width = (i: number) => `"layers[${i}]" expected a safe integer >= 1, got `;
const twoWidths = '"layers" expected an array of at least two widths, got ';
const rate = '"learningRate" expected a finite number > 0, got ';
const from0 = (name: string) => `"${name}" expected a safe integer >= 0, got `;
const from1 = (name: string) => `"${name}" expected a safe integer >= 1, got `;
const init = '"init" expected "glorot" or { normal: sd }, got ';

const bad: [option: string, value: unknown, kind: typeof TypeError | typeof RangeError, message: string][] = [
  ['layers', undefined, TypeError, `${twoWidths}undefined`],
  ['layers', 5, TypeError, `${twoWidths}5`],
  ['layers', '43', TypeError, `${twoWidths}"43"`],
  ['layers', [], RangeError, `${twoWidths}array of length 0`],
  ['layers', [4], RangeError, `${twoWidths}array of length 1`],
  ['layers', [4, 0, 3], RangeError, `${width(1)}0`],
  ['layers', [-4, 3], RangeError, `${width(0)}-4`],
  ['layers', [4, 2.5], RangeError, `${width(1)}2.5`],
  ['layers', [4, NaN], RangeError, `${width(1)}NaN`],
  ['layers', [4, 2 ** 53], RangeError, `${width(1)}9007199254740992`],
  ['layers', ['4', 3], TypeError, `${width(0)}"4"`],
  ['layers', new Array(3), TypeError, `${width(0)}undefined`],
  ['layers', new BigInt64Array(2), TypeError, `${width(0)}0n`],
  [
    'layers',
    [4, 1],
    RangeError,
    '"layers" expected at least 2 outputs for "softmax", got 1; two classes take two outputs',
  ],
  ['learningRate', 0, RangeError, `${rate}0`],
  ['learningRate', -0.1, RangeError, `${rate}-0.1`],
  ['learningRate', NaN, RangeError, `${rate}NaN`],
  ['learningRate', Infinity, RangeError, `${rate}Infinity`],
  ['learningRate', '0.1', TypeError, `${rate}"0.1"`],
  ['learningRate', null, TypeError, `${rate}null`],
  ['iterations', -1, RangeError, `${from0('iterations')}-1`],
  ['iterations', 1.5, RangeError, `${from0('iterations')}1.5`],
  ['iterations', Infinity, RangeError, `${from0('iterations')}Infinity`],
  ['iterations', 10n, TypeError, `${from0('iterations')}10n`],
  ['activation', 'tahn', RangeError, '"activation" expected "tanh", got "tahn", did you mean "tanh"?'],
  ['activation', 'relu', RangeError, '"activation" expected "tanh", got "relu"'],
  ['activation', Math.tanh, TypeError, '"activation" expected "tanh", got function tanh'],
  ['output', 'Softmax', RangeError, '"output" expected "softmax", got "Softmax", did you mean "softmax"?'],
  ['output', 1, TypeError, '"output" expected "softmax", got 1'],
  ['optimizer', 'adam', RangeError, '"optimizer" expected "sgd", got "adam"'],
  ['optimizer', null, TypeError, '"optimizer" expected "sgd", got null'],
  ['batchSize', 0, RangeError, `${from1('batchSize')}0`],
  ['batchSize', Infinity, RangeError, `${from1('batchSize')}Infinity`],
  ['batchSize', true, TypeError, `${from1('batchSize')}true`],
  ['init', 'glorott', RangeError, `${init}"glorott", did you mean "glorot"?`],
  ['init', 'he', RangeError, `${init}"he"`],
  ['init', 0.1, TypeError, `${init}0.1`],
  ['init', null, TypeError, `${init}null`],
  ['init', [0.1], TypeError, '"init" expected an object, got array of length 1'],
  ['init', {}, TypeError, '"init.normal" expected a finite number >= 0, got undefined'],
  ['init', { normal: -1 }, RangeError, '"init.normal" expected a finite number >= 0, got -1'],
  ['init', { normal: Infinity }, RangeError, '"init.normal" expected a finite number >= 0, got Infinity'],
  ['seed', -1, RangeError, `${from0('seed')}-1`],
  ['seed', 0.5, RangeError, `${from0('seed')}0.5`],
  ['seed', 'x', TypeError, `${from0('seed')}"x"`],
  ['precision', 'F32', RangeError, '"precision" expected "f64" or "f32", got "F32", did you mean "f32"?'],
  ['precision', 'double', RangeError, '"precision" expected "f64" or "f32", got "double"'],
  ['precision', 64, TypeError, '"precision" expected "f64" or "f32", got 64'],
  ['deterministic', 1, TypeError, '"deterministic" expected a boolean, got 1'],
  ['deterministic', null, TypeError, '"deterministic" expected a boolean, got null'],
];

test.each(bad)('refuses %s %#', (option, value, kind, message) => {
  expectError(() => resolveOptions({ layers, [option]: value }), kind, message);
});

describe('resolveTrainOptions', () => {
  test('defaults are the network’s', () => {
    const own = resolveOptions({ layers, iterations: 25, learningRate: 0.5, batchSize: 8 });
    const expected = {
      iterations: 25,
      learningRate: 0.5,
      batchSize: 8,
      onProgress: undefined,
      progressEvery: 2.5,
      log: undefined,
    };
    expect(resolveTrainOptions(undefined, own)).toEqual(expected);
    expect(resolveTrainOptions({}, own)).toEqual(expected);
    expect(resolveTrainOptions({ iterations: undefined, log: undefined }, own)).toEqual(expected);
  });

  test('overrides hold for the call, the network’s stay', () => {
    const onProgress = () => false;
    const log = () => {};
    const given = { iterations: 7, learningRate: 2, batchSize: 3, onProgress, progressEvery: 5, log };
    expect(resolveTrainOptions(given, network)).toEqual(given);
    expect(network).toEqual(resolveOptions({ layers }));
  });

  test.each([
    [0, 1],
    [9, 1],
    [19, 1.9],
    [20, 2],
    [1000, 100],
  ])('%d iterations: progress every %d', (iterations, every) => {
    expect(resolveTrainOptions({ iterations }, network).progressEvery).toBe(every);
  });

  test('log: true is console.log, false is none', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    resolveTrainOptions({ log: true }, network).log?.('line');
    expect(log.mock.calls).toEqual([['line']]);
    log.mockRestore();
    expect(resolveTrainOptions({ log: false }, network).log).toBeUndefined();
  });

  const wrong: [options: unknown, kind: typeof TypeError | typeof RangeError, message: string][] = [
    [null, TypeError, '"options" expected an object, got null'],
    [10, TypeError, '"options" expected an object, got 10'],
    [{ iterations: -1 }, RangeError, `${from0('iterations')}-1`],
    [{ learningRate: 0 }, RangeError, `${rate}0`],
    [{ batchSize: 0.5 }, RangeError, `${from1('batchSize')}0.5`],
    [{ onProgress: true }, TypeError, '"onProgress" expected a function, got true'],
    [{ onProgress: null }, TypeError, '"onProgress" expected a function, got null'],
    [{ progressEvery: 0 }, RangeError, `${from1('progressEvery')}0`],
    [{ progressEvery: '5' }, TypeError, `${from1('progressEvery')}"5"`],
    [{ log: 'yes' }, TypeError, '"log" expected a boolean or a function, got "yes"'],
    [{ log: null }, TypeError, '"log" expected a boolean or a function, got null'],
  ];
  test.each(wrong)('%# refuses', (options, kind, message) => {
    expectError(() => resolveTrainOptions(options, network), kind, message);
  });
});
