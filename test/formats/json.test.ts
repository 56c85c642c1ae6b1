import { describe, expect, test } from 'vitest';
import { ModelFileError } from '../../bindings/errors.js';
import { fromJSON, toJSON, type ModelJSON } from '../../bindings/formats/json.js';
import { expectError } from '../throws.js';
import { bitsOf, exampleState } from './states.js';

const model = (): ModelJSON => toJSON(exampleState());

test('a model as it is written', () => {
  const moment = (scale: number): unknown => ({
    weights: [
      [
        [1, -2, 3],
        [-4, 5, -6],
      ].map((row) => row.map((value) => value * scale)),
      [[0.5 * scale], ['-0'], [0.25 * scale]],
    ],
    biases: [[0, '-0', 1], [scale]],
  });
  expect(JSON.parse(JSON.stringify(model()))).toEqual({
    format: 'feedforward-wasm',
    precision: 'f32',
    version: 1,
    options: { layers: [2, 3, 1], output: 'sigmoid', optimizer: { name: 'adam', beta1: 0.8 } },
    classes: ['no', 'yes'],
    scaling: { offset: ['-0', 5.1], factor: [1, 0.1] },
    training: {
      iteration: 7,
      step: 21,
      random: ['0123456789abcdef', 'fedcba9876543210', '0000000000000000', 'ffffffffffffffff'],
      moments: [moment(0.5), moment(0.125)],
    },
    parameters: moment(1),
  });
});

describe('what is no model at all is a TypeError', () => {
  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [5, '5'],
    [true, 'true'],
    [10n, '10n'],
    [() => model(), 'function'],
  ])('%o', (json, got) => {
    expectError(() => fromJSON(json), TypeError, `"json" expected an object or a JSON text, got ${got}`);
  });
});

