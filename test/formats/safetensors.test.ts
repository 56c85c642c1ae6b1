import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { ModelFileError } from '../../bindings/errors.js';
import { fromSafetensors, toSafetensors } from '../../bindings/formats/safetensors.js';
import type { NetworkState } from '../../bindings/formats/state.js';
import { expectError } from '../throws.js';
import { fileOf, partsOf } from './files.js';
import { bitsOf, exampleState } from './states.js';

const example = toSafetensors(exampleState());

describe('a file as it is written', () => {
  const { header, data } = partsOf(example);

  test('has its tensors in the order of their names, one behind the other', () => {
    const { __metadata__: metadata, ...tensors } = header;
    const sizes: [name: string, shape: number[]][] = [
      ['0.bias', [3]],
      ['0.weight', [3, 2]],
      ['2.bias', [1]],
      ['2.weight', [1, 3]],
    ];
    const named = ['', 'exp_avg.', 'exp_avg_sq.'].flatMap((prefix) =>
      sizes.map(([name, shape]) => [prefix + name, shape] as const),
    );
    let end = 0;
    expect(Object.entries(tensors)).toEqual(
      named.map(([name, shape]) => {
        const begin = end;
        end += shape.reduce((product, size) => product * size, 4);
        return [name, { dtype: 'F32', shape, data_offsets: [begin, end] }];
      }),
    );
    expect(data.length).toBe(end);
    expect(Object.keys(metadata as object)).toEqual(['feedforward-wasm']);
  });

  test('has everything else in the metadata', () => {
    const { 'feedforward-wasm': text } = header['__metadata__'] as Record<string, string>;
    expect(JSON.parse(text!)).toEqual({
      version: 1,
      options: { layers: [2, 3, 1], output: 'sigmoid', optimizer: { name: 'adam', beta1: 0.8 } },
      classes: ['no', 'yes'],
      scaling: { offset: ['-0', 5.1], factor: [1, 0.1] },
      training: {
        iteration: 7,
        step: 21,
        random: ['0123456789abcdef', 'fedcba9876543210', '0000000000000000', 'ffffffffffffffff'],
        moments: ['exp_avg', 'exp_avg_sq'],
      },
    });
  });

  test('has a header padded with spaces to a multiple of 8, whatever its characters', () => {
    for (let n = 0; n < 16; n++) {
      const bytes = toSafetensors({ ...exampleState(), classes: ['é'.repeat(n), '€'] });
      const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
      expect(length % 8).toBe(0);
      expect(new TextDecoder().decode(bytes.subarray(8, 8 + length))).toMatch(/^\{.*\} {0,7}$/);
      expect(fromSafetensors(bytes).classes).toEqual(['é'.repeat(n), '€']);
    }
  });

  test('is little-endian', () => {
    expect(Array.from(data.subarray(12, 20))).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0x80, 0xc0]); // 1, −4
  });

  test.each([
    ['sgd', 1, ['momentum_buffer']],
    [{ name: 'rmsprop' }, 1, ['square_avg']],
    ['adamw', 2, ['exp_avg', 'exp_avg_sq']],
    [undefined, 0, []],
  ])('names the moments of %o as torch.optim does', (optimizer, count, names) => {
    const { options, training, ...rest } = exampleState();
    const moments = training!.moments.slice(0, count);
    const bytes = toSafetensors({
      options: { ...options, optimizer },
      training: { ...training!, moments },
      ...rest,
    });
    const prefixes = Object.keys(partsOf(bytes).header).flatMap(
      (name) => /^(.*)\.0\.bias$/.exec(name)?.[1] ?? [],
    );
    expect(prefixes).toEqual(names);
  });
});

describe('bytes are taken from', () => {
  const expected = bitsOf(exampleState());
  const shared = new SharedArrayBuffer(example.length);
  new Uint8Array(shared).set(example);
  const shifted = new Uint8Array(example.length + 3);
  shifted.set(example, 3);

  test.each([
    ['an ArrayBuffer', example.buffer],
    ['a Buffer', Buffer.from(example)],
    ['a DataView', new DataView(example.buffer)],
    ['a view from an odd byte on', shifted.subarray(3)],
    ['a SharedArrayBuffer', shared],
    ['a view of a SharedArrayBuffer', new Uint8Array(shared)],
    ['an ArrayBuffer of another realm', runInNewContext('Uint8Array.from(bytes).buffer', { bytes: example })],
  ])('%s', (_, bytes) => {
    expect(bitsOf(fromSafetensors(bytes))).toBe(expected);
  });

  test('no numbers of the file are kept', () => {
    const bytes = example.slice();
    const state = fromSafetensors(bytes);
    bytes.fill(0xff);
    expect(bitsOf(state)).toBe(expected);
  });
});

