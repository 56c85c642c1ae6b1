import { parseSafetensorsMetadata, type TensorInfo } from '@huggingface/hub';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ModelFileError } from '../../bindings/errors.js';
import { fromSafetensors, toSafetensors } from '../../bindings/formats/safetensors.js';
import {
  fromSafetensors as loadNetwork,
  type Activation,
  type Matrix,
  type NetworkParameters,
} from '../../bindings/index.js';
import { expectError } from '../throws.js';
import { fileOf, partsOf } from './files.js';
import { exampleState } from './states.js';

const read = (name: string): Uint8Array =>
  readFileSync(new URL(`../fixtures/safetensors/${name}`, import.meta.url));

interface Case {
  /** Weights (out, in). */
  readonly state_dict: Readonly<Record<string, number[][] | number[]>>;
  readonly x: number[][];
  readonly y: number[][];
}

const cases = JSON.parse(Buffer.from(read('expected.json')).toString()) as Record<string, Case>;

const transposed = (w: Matrix): number[][] =>
  Array.from({ length: w.cols }, (_, j) => Array.from({ length: w.rows }, (_, i) => w.at(i, j)));

/** The parameters as the state_dict of a Sequential has them in which Linear modules stand at these positions. */
function stateDict(
  { weights, biases }: NetworkParameters,
  modules: readonly number[],
  prefix = '',
): Case['state_dict'] {
  return Object.fromEntries(
    modules.flatMap((module, l) => [
      [`${prefix}${module}.weight`, transposed(weights[l]!)],
      [`${prefix}${module}.bias`, Array.from(biases[l]!)],
    ]),
  );
}

/** The outputs for one row, before any output function. */
function outputs(
  { weights, biases }: NetworkParameters,
  row: readonly number[],
  hidden: (z: number) => number,
): number[] {
  return weights.reduce<number[]>(
    (a, w, l) => {
      const z = Array.from(biases[l]!, (b, j) => a.reduce((sum, value, i) => sum + value * w.at(i, j), b));
      return l < weights.length - 1 ? z.map(hidden) : z;
    },
    [...row],
  );
}

describe.each([
  ['tanh-f64', [4, 5, 3], [0, 2], Float64Array, Math.tanh, 1e-15],
  ['relu-dropout-f32', [3, 8, 6, 1], [0, 3, 6], Float32Array, (z: number) => Math.max(z, 0), 1e-6],
] as const)('%s.safetensors of PyTorch', (name, layers, modules, Type, hidden, tolerance) => {
  const { state_dict, x, y } = cases[name]!;
  const state = fromSafetensors(read(`${name}.safetensors`));

  test('gives its layers, its precision and every number', () => {
    expect(state.options).toEqual({ layers });
    expect(state.modules).toEqual(modules);
    expect(Object.keys(state).filter((key) => state[key as keyof typeof state] !== undefined)).toEqual([
      'options',
      'modules',
      'parameters',
    ]);
    for (const { data } of state.parameters.weights) expect(data).toBeInstanceOf(Type);
    expect(stateDict(state.parameters, modules)).toEqual(state_dict);
  });

  test(`computes what PyTorch does, within ${tolerance}`, () => {
    for (const [i, row] of x.entries())
      for (const [j, value] of outputs(state.parameters, row, hidden).entries())
        expect(Math.abs(value - y[i]![j]!)).toBeLessThanOrEqual(tolerance);
  });
});

test.each([
  ['tanh-f64', 'tanh', 1e-15],
  ['relu-dropout-f32', 'relu', 1e-6],
] satisfies [string, Activation, number][])(
  '%s.safetensors is a network, with the output that the options name',
  (name, activation, tolerance) => {
    const { x, y } = cases[name]!;
    using network = loadNetwork(read(`${name}.safetensors`), { activation, output: 'linear' });
    const predicted = network.predict(x).toRows();
    for (const [i, row] of y.entries())
      for (const [j, value] of row.entries())
        expect(Math.abs(predicted[i]![j]! - value)).toBeLessThanOrEqual(tolerance);
  },
);

describe('what a file of PyTorch does not say, the options have to', () => {
  const bytes = read('relu-dropout-f32.safetensors');
  const activations =
    '"tanh" or "relu" or "leakyRelu" or "sigmoid" or "elu" or "gelu" or "silu" or "softplus" or "identity"';

  test('output and activation', () => {
    expectError(
      () => loadNetwork(bytes),
      TypeError,
      '"output" expected "softmax" or "sigmoid" or "linear", got undefined; the file of PyTorch does not say it',
    );
    expectError(
      () => loadNetwork(bytes, { output: 'linear', activation: undefined }),
      TypeError,
      `"activation" expected ${activations}, got undefined; the file of PyTorch does not say it`,
    );
  });

  test('an output that fits', () => {
    expectError(
      () => loadNetwork(bytes, { activation: 'relu', output: 'softmax' }),
      RangeError,
      '"layers" expected at least 2 outputs for "softmax", got 1; two classes take two outputs, or one of "sigmoid"',
    );
  });

  test('the classes, if there are to be any', () => {
    const classes = ['no', 'yes'];
    using network = loadNetwork(bytes, { activation: 'relu', output: 'sigmoid', classes });
    expect(network.classes).toEqual(classes);
    const { x } = cases['relu-dropout-f32']!;
    expect(network.classify(x)).toEqual(Array.from(network.predict(x), ([p]) => classes[Number(p! > 0.5)]));
  });

  test('but no scaling, as its weights are for rows as they are', () => {
    const options = { activation: 'relu', output: 'linear', scaling: 'minMax' } as const;
    expectError(
      () => loadNetwork(bytes, options),
      RangeError,
      '"scaling" expected "none" as the file has, got "minMax"; the weights of the file are for rows scaled like that; for another make a new network',
    );
  });
});

