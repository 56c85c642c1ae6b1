import { describe, expect, test, vi } from 'vitest';
import { resolveOptions } from '../bindings/options.js';
import { expectError } from './throws.js';

const layers = [4, 10, 3];
const network = resolveOptions({ layers });

describe('resolveOptions', () => {
  test('defaults', () => {
    expect(network).toEqual({
      layers: [4, 10, 3],
      learningRate: 0.1,
      iterations: 1000,
      activation: ['tanh'],
      output: 'softmax',
      optimizer: { name: 'sgd', momentum: 0, nesterov: false },
      l2: 0,
      dropout: 0,
      clipNorm: Infinity,
      batchSize: Infinity,
      shuffle: true,
      init: { normal: 0.001 },
      classes: undefined,
      scaling: 'none',
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
      layers: [2, 7, 5, 2],
      learningRate: 1e-300,
      iterations: 0,
      activation: ['gelu', 'identity'],
      output: 'sigmoid',
      optimizer: { name: 'adam', beta1: 0, beta2: 0.5, epsilon: 1e-45 },
      l2: 1e300,
      dropout: 1 - 2 ** -53,
      clipNorm: 5e-324,
      batchSize: 1,
      shuffle: false,
      init: { normal: 0 },
      classes: undefined,
      scaling: 'minMax',
      seed: Number.MAX_SAFE_INTEGER,
      precision: 'f32',
      deterministic: true,
    };
    expect(resolveOptions(given)).toEqual(given);
  });

  test.each(['glorot', 'glorotUniform', 'he', 'lecun'])('init %s', (init) => {
    expect(resolveOptions({ layers, init }).init).toBe(init);
  });

  test.each(['batchSize', 'clipNorm'] as const)('%s: Infinity is none', (option) => {
    expect(resolveOptions({ layers, [option]: Infinity })[option]).toBe(Infinity);
  });

  test('one activation is that of every hidden layer', () => {
    expect(resolveOptions({ layers: [4, 5, 6, 7, 3], activation: 'relu' }).activation).toEqual([
      'relu',
      'relu',
      'relu',
    ]);
    expect(resolveOptions({ layers: [4, 3], activation: 'relu' }).activation).toEqual([]);
    expect(resolveOptions({ layers: [4, 3], activation: [] }).activation).toEqual([]);
  });

  test('init is the textbook’s with tanh and at most one hidden layer, else glorot', () => {
    const init = (options: object): unknown => resolveOptions(options).init;
    expect(init({ layers: [4, 3] })).toEqual({ normal: 0.001 });
    expect(init({ layers: [4, 5, 3] })).toEqual({ normal: 0.001 });
    expect(init({ layers: [4, 5, 3], activation: 'tanh' })).toEqual({ normal: 0.001 });
    expect(init({ layers: [4, 5, 3], activation: ['relu'] })).toBe('glorot');
    expect(init({ layers: [4, 5, 5, 3] })).toBe('glorot');
    expect(init({ layers: [4, 3], activation: 'relu' })).toEqual({ normal: 0.001 });
  });

  test('classes are known by label', () => {
    const { classes } = resolveOptions({ layers, classes: ['b', 'a', 'c'] });
    expect(classes?.labels).toEqual(['b', 'a', 'c']);
    const ofSigmoid = resolveOptions({ layers: [4, 1], output: 'sigmoid', classes: [-1, 1] });
    expect(ofSigmoid.classes?.labels).toEqual([-1, 1]);
  });

  test('copies, changes and keeps nothing', () => {
    const given = Object.freeze({
      layers: Object.freeze([4, 5, 3]),
      activation: Object.freeze(['relu']),
      optimizer: Object.freeze({ name: 'sgd' }),
      learningRate: Object.freeze({ schedule: 'constant', initial: 1 }),
      init: Object.freeze({ normal: 1 }),
      classes: Object.freeze(['a', 'b', 'c']),
    });
    const resolved = resolveOptions(given);
    for (const option of ['layers', 'activation', 'optimizer', 'learningRate', 'init'] as const)
      expect(resolved[option]).not.toBe(given[option]);
    expect(resolved.classes?.labels).not.toBe(given.classes);
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
    ['drop_out', 'dropout'],
    ['L2', 'l2'],
    ['clipnorm', 'clipNorm'],
    ['scale', 'scaling'],
  ])('%s: did you mean %s?', (name, known) => {
    const message = `unknown option "${name}", did you mean "${known}"?`;
    expectError(() => resolveOptions({ layers, [name]: 1 }), TypeError, message);
    expectError(() => resolveOptions({ layers, [name]: undefined }), TypeError, message);
  });

  const all =
    'layers, iterations, learningRate, activation, output, optimizer, l2, dropout, clipNorm, batchSize, shuffle, init, ' +
    'classes, scaling, seed, precision, deterministic';
  test.each(['lr', 'toString', 'constructor', '__proto__', ''])('%j is far from all', (name) => {
    const options = JSON.parse(`{ "layers": [4, 3], ${JSON.stringify(name)}: {} }`) as unknown;
    expectError(() => resolveOptions(options), TypeError, `unknown option "${name}", expected one of ${all}`);
  });

  test.each([
    ['momentum', '"sgd"'],
    ['nesterov', '"sgd"'],
    ['alpha', '"rmsprop"'],
    ['beta1', '"adam" or "adamw"'],
    ['epsilon', '"rmsprop" or "adam" or "adamw"'],
    ['weightDecay', '"adamw"'],
  ])('%s belongs to the optimizer', (name, optimizers) => {
    expectError(
      () => resolveOptions({ layers, [name]: 0.1 }),
      TypeError,
      `unknown option "${name}", only the optimizer ${optimizers} has it`,
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
const from0 = (name: string) => `"${name}" expected a safe integer >= 0, got `;
const from1 = (name: string) => `"${name}" expected a safe integer >= 1, got `;
const finite0 = (name: string) => `"${name}" expected a finite number >= 0, got `;
const share = '"dropout" expected a number in [0, 1), got ';
const norm = '"clipNorm" expected a finite number > 0, got ';
const activations =
  '"tanh" or "relu" or "leakyRelu" or "sigmoid" or "elu" or "gelu" or "silu" or "softplus" or "identity"';
const init = '"init" expected "glorot" or "glorotUniform" or "he" or "lecun" or { normal: sd }, got ';
const output = '"output" expected "softmax" or "sigmoid" or "linear", got ';
const scaling = '"scaling" expected "none" or "standardize" or "minMax", got ';
const labels = '"classes" expected an array of 3 different labels, got ';

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
  ['layers', { length: 1e12 }, TypeError, `${width(0)}undefined`],
  ['layers', new BigInt64Array(2), TypeError, `${width(0)}0n`],
  [
    'layers',
    [4, 1],
    RangeError,
    '"layers" expected at least 2 outputs for "softmax", got 1; ' +
      'two classes take two outputs, or one of "sigmoid"',
  ],
  ['iterations', -1, RangeError, `${from0('iterations')}-1`],
  ['iterations', 1.5, RangeError, `${from0('iterations')}1.5`],
  ['iterations', Infinity, RangeError, `${from0('iterations')}Infinity`],
  ['iterations', 10n, TypeError, `${from0('iterations')}10n`],
  [
    'activation',
    'tahn',
    RangeError,
    `"activation" expected ${activations}, got "tahn", did you mean "tanh"?`,
  ],
  [
    'activation',
    'LeakyReLU',
    RangeError,
    `"activation" expected ${activations}, got "LeakyReLU", did you mean "leakyRelu"?`,
  ],
  ['activation', 'swish', RangeError, `"activation" expected ${activations}, got "swish"`],
  ['activation', Math.tanh, TypeError, `"activation" expected ${activations}, got function tanh`],
  ['activation', null, TypeError, `"activation" expected ${activations}, got null`],
  [
    'activation',
    [],
    RangeError,
    '"activation" expected one name for all or 1 for the hidden layers, got array of length 0',
  ],
  [
    'activation',
    ['tanh', 'softmax'],
    RangeError,
    '"activation" expected one name for all or 1 for the hidden layers, got array of length 2',
  ],
  ['activation', [1], TypeError, `"activation[0]" expected ${activations}, got 1`],
  ['output', 'Softmax', RangeError, `${output}"Softmax", did you mean "softmax"?`],
  ['output', 'tanh', RangeError, `${output}"tanh"`],
  ['output', 1, TypeError, `${output}1`],
  ['l2', -1e-9, RangeError, `${finite0('l2')}-1e-9`],
  ['l2', Infinity, RangeError, `${finite0('l2')}Infinity`],
  ['l2', '0', TypeError, `${finite0('l2')}"0"`],
  ['dropout', 1, RangeError, `${share}1`],
  ['dropout', -0.5, RangeError, `${share}-0.5`],
  ['dropout', NaN, RangeError, `${share}NaN`],
  ['dropout', true, TypeError, `${share}true`],
  ['clipNorm', 0, RangeError, `${norm}0`],
  ['clipNorm', -Infinity, RangeError, `${norm}-Infinity`],
  ['clipNorm', null, TypeError, `${norm}null`],
  ['batchSize', 0, RangeError, `${from1('batchSize')}0`],
  ['batchSize', 32.5, RangeError, `${from1('batchSize')}32.5`],
  ['batchSize', true, TypeError, `${from1('batchSize')}true`],
  ['batchSize', null, TypeError, `${from1('batchSize')}null`],
  ['shuffle', 0, TypeError, '"shuffle" expected a boolean, got 0'],
  ['init', 'glorott', RangeError, `${init}"glorott", did you mean "glorot"?`],
  ['init', 'xavier', RangeError, `${init}"xavier"`],
  ['init', 0.1, TypeError, `${init}0.1`],
  ['init', null, TypeError, `${init}null`],
  ['init', [0.1], TypeError, '"init" expected an object, got array of length 1'],
  ['init', {}, TypeError, `${finite0('init.normal')}undefined`],
  ['init', { normal: -1 }, RangeError, `${finite0('init.normal')}-1`],
  ['init', { normal: Infinity }, RangeError, `${finite0('init.normal')}Infinity`],
  ['classes', 3, TypeError, `${labels}3`],
  ['classes', ['a', 'b'], RangeError, `${labels}array of length 2`],
  ['classes', ['a', 'b', 'a'], RangeError, `${labels}"a" twice`],
  ['classes', ['a', 'b', 3], TypeError, '"classes" expected strings as at index 0, got 3 at index 2'],
  ['scaling', 'minmax', RangeError, `${scaling}"minmax", did you mean "minMax"?`],
  ['scaling', true, TypeError, `${scaling}true`],
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

describe('options that contradict each other are both named', () => {
  test.each<[options: object, message: string]>([
    [
      { layers: [4, 3], dropout: 0.5 },
      '"dropout" contradicts "layers", which have no hidden layer; add one, or leave dropout out',
    ],
    [
      { layers, output: 'linear', classes: ['a', 'b', 'c'] },
      '"classes" contradicts "output", which is "linear"; classes are for "softmax" and "sigmoid"',
    ],
    [
      { layers, optimizer: { name: 'sgd', nesterov: true } },
      '"optimizer.nesterov" contradicts "optimizer.momentum", which is 0; give a momentum, 0.9 is usual',
    ],
    [
      { layers, precision: 'f32', optimizer: { name: 'adam', epsilon: 1e-50 } },
      '"precision" contradicts "optimizer.epsilon", which it cannot hold; take "f64"',
    ],
    [
      { layers, precision: 'f32', init: { normal: 1e300 } },
      '"precision" contradicts "init.normal", which it cannot hold; take "f64"',
    ],
  ])('%#', (options, message) => {
    expectError(() => resolveOptions(options), RangeError, message);
  });

  test('and those that do not, are not', () => {
    resolveOptions({ layers: [4, 3], dropout: 0 });
    resolveOptions({ layers, output: 'linear', classes: undefined });
    resolveOptions({ layers: [4, 1], output: 'linear' });
    resolveOptions({ layers, optimizer: { name: 'rmsprop', epsilon: 1e-300 }, init: { normal: 1e300 } });
    resolveOptions({
      layers,
      precision: 'f32',
      optimizer: { name: 'rmsprop', epsilon: 1e-45 },
      init: { normal: 1e37 },
    });
  });
});