/** The example with another value at a path; undefined takes the property away. */
function changed(path: string, value: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(model()));
  const keys = path.split('.');
  const last = keys.pop()!;
  const parent = keys.reduce((at, key) => (at as Record<string, unknown>)[key], copy) as Record<
    string,
    unknown
  >;
  if (value === undefined) delete parent[last];
  else Object.defineProperty(parent, last, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

const bad: [path: string, value: unknown, message: string][] = [
  ['format', undefined, '"json.format" expected "feedforward-wasm", got undefined'],
  ['format', 'onnx', '"json.format" expected "feedforward-wasm", got "onnx"'],
  [
    'format',
    'feedforward-wasn',
    '"json.format" expected "feedforward-wasm", got "feedforward-wasn", did you mean "feedforward-wasm"?',
  ],
  ['format', null, '"json.format" expected "feedforward-wasm", got null'],
  [
    'version',
    undefined,
    '"json.version" expected 1, got undefined; a newer feedforward-wasm may have written it',
  ],
  ['version', 2, '"json.version" expected 1, got 2; a newer feedforward-wasm may have written it'],
  ['version', '1', '"json.version" expected 1, got "1"; a newer feedforward-wasm may have written it'],
  ['version', null, '"json.version" expected 1, got null; a newer feedforward-wasm may have written it'],
  ['precision', undefined, '"json.precision" expected "f64" or "f32", got undefined'],
  ['precision', 'f16', '"json.precision" expected "f64" or "f32", got "f16"'],
  ['options', undefined, '"json.options.layers" expected an array, got undefined'],
  ['options', null, '"json.options.layers" expected an array, got undefined'],
  ['options', [2, 3, 1], '"json.options.layers" expected an array, got undefined'],
  ['options', 'layers', '"json.options.layers" expected an array, got undefined'],
  ['options.layers', undefined, '"json.options.layers" expected an array, got undefined'],
  ['options.layers', '2,3,1', '"json.options.layers" expected an array, got "2,3,1"'],
  [
    'options.layers',
    { 0: 2, 1: 3, 2: 1, length: 3 },
    '"json.options.layers" expected an array, got Object of length 3',
  ],
  ['options.layers', [], '"json.options.layers" expected at least two widths, got array of length 0'],
  ['options.layers', [2], '"json.options.layers" expected at least two widths, got array of length 1'],
  [
    'options.layers',
    [2, 1],
    '"json.training.moments[0].weights" expected an array of length 1, got array of length 2',
  ],
  [
    'options.layers',
    [2, 3, 1, 1],
    '"json.training.moments[0].weights" expected an array of length 3, got array of length 2',
  ],
  ['options.layers', [2, 3, 0], '"json.options.layers[2]" expected a safe integer >= 1, got 0'],
  ['options.layers', [2, -3, 1], '"json.options.layers[1]" expected a safe integer >= 1, got -3'],
  ['options.layers', [2, 3.5, 1], '"json.options.layers[1]" expected a safe integer >= 1, got 3.5'],
  [
    'options.layers',
    [2, 3, 2 ** 53],
    '"json.options.layers[2]" expected a safe integer >= 1, got 9007199254740992',
  ],
  ['options.layers', [2, '3', 1], '"json.options.layers[1]" expected a safe integer >= 1, got "3"'],
  [
    'options.layers',
    [3, 2, 1],
    '"json.scaling.offset" expected rows of 3 numbers, got array of length 2 at row 0',
  ],
  [
    'options.layers',
    [2, 3, 2],
    '"json.training.moments[0].weights[1]" expected rows of 2 numbers, got array of length 1 at row 0',
  ],
  [
    'options.layers',
    [1e6, 1e6, 1],
    '"json.scaling.offset" expected rows of 1000000 numbers, got array of length 2 at row 0',
  ],
  [
    'options.layers',
    [2 ** 53 - 1, 2 ** 53 - 1, 1],
    '"json.scaling.offset" expected rows of 9007199254740991 numbers, got array of length 2 at row 0',
  ],
  ['classes', 'no,yes', '"json.classes" expected an array, got "no,yes"'],
  ['classes', null, '"json.classes" expected an array, got null'],
  ['classes', ['no', null], '"json.classes[1]" expected a string or a finite number, got null'],
  [
    'classes',
    ['no', ['yes']],
    '"json.classes[1]" expected a string or a finite number, got array of length 1',
  ],
  ['classes', [0, NaN], '"json.classes[1]" expected a string or a finite number, got NaN'],
  ['scaling', null, '"json.scaling" expected an object, got null'],
  ['scaling', [], '"json.scaling" expected an object, got array of length 0'],
  ['scaling.offset', undefined, '"json.scaling.offset" expected rows of 2 numbers, got undefined at row 0'],
  ['scaling.offset', [1], '"json.scaling.offset" expected rows of 2 numbers, got array of length 1 at row 0'],
  [
    'scaling.offset',
    [1, 2, 3],
    '"json.scaling.offset" expected rows of 2 numbers, got array of length 3 at row 0',
  ],
  ['scaling.factor', [1, null], '"json.scaling.factor" expected numbers, got null at row 0, column 1'],
  ['scaling.factor', [1, '1'], '"json.scaling.factor" expected numbers, got "1" at row 0, column 1'],
  ['scaling.factor', [1, Infinity], '"json.scaling.factor" expected finite numbers, got Infinity'],
  ...[0, -0, -1, 5e-324].map((factor): [string, unknown, string] => [
    'scaling.factor',
    [1, factor],
    `"json.scaling.factor" expected numbers > 0 with a finite reciprocal, got ${Object.is(factor, -0) ? '-0' : factor}`,
  ]),
  ['scaling.mean', [1, 2], 'unknown option "json.scaling.mean", expected one of offset, factor'],
  ['training', 0, '"json.training" expected an object, got 0'],
  ['training.iteration', undefined, '"json.training.iteration" expected a safe integer >= 0, got undefined'],
  ['training.iteration', -1, '"json.training.iteration" expected a safe integer >= 0, got -1'],
  ['training.step', 0.5, '"json.training.step" expected a safe integer >= 0, got 0.5'],
  ['training.step', '21', '"json.training.step" expected a safe integer >= 0, got "21"'],
  ['training.random', undefined, '"json.training.random" expected an array, got undefined'],
  [
    'training.random',
    ['0123456789abcdef'],
    '"json.training.random" expected an array of length 4, got array of length 1',
  ],
  [
    'training.random.0',
    '0123456789ABCDEF',
    '"json.training.random" expected four words of 16 hex digits, not all 0, got "0123456789ABCDEF fedcba9876543210 000000…"',
  ],
  [
    'training.random.1',
    'fedcba987654321',
    '"json.training.random" expected four words of 16 hex digits, not all 0, got "0123456789abcdef fedcba987654321 0000000…"',
  ],
  [
    'training.random.2',
    null,
    '"json.training.random" expected four words of 16 hex digits, not all 0, got "0123456789abcdef fedcba9876543210 null f…"',
  ],
  [
    'training.random',
    Array.from({ length: 4 }, () => '0'.repeat(16)),
    '"json.training.random" expected four words of 16 hex digits, not all 0, got "0000000000000000 0000000000000000 000000…"',
  ],
  [
    'training.random',
    ['0123456789abcdef fedcba9876543210', '0'.repeat(16), '0'.repeat(16), ''],
    '"json.training.random" expected four words of 16 hex digits, not all 0, got "0123456789abcdef fedcba9876543210 000000…"',
  ],
  ['training.moments', undefined, '"json.training.moments" expected an array, got undefined'],
  ['training.moments', {}, '"json.training.moments" expected an array, got Object'],
  ['training.moments.1', null, '"json.training.moments[1]" expected an object, got null'],
  [
    'training.moments.1.weights',
    [],
    '"json.training.moments[1].weights" expected an array of length 2, got array of length 0',
  ],
  [
    'training.moments.0.biases.1',
    [1, 2],
    '"json.training.moments[0].biases[1]" expected rows of 1 numbers, got array of length 2 at row 0',
  ],
  ['parameters', undefined, '"json.parameters" expected an object, got undefined'],
  ['parameters', [], '"json.parameters" expected an object, got array of length 0'],
  ['parameters.weights', undefined, '"json.parameters.weights" expected an array, got undefined'],
  [
    'parameters.weights',
    [[[1]]],
    '"json.parameters.weights" expected an array of length 2, got array of length 1',
  ],
  ['parameters.weights.0', [[1, 2, 3]], '"json.parameters.weights[0]" expected 2 rows, got 1'],
  ['parameters.weights.0', [], '"json.parameters.weights[0]" expected 2 rows, got 0'],
  [
    'parameters.weights.0',
    'weights',
    '"json.parameters.weights[0]" expected a Matrix, { data, rows, cols } or an array of rows, got "weights"',
  ],
  [
    'parameters.weights.0.1',
    [1, 2],
    '"json.parameters.weights[0]" expected rows of 3 numbers, got array of length 2 at row 1',
  ],
  [
    'parameters.weights.0.1',
    null,
    '"json.parameters.weights[0]" expected rows of 3 numbers, got null at row 1',
  ],
  [
    'parameters.weights.0.1.2',
    null,
    '"json.parameters.weights[0]" expected numbers, got null at row 1, column 2',
  ],
  [
    'parameters.weights.0.1.2',
    '0',
    '"json.parameters.weights[0]" expected numbers, got "0" at row 1, column 2',
  ],
  ['parameters.weights.0.1.2', 1e39, '"json.parameters.weights[0]" expected finite numbers, got Infinity'],
  [
    'parameters.weights.0.1.2',
    [1],
    '"json.parameters.weights[0]" expected numbers, got array of length 1 at row 1, column 2',
  ],
  ['parameters.biases', undefined, '"json.parameters.biases" expected an array, got undefined'],
  [
    'parameters.biases.0',
    [1, 2],
    '"json.parameters.biases[0]" expected rows of 3 numbers, got array of length 2 at row 0',
  ],
  [
    'parameters.biases.0',
    1,
    '"json.parameters.biases[0]" expected rows of 3 numbers, got 1 at row 0; one row is [[…]]',
  ],
  ['parameters.biases.0.0', NaN, '"json.parameters.biases[0]" expected finite numbers, got NaN'],
  ['parameters.biases.0.0', -1e300, '"json.parameters.biases[0]" expected finite numbers, got -Infinity'],
  ['parameters.gammas', [], 'unknown option "json.parameters.gammas", expected one of weights, biases'],
  [
    'weights',
    [],
    'unknown option "json.weights", expected one of format, precision, version, options, classes, scaling, training, parameters',
  ],
  [
    '__proto__',
    { format: 'feedforward-wasm' },
    'unknown option "json.__proto__", expected one of format, precision, version, options, classes, scaling, training, parameters',
  ],
  [
    'constructor',
    {},
    'unknown option "json.constructor", expected one of format, precision, version, options, classes, scaling, training, parameters',
  ],
  [
    'training.__proto__',
    null,
    'unknown option "json.training.__proto__", expected one of iteration, step, random, moments',
  ],
];

test.each(bad)('refuses %s: %j', (path, value, problem) => {
  expectError(() => fromJSON(changed(path, value)), ModelFileError, `the model cannot be loaded: ${problem}`);
});

describe('a text', () => {
  const text = JSON.stringify(model());

  test.each([
    ['', '"json" expected JSON, got ""'],
    ['model', '"json" expected JSON, got "model"'],
    ['null', '"json" expected an object, got null'],
    ['[]', '"json" expected an object, got array of length 0'],
    ['"{}"', '"json" expected an object, got "{}"'],
    [`\ufeff${text}`, '"json" expected JSON, got "\ufeff{\\"format\\":\\"feedforward-wasm\\",\\"precision…"'],
    [
      text.replace('-2', 'NaN'),
      '"json" expected JSON, got "{\\"format\\":\\"feedforward-wasm\\",\\"precision\\"…"',
    ],
    [
      text.replace('-2', '1e999'),
      '"json.training.moments[0].weights[0]" expected finite numbers, got Infinity',
    ],
    [text.replace('{', '{"version":1,'), '"json" has the key "version" twice'],
    [text.replace('{', '{"__proto__":1,"__proto__":1,'), '"json" has the key "__proto__" twice'],
    [text.replace('"beta1":', '"beta1" : 0, "bet\\u00611"\n:'), '"json" has the key "beta1" twice'],
    [text.replace('0.8', '['.repeat(70) + ']'.repeat(70)), '"json" is nested too deeply'],
    ['['.repeat(1e6) + ']'.repeat(1e6), '"json" is nested too deeply'],
    ['{"a":'.repeat(1e5) + '0' + '}'.repeat(1e5), '"json" is nested too deeply'],
  ])('%# is refused', (json, problem) => {
    expectError(() => fromJSON(json), ModelFileError, `the model cannot be loaded: ${problem}`);
  });

  test('that is no JSON has the parser’s error as its cause, what a check refuses that of the check', () => {
    const causeOf = (json: unknown): unknown => {
      try {
        return fromJSON(json);
      } catch (error) {
        return (error as Error).cause;
      }
    };
    expect(causeOf('{')).toBeInstanceOf(SyntaxError);
    expect(causeOf({})).toBeInstanceOf(TypeError);
    expect(causeOf(changed('version', 2))).toBeInstanceOf(RangeError);
  });

  test('may have spaces, escapes, and the same key in different objects and in strings', () => {
    const state = { ...exampleState(), classes: ['{"a":1,"a":2}', '\\"a":'] };
    state.options = { ...state.options, a: { a: [{ a: 1 }, { a: '"a":' }] } };
    const spaced = JSON.stringify(toJSON(state), undefined, 2).replaceAll('": ', '"\t: ');
    expect(bitsOf(fromJSON(spaced.replaceAll('version', '\\u0076ersion')))).toBe(bitsOf(state));
  });
});

test('holes are refused', () => {
  for (const path of [
    'classes',
    'training.random',
    'training.moments',
    'parameters.weights',
    'parameters.biases.0',
  ])
    expect(() => fromJSON(changed(path, new Array(path === 'training.random' ? 4 : 2)))).toThrow(
      ModelFileError,
    );
});

test('a polluted prototype is no part of a model', () => {
  const { options, parameters } = exampleState();
  const json = JSON.stringify(toJSON({ options, parameters }));
  Object.defineProperty(Object.prototype, 'classes', {
    value: ['a', 'b'],
    configurable: true,
    writable: true,
  });
  try {
    expect(Object.hasOwn(fromJSON(json), 'classes')).toBe(true);
    expect(fromJSON(json).classes).toBeUndefined();
  } finally {
    delete (Object.prototype as { classes?: unknown }).classes;
  }
});

test('options are kept as they are, a key __proto__ too, which changes no prototype', () => {
  const json = JSON.stringify(model()).replace(
    '"options":{',
    '"options":{"__proto__":{"seed":1},"constructor":1,',
  );
  const { options } = fromJSON(json);
  expect(Object.keys(options)).toEqual(['__proto__', 'constructor', 'layers', 'output', 'optimizer']);
  expect(Object.getPrototypeOf(options)).toBe(Object.prototype);
  expect(options['seed']).toBeUndefined();
});