describe('what is no bytes is a TypeError', () => {
  const detached = new ArrayBuffer(8);
  structuredClone(detached, { transfer: [detached] });

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['{}', '"{}"'],
    [5, '5'],
    [[1, 2], 'array of length 2'],
    [{ byteLength: 8 }, 'Object'],
    [{ [Symbol.toStringTag]: 'ArrayBuffer', length: 1e12 }, 'Object of length 1000000000000'],
    [ArrayBuffer, 'function ArrayBuffer'],
    [detached, 'ArrayBuffer'],
  ])('%o', (bytes, got) => {
    expectError(
      () => fromSafetensors(bytes),
      TypeError,
      `"bytes" expected a Uint8Array or an ArrayBuffer, got ${got}`,
    );
  });
});

/** A network of a Linear(2, 1), as PyTorch would save it. */
const small = (): Record<string, unknown> => ({
  '0.weight': { dtype: 'F64', shape: [1, 2], data_offsets: [0, 16] },
  '0.bias': { dtype: 'F64', shape: [1], data_offsets: [16, 24] },
});
const numbers = new Uint8Array(Float64Array.of(1, 2, 3).buffer);
const smallJSON = JSON.stringify(small());

/** The header with an entry changed, or without it. */
const withEntry = (name: string, entry: unknown): Record<string, unknown> => {
  const header = { ...small(), [name]: entry };
  if (entry === undefined) delete header[name];
  return header;
};
const weight = (changes: object): Record<string, unknown> =>
  withEntry('0.weight', { ...(small()['0.weight'] as object), ...changes });
const described = (changes: object): Record<string, unknown> => ({
  ...small(),
  __metadata__: {
    'feedforward-wasm': JSON.stringify({ version: 1, options: { layers: [2, 1] }, ...changes }),
  },
});

test('such a file loads, with holes in the names and other metadata, too', () => {
  const expected: NetworkState = fromSafetensors(fileOf(small(), numbers));
  expect(expected.options).toEqual({ layers: [2, 1] });
  expect(bitsOf(fromSafetensors(fileOf(described({}), numbers)))).toBe(bitsOf(expected));
  const other = { ...small(), __metadata__: { format: 'pt', note: '{' } };
  expect(bitsOf(fromSafetensors(fileOf(other, numbers)))).toBe(bitsOf(expected));
  const moved = smallJSON.replaceAll('"0.', '"11.');
  expect(bitsOf(fromSafetensors(fileOf(moved, numbers)))).toBe(bitsOf(expected));
});

const adam = { options: { layers: [2, 1], optimizer: 'adam' } };

