import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ModelFileError } from '../../bindings/errors.js';
import { fromJSON, toJSON } from '../../bindings/formats/json.js';
import { fromSafetensors, toSafetensors } from '../../bindings/formats/safetensors.js';
import type { NetworkState } from '../../bindings/formats/state.js';
import { fileOf } from './files.js';
import { anyState, bitsOf, exampleState } from './states.js';

/** What loading a damaged file comes to. A state counts if it can be saved and loaded again. */
function outcome(load: () => NetworkState): 'state' | 'ModelFileError' {
  let state: NetworkState;
  try {
    state = load();
  } catch (error) {
    if (error instanceof ModelFileError) return 'ModelFileError';
    throw error;
  }
  expect(bitsOf(fromJSON(JSON.stringify(toJSON(state))))).toBe(bitsOf(state));
  return 'state';
}

const text = (state: NetworkState): string => JSON.stringify(toJSON(state));

/** How many bytes there are before the numbers. */
const headerEnd = (bytes: Uint8Array): number => 8 + new DataView(bytes.buffer).getUint32(0, true);

const without = (bytes: Uint8Array, at: number): Uint8Array =>
  Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1)]);

function flipped(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  const copy = bytes.slice();
  copy[at]! ^= 1 << bit;
  return copy;
}

describe('the example', () => {
  const json = text(exampleState());
  const bytes = toSafetensors(exampleState());

  test('cut short anywhere is a ModelFileError', () => {
    for (let length = 0; length < json.length; length++)
      expect(outcome(() => fromJSON(json.slice(0, length)))).toBe('ModelFileError');
    for (let length = 0; length < bytes.length; length++)
      expect(outcome(() => fromSafetensors(bytes.subarray(0, length)))).toBe('ModelFileError');
  });

  test('with a byte too many is a ModelFileError', () => {
    expect(outcome(() => fromJSON(`${json}0`))).toBe('ModelFileError');
    expect(outcome(() => fromSafetensors(Uint8Array.from([...bytes, 0])))).toBe('ModelFileError');
  });

  test('without any one byte of length and header is a ModelFileError', () => {
    for (let at = 0; at < headerEnd(bytes); at++)
      expect(outcome(() => fromSafetensors(without(bytes, at)))).toBe('ModelFileError');
  });

  test('without any one character of the JSON is a state or a ModelFileError', () => {
    for (let at = 0; at < json.length; at++) outcome(() => fromJSON(json.slice(0, at) + json.slice(at + 1)));
  });

  test('with any one bit of length and header flipped is a state or a ModelFileError', () => {
    for (let at = 0; at < headerEnd(bytes); at++)
      for (let bit = 0; bit < 8; bit++) outcome(() => fromSafetensors(flipped(bytes, at, bit)));
  });

  test('with any one bit of the JSON flipped is a state or a ModelFileError', () => {
    for (let at = 0; at < json.length; at++)
      for (let bit = 0; bit < 8; bit++)
        outcome(() => fromJSON(Buffer.from(flipped(Buffer.from(json), at, bit)).toString()));
  });
});

describe('500 states of any numbers', () => {
  const runs = { seed: 2, numRuns: 500 };
  const anywhere = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  test('cut short anywhere are ModelFileErrors', () => {
    fc.assert(
      fc.property(anyState, anywhere, (state, part) => {
        const json = text(state);
        const bytes = toSafetensors(state);
        expect(outcome(() => fromJSON(json.slice(0, part * json.length)))).toBe('ModelFileError');
        expect(outcome(() => fromSafetensors(bytes.subarray(0, part * bytes.length)))).toBe('ModelFileError');
      }),
      runs,
    );
  });

  test('with another byte or without one in length or header are states or ModelFileErrors', () => {
    fc.assert(
      fc.property(anyState, anywhere, fc.nat(255), (state, part, value) => {
        const bytes = toSafetensors(state);
        const at = Math.floor(part * headerEnd(bytes));
        outcome(() => fromSafetensors(without(bytes, at)));
        bytes[at] = value;
        outcome(() => fromSafetensors(bytes));
      }),
      runs,
    );
  });

  test('with another value anywhere in the JSON are states or ModelFileErrors', () => {
    fc.assert(
      fc.property(anyState, fc.nat(), fc.jsonValue(), (state, which, value) => {
        let left = 1 + (which % 40);
        const json = JSON.stringify(toJSON(state), (_, old: unknown) => (left-- === 0 ? value : old));
        outcome(() => fromJSON(json));
        outcome(() => fromJSON(JSON.parse(json)));
      }),
      runs,
    );
  });
});