describe('Linear modules one behind the other, with nothing between', () => {
  /** A Sequential of Linear(1, 1) modules of these numbers, with weights 2 and biases 1. */
  const chain = (...modules: number[]): Uint8Array =>
    fileOf(
      Object.fromEntries(
        modules.flatMap((module, l) => [
          [`${module}.weight`, { dtype: 'F64', shape: [1, 1], data_offsets: [16 * l, 16 * l + 8] }],
          [`${module}.bias`, { dtype: 'F64', shape: [1], data_offsets: [16 * l + 8, 16 * l + 16] }],
        ]),
      ),
      new Uint8Array(Float64Array.from(modules.flatMap(() => [2, 1])).buffer),
    );

  test('take identity', () => {
    using both = loadNetwork(chain(0, 1, 3), { activation: ['identity', 'relu'], output: 'linear' });
    expect(both.predict([[-1], [1]]).toRows()).toEqual([[1], [15]]);
    using all = loadNetwork(chain(4, 5, 6), { activation: 'identity', output: 'linear' });
    expect(all.predict([[1]]).toRows()).toEqual([[15]]);
  });

  test('and nothing else', () => {
    expectError(
      () => loadNetwork(chain(0, 1, 3), { activation: 'relu', output: 'linear' }),
      RangeError,
      '"activation[0]" expected "identity", got "relu"; there is no module between 0 and 1, so give an array with a name for each hidden layer',
    );
    expectError(
      () => loadNetwork(chain(9, 11, 12), { activation: ['tanh', 'tanh'], output: 'linear' }),
      RangeError,
      '"activation[1]" expected "identity", got "tanh"; there is no module between 11 and 12, so give an array with a name for each hidden layer',
    );
  });

  test('a single one has no activation to ask for', () => {
    using one = loadNetwork(chain(0), { output: 'linear' });
    expect(one.predict([[1]]).toRows()).toEqual([[3]]);
  });
});

describe('adam-f32.safetensors, a training half done', () => {
  const bytes = read('adam-f32.safetensors');
  const state = fromSafetensors(bytes);

  test('gives parameters, moments and description', () => {
    const { parameters, training, ...rest } = state;
    expect({
      ...stateDict(parameters, [0, 2]),
      ...stateDict(training!.moments[0]!, [0, 2], 'exp_avg.'),
      ...stateDict(training!.moments[1]!, [0, 2], 'exp_avg_sq.'),
    }).toEqual(cases['adam-f32']!.state_dict);
    expect(rest).toEqual({
      options: { layers: [3, 4, 2], output: 'linear', optimizer: 'adam', precision: 'f32' },
      scaling: { offset: Float64Array.of(0.5, -0, 5e-324), factor: Float64Array.of(1, 2, 0.1) },
    });
    expect([training!.iteration, training!.step]).toEqual([5, 5]);
  });

  test('is written again as the same bytes, which are those of the reference implementation', () => {
    expect(Buffer.from(toSafetensors(state)).equals(bytes)).toBe(true);
  });
});

test.each(['F16', 'BF16'])('%s is refused by name, with the remedy', (dtype) => {
  expectError(
    () => fromSafetensors(read(`tanh-${dtype.toLowerCase()}.safetensors`)),
    ModelFileError,
    `the model cannot be loaded: "0.bias.dtype" expected "F32" or "F64", got "${dtype}"; in PyTorch, model.float() converts`,
  );
});

describe.each(['f64', 'f32'] as const)('Hugging Face’s reader finds in our files, in %s,', (precision) => {
  const Type = precision === 'f64' ? Float64Array : Float32Array;
  const bytes = toSafetensors(exampleState(precision));

  /** The Hub with nothing but that file. */
  function hub(_: unknown, init?: RequestInit): Promise<Response> {
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(new Headers(init?.headers).get('Range')!)!;
    const headers = { 'Content-Range': `bytes ${first}-${last}/${bytes.length}`, ETag: 'file' };
    const part = Buffer.from(bytes.subarray(Number(first), Number(last) + 1));
    return Promise.resolve(new Response(part, { status: 206, headers }));
  }

  test('every tensor where and as it should be', async () => {
    const { parameters, training } = exampleState(precision);
    const expected = {
      ...stateDict(parameters, [0, 2]),
      ...stateDict(training!.moments[0]!, [0, 2], 'exp_avg.'),
      ...stateDict(training!.moments[1]!, [0, 2], 'exp_avg_sq.'),
    };
    const file = await parseSafetensorsMetadata({
      repo: 'some/model',
      path: 'model.safetensors',
      fetch: hub,
    });
    const { __metadata__: metadata, ...tensors } = (file as { header: Record<string, TensorInfo> }).header;
    expect(Object.keys(metadata!)).toEqual(['feedforward-wasm']);
    expect(Object.keys(tensors)).toEqual(Object.keys(expected).sort());
    const { data } = partsOf(bytes);
    for (const [name, { dtype, shape, data_offsets }] of Object.entries(tensors)) {
      const numbers = new Type(data.slice(...data_offsets).buffer);
      const [rows, cols] = shape as [number, number?];
      expect(dtype).toBe(precision.toUpperCase());
      expect(
        cols === undefined
          ? Array.from(numbers)
          : Array.from({ length: rows }, (_, i) => Array.from(numbers.subarray(i * cols, (i + 1) * cols))),
      ).toEqual(expected[name]);
    }
  });
});