const bad: [what: string, file: Uint8Array, problem: string][] = [
  ['no bytes', new Uint8Array(0), '"file" expected at least 8 bytes, got 0'],
  ['7 bytes', new Uint8Array(7), '"file" expected at least 8 bytes, got 7'],
  ['header length 0', fileOf('', numbers), '"header" expected JSON, got Uint8Array of length 0'],
  [
    'header length past the end',
    fileOf(small(), numbers, 10_000n),
    '"file" expected at least 10008 bytes, got 156',
  ],
  [
    'header length 2^53',
    fileOf(small(), numbers, 2n ** 53n),
    '"file" expected at least 9007199254741000 bytes, got 156',
  ],
  [
    'header length 2^64 - 1',
    fileOf(small(), numbers, 2n ** 64n - 1n),
    '"file" expected at least 18446744073709552000 bytes, got 156',
  ],
  [
    'a shorter header',
    fileOf(small(), numbers, BigInt(smallJSON.length - 1)),
    '"header" expected JSON, got Uint8Array of length 123',
  ],
  [
    'a longer header',
    fileOf(small(), numbers, BigInt(smallJSON.length + 1)),
    '"header" expected JSON, got Uint8Array of length 125',
  ],
  [
    'no UTF-8',
    fileOf(Buffer.from(smallJSON.replace('0.', 'é'), 'latin1'), numbers),
    '"header" expected JSON, got Uint8Array of length 123',
  ],
  ['no object', fileOf('null'), 'there is no tensor "0.weight"; names are those of torch.nn.Sequential'],
  ['an array', fileOf([1]), '"0" expected an object, got 1'],
  ['no tensors', fileOf({}), 'there is no tensor "0.weight"; names are those of torch.nn.Sequential'],
  ['deep nesting', fileOf('['.repeat(1e5) + ']'.repeat(1e5)), '"header" is nested too deeply'],
  [
    'a tensor twice',
    fileOf(smallJSON.replace('{', '{"0.bias":0,'), numbers),
    '"header" has the key "0.bias" twice',
  ],
  [
    'a tensor twice, once escaped',
    fileOf(smallJSON.replace('{', '{"\\u0030.bias":0,'), numbers),
    '"header" has the key "0.bias" twice',
  ],
  [
    'a shape twice',
    fileOf(smallJSON.replace('"shape"', '"shape":[9],"shape"'), numbers),
    '"header" has the key "shape" twice',
  ],
  [
    'a tensor __proto__',
    fileOf(smallJSON.replace('{', '{"__proto__":{},'), numbers),
    '"__proto__.dtype" expected "F32" or "F64", got undefined; in PyTorch, model.float() converts',
  ],
  [
    'a tensor constructor',
    fileOf({ ...small(), constructor: 1 }, numbers),
    '"constructor" expected an object, got 1',
  ],
  [
    'a name of control characters',
    fileOf({ ...small(), ['\n'.repeat(99)]: 0 }, numbers),
    '"\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n…" expected an object, got 0',
  ],
  ['a tensor null', fileOf(withEntry('0.bias', null), numbers), '"0.bias" expected an object, got null'],
  [
    'an entry without type',
    fileOf(weight({ dtype: undefined }), numbers),
    '"0.weight.dtype" expected "F32" or "F64", got undefined; in PyTorch, model.float() converts',
  ],
  [
    'an unknown type',
    fileOf(weight({ dtype: 'I64' }), numbers),
    '"0.weight.dtype" expected "F32" or "F64", got "I64"; in PyTorch, model.float() converts',
  ],
  [
    'a shape that is none',
    fileOf(weight({ shape: 2 }), numbers),
    '"0.weight.shape" expected an array, got 2',
  ],
  [
    'a negative size',
    fileOf(weight({ shape: [-1, -2] }), numbers),
    '"0.weight.shape[0]" expected a safe integer >= 0, got -1',
  ],
  [
    'a size 2^53',
    fileOf(weight({ shape: [1, 2 ** 53] }), numbers),
    '"0.weight.shape[1]" expected a safe integer >= 0, got 9007199254740992',
  ],
  [
    'a size 1.5',
    fileOf(weight({ shape: [1.5, 2] }), numbers),
    '"0.weight.shape[0]" expected a safe integer >= 0, got 1.5',
  ],
  [
    '10^12 parameters',
    fileOf(weight({ shape: [1e6, 1e6] }), numbers),
    '"0.weight.data_offsets" expected "0,8000000000000", got "0,16"',
  ],
  [
    '10^12 parameters, as many bytes claimed',
    fileOf(weight({ shape: [1e6, 1e6], data_offsets: [0, 8e12] }), numbers),
    '"0.bias.data_offsets" expected "8000000000000,8000000000008", got "16,24"',
  ],
  [
    'sizes whose product is no number',
    fileOf(weight({ shape: [...new Array(40).fill(2 ** 52), 0] }), numbers),
    '"0.weight.data_offsets" expected "0,NaN", got "0,16"',
  ],
  [
    'no offsets',
    fileOf(weight({ data_offsets: undefined }), numbers),
    '"0.weight.data_offsets" expected an array, got undefined',
  ],
  [
    'three offsets',
    fileOf(weight({ data_offsets: [0, 8, 16] }), numbers),
    '"0.weight.data_offsets" expected an array of length 2, got array of length 3',
  ],
  [
    'offsets turned round',
    fileOf(weight({ data_offsets: [16, 0] }), numbers),
    '"0.weight.data_offsets" expected "0,16", got "16,0"',
  ],
  [
    'offsets past the end',
    fileOf(weight({ data_offsets: [24, 40] }), numbers),
    '"0.bias.data_offsets" expected "0,8", got "16,24"',
  ],
  [
    'a negative offset',
    fileOf(weight({ data_offsets: [-8, 8] }), numbers),
    '"0.weight.data_offsets[0]" expected a safe integer >= 0, got -8',
  ],
  [
    'an offset as text',
    fileOf(weight({ data_offsets: ['0', 16] }), numbers),
    '"0.weight.data_offsets[0]" expected a safe integer >= 0, got "0"',
  ],
  [
    'overlapping tensors',
    fileOf(withEntry('0.bias', { dtype: 'F64', shape: [1], data_offsets: [8, 16] }), numbers),
    '"0.bias.data_offsets" expected "16,24", got "8,16"',
  ],
  [
    'a hole',
    fileOf(withEntry('0.bias', { dtype: 'F64', shape: [1], data_offsets: [24, 32] }), new Uint8Array(32)),
    '"0.bias.data_offsets" expected "16,24", got "24,32"',
  ],
  ['bytes too many', fileOf(small(), new Uint8Array(25)), '"data" expected 24 bytes, got 25'],
  ['bytes too few', fileOf(small(), new Uint8Array(23)), '"data" expected 24 bytes, got 23'],
  [
    'an unknown key',
    fileOf(weight({ stride: 1 }), numbers),
    'unknown option "0.weight.stride", expected one of dtype, shape, data_offsets',
  ],
  [
    'a missing weight',
    fileOf({ '0.bias': { dtype: 'F64', shape: [3], data_offsets: [0, 24] } }, numbers),
    'there is no tensor "0.weight"; names are those of torch.nn.Sequential',
  ],
  [
    'a missing bias',
    fileOf({ '0.weight': { dtype: 'F64', shape: [1, 3], data_offsets: [0, 24] } }, numbers),
    'there is no tensor "0.bias"; names are those of torch.nn.Sequential',
  ],
  [
    'other names',
    fileOf(smallJSON.replaceAll('"0.', '"fc1.'), numbers),
    'there is no tensor "0.weight"; names are those of torch.nn.Sequential',
  ],
  [
    'an unknown tensor',
    fileOf(withEntry('0.scale', { dtype: 'F64', shape: [1], data_offsets: [24, 32] }), new Uint8Array(32)),
    'unknown tensor "0.scale"',
  ],
  [
    'another type beside',
    fileOf(withEntry('0.bias', { dtype: 'F32', shape: [1], data_offsets: [16, 20] }), new Uint8Array(20)),
    '"0.bias" expected "f64 1", got "f32 1"',
  ],
  [
    'a weight of one dimension',
    fileOf(weight({ shape: [2] }), numbers),
    '"0.weight.shape" expected an array of length 2, got array of length 1',
  ],
  [
    'a weight of three',
    fileOf(weight({ shape: [1, 2, 1] }), numbers),
    '"0.weight.shape" expected an array of length 2, got array of length 3',
  ],
  [
    'a weight without rows',
    fileOf({
      ...weight({ shape: [0, 2], data_offsets: [0, 0] }),
      '0.bias': { dtype: 'F64', shape: [0], data_offsets: [0, 0] },
    }),
    '"0.weight.shape[0]" expected a safe integer >= 1, got 0',
  ],
  [
    'a bias of another length',
    fileOf({ ...weight({ shape: [2, 1] }) }, numbers),
    '"0.bias" expected "f64 2", got "f64 1"',
  ],
  [
    'a bias of two dimensions',
    fileOf(withEntry('0.bias', { dtype: 'F64', shape: [1, 1], data_offsets: [16, 24] }), numbers),
    '"0.bias" expected "f64 1", got "f64 1,1"',
  ],
  [
    'layers that do not follow',
    fileOf(twoLayers(), new Uint8Array(64)),
    '"2.weight" expected "f64 2,1", got "f64 2,2"',
  ],
  [
    'a NaN',
    fileOf(small(), new Uint8Array(Float64Array.of(1, NaN, 3).buffer)),
    '"0.weight" expected finite numbers, got NaN',
  ],
  [
    'an infinity',
    fileOf(small(), new Uint8Array(Float64Array.of(1, 2, -Infinity).buffer)),
    '"0.bias" expected finite numbers, got -Infinity',
  ],
  [
    'metadata that is no text',
    fileOf({ ...small(), __metadata__: { 'feedforward-wasm': 5 } }, numbers),
    '"feedforward-wasm" expected JSON, got 5',
  ],
  [
    'metadata that is no JSON',
    fileOf({ ...small(), __metadata__: { 'feedforward-wasm': '{' } }, numbers),
    '"feedforward-wasm" expected JSON, got "{"',
  ],
  [
    'metadata that is null',
    fileOf({ ...small(), __metadata__: { 'feedforward-wasm': null } }, numbers),
    '"feedforward-wasm" expected JSON, got null',
  ],
  [
    'another version',
    fileOf(described({ version: 2 }), numbers),
    '"feedforward-wasm.version" expected 1, got 2; a newer feedforward-wasm may have written it',
  ],
  [
    'other layers',
    fileOf(described({ options: { layers: [1, 2] } }), numbers),
    '"feedforward-wasm.options.layers" expected "2,1" as the tensors have, got "1,2"',
  ],
  [
    '10^12 parameters in the options',
    fileOf(described({ options: { layers: [1e6, 1e6] } }), numbers),
    '"feedforward-wasm.options.layers" expected "2,1" as the tensors have, got "1000000,1000000"',
  ],
  [
    'no options',
    fileOf(described({ options: undefined }), numbers),
    '"feedforward-wasm.options.layers" expected an array, got undefined',
  ],
  [
    'unknown metadata',
    fileOf(described({ format: 'x' }), numbers),
    'unknown option "feedforward-wasm.format", expected one of version, options, classes, scaling, training',
  ],
  [
    'a scaling of another length',
    fileOf(described({ scaling: { offset: [1], factor: [1] } }), numbers),
    '"feedforward-wasm.scaling.offset" expected rows of 2 numbers, got array of length 1 at row 0',
  ],
  [
    'moments that are not there',
    fileOf(described({ ...adam, training: training(['exp_avg']) }), numbers),
    'there is no tensor "exp_avg.0.weight"; names are those of torch.nn.Sequential',
  ],
  [
    'moments that are no names',
    fileOf(described({ training: training([['exp_avg']]) }), numbers),
    '"feedforward-wasm.training.moments[0]" expected "momentum_buffer", got array of length 1',
  ],
  [
    'moments of another optimiser',
    fileOf(described({ training: training(['exp_avg']) }), numbers),
    '"feedforward-wasm.training.moments[0]" expected "momentum_buffer", got "exp_avg"',
  ],
  [
    'moments turned round',
    fileOf(described({ ...adam, training: training(['exp_avg_sq', 'exp_avg']) }), numbers),
    '"feedforward-wasm.training.moments[0]" expected "exp_avg", got "exp_avg_sq"',
  ],
  [
    'moments too many',
    fileOf(
      withMoments(described({ ...adam, training: training(['exp_avg', 'exp_avg_sq', 'exp_avg']) }), true),
      new Uint8Array(72),
    ),
    '"feedforward-wasm.training.moments[2]" expected no such moment, got "exp_avg"',
  ],
  [
    'moments of an optimiser that is none',
    fileOf(
      described({ options: { layers: [2, 1], optimizer: null }, training: training(['exp_avg']) }),
      numbers,
    ),
    '"feedforward-wasm.training.moments[0]" expected no such moment, got "exp_avg"',
  ],
  [
    'the parameters as moments',
    fileOf(described({ training: training(['0']) }), numbers),
    '"feedforward-wasm.training.moments[0]" expected "momentum_buffer", got "0"',
  ],
  [
    'a factor 0',
    fileOf(described({ scaling: { offset: [0, 0], factor: [1, 0] } }), numbers),
    '"feedforward-wasm.scaling.factor" expected numbers > 0 with a finite reciprocal, got 0',
  ],
  [
    'moments without training',
    fileOf(withMoments(described({})), new Uint8Array(48)),
    'unknown tensor "exp_avg.0.weight"',
  ],
  [
    'the same moments twice',
    fileOf(
      withMoments(described({ ...adam, training: training(['exp_avg', 'exp_avg']) })),
      new Uint8Array(48),
    ),
    '"feedforward-wasm.training.moments[1]" expected "exp_avg_sq", got "exp_avg"',
  ],
];