test('1000 random JSON values, as a model, as a header and as our metadata, are ModelFileErrors', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(outcome(() => fromJSON(json))).toBe('ModelFileError');
      expect(outcome(() => fromSafetensors(fileOf(json)))).toBe('ModelFileError');
      const header = {
        __metadata__: { 'feedforward-wasm': json },
        '0.weight': { dtype: 'F32', shape: [1, 1], data_offsets: [0, 4] },
        '0.bias': { dtype: 'F32', shape: [1], data_offsets: [4, 8] },
      };
      expect(outcome(() => fromSafetensors(fileOf(header, new Uint8Array(8))))).toBe('ModelFileError');
    }),
    { seed: 3, numRuns: 1000 },
  );
});

describe('no more is allocated than the input has', () => {
  let allocated = 0;

  beforeEach(() => {
    allocated = 0;
    for (const Type of [Float64Array, Float32Array, Uint8Array, ArrayBuffer] as const) {
      const construct = (target: typeof Type, args: [unknown, ...unknown[]]): object => {
        const bytes =
          typeof args[0] === 'number'
            ? args[0] * ('BYTES_PER_ELEMENT' in target ? target.BYTES_PER_ELEMENT : 1)
            : 0;
        allocated += bytes;
        return Reflect.construct(target, args) as object;
      };
      vi.stubGlobal(Type.name, new Proxy(Type, { construct }));
    }
  });

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const claims = [
    [1e6, 1e6],
    [1, 1e12],
    [2 ** 53 - 1, 2 ** 53 - 1],
    [2 ** 26, 2 ** 27],
  ] as const;

  test.each(claims)('by JSON that claims layers [%d, %d]', (...layers) => {
    const { parameters } = toJSON(exampleState());
    const row = Array.from({ length: 1000 }, () => 0);
    const weights = [
      [],
      [row],
      Array.from({ length: 50 }, () => row),
      { data: row, rows: layers[0], cols: layers[1] },
    ];
    allocated = 0;
    for (const scaling of [undefined, { offset: row, factor: row }])
      for (const claimed of weights) {
        const model = {
          format: 'feedforward-wasm',
          version: 1,
          precision: 'f64',
          options: { layers },
          scaling,
        };
        const set = { ...parameters, weights: [claimed], biases: [row] };
        expect(outcome(() => fromJSON({ ...model, parameters: set }))).toBe('ModelFileError');
      }
    expect(allocated).toBe(0);
  });

  test.each(claims)('by a safetensors file that claims layers [%d, %d]', (inputs, outputs) => {
    const size = 8 * inputs * outputs;
    for (const [end, bias] of [
      [size, 8 * outputs],
      [16, 8],
    ] as const)
      for (const shape of [[outputs], [1]]) {
        const header = {
          '0.weight': { dtype: 'F64', shape: [outputs, inputs], data_offsets: [0, end] },
          '0.bias': { dtype: 'F64', shape, data_offsets: [end, end + bias] },
        };
        const file = fileOf(header, new Uint8Array(24));
        allocated = 0;
        expect(outcome(() => fromSafetensors(file))).toBe('ModelFileError');
        expect(allocated).toBeLessThanOrEqual(file.length);
      }
  });

  test('by a header that claims 2^53 bytes', () => {
    const file = fileOf({}, new Uint8Array(8), 2n ** 53n);
    allocated = 0;
    expect(outcome(() => fromSafetensors(file))).toBe('ModelFileError');
    expect(allocated).toBe(0);
  });

  test('by files that are right: their numbers, and biases in f32 once more', () => {
    for (const precision of ['f64', 'f32'] as const) {
      const bytes = toSafetensors(exampleState(precision));
      allocated = 0;
      fromSafetensors(bytes);
      expect(allocated).toBeGreaterThan(0);
      expect(allocated).toBeLessThanOrEqual(bytes.length);
    }
  });
});