function training(moments: unknown[]): object {
  return {
    iteration: 0,
    step: 0,
    random: ['1'.repeat(16), '0'.repeat(16), '0'.repeat(16), '0'.repeat(16)],
    moments,
  };
}

/** With a first moment, and a second where the data reach so far. */
function withMoments(header: Record<string, unknown>, second = false): Record<string, unknown> {
  return {
    ...header,
    ...(second && {
      'exp_avg_sq.0.weight': { dtype: 'F64', shape: [1, 2], data_offsets: [48, 64] },
      'exp_avg_sq.0.bias': { dtype: 'F64', shape: [1], data_offsets: [64, 72] },
    }),
    'exp_avg.0.weight': { dtype: 'F64', shape: [1, 2], data_offsets: [24, 40] },
    'exp_avg.0.bias': { dtype: 'F64', shape: [1], data_offsets: [40, 48] },
  };
}

function twoLayers(): Record<string, unknown> {
  return {
    ...small(),
    '2.weight': { dtype: 'F64', shape: [2, 2], data_offsets: [24, 56] },
    '2.bias': { dtype: 'F64', shape: [1], data_offsets: [56, 64] },
  };
}

test.each(bad)('%s is refused', (_, file, problem) => {
  expectError(() => fromSafetensors(file), ModelFileError, `the model cannot be loaded: ${problem}`);
});
