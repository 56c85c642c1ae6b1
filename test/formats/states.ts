import fc from 'fast-check';
import type { NetworkState } from '../../bindings/formats/state.js';
import { Matrix, type NetworkParameters } from '../../bindings/index.js';

type Floats = typeof Float64Array | typeof Float32Array;

/** The numbers that text and shortcuts lose: −0, subnormals, the ends of the range. */
const EXTREMES = {
  f64: [-0, 5e-324, -5e-324, 2.225073858507201e-308, 1e308, -Number.MAX_VALUE],
  f32: [-0, 2 ** -149, -(2 ** -149), 1.1754942106924411e-38, 3e38, -3.4028234663852886e38].map(Math.fround),
} as const;

const number = {
  f64: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(...EXTREMES.f64)),
  f32: fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(...EXTREMES.f32)),
} as const;

const MOMENTS: readonly (readonly [optimizer: unknown, moments: number])[] = [
  [undefined, 0],
  ['sgd', 0],
  [{ name: 'sgd', momentum: 0.9 }, 1],
  ['rmsprop', 1],
  ['adam', 2],
  [{ name: 'adamw', weightDecay: 0.1 }, 2],
];

function vector(length: number, precision: 'f64' | 'f32'): fc.Arbitrary<Float64Array> {
  return fc
    .array(number[precision], { minLength: length, maxLength: length })
    .map((values) => Float64Array.from(values));
}

function parameters(layers: readonly number[], precision: 'f64' | 'f32'): fc.Arbitrary<NetworkParameters> {
  const Type: Floats = precision === 'f64' ? Float64Array : Float32Array;
  const outputs = layers.slice(1);
  return fc.record({
    weights: fc.tuple(
      ...outputs.map((cols, l) =>
        vector(layers[l]! * cols, precision).map((data) => new Matrix(layers[l]!, cols, new Type(data))),
      ),
    ),
    biases: fc.tuple(...outputs.map((cols) => vector(cols, precision))),
  });
}

/** Of a scaling: numbers > 0 whose reciprocals are finite. */
function factors(length: number): fc.Arbitrary<Float64Array> {
  return vector(length, 'f64').map((values) => values.map((value) => Math.max(2 ** -1023, Math.abs(value))));
}

/** 64 bits as 16 hex digits. */
const word = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits) => bits.toString(16).padStart(16, '0'));

const label = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '-0', '\ud800', '"', '\\', '"a":{', '__proto__'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);

/** Any state that a network can have, and options that none has. */
export const anyState: fc.Arbitrary<NetworkState> = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }),
    fc.constantFrom('f64', 'f32'),
    fc.constantFrom(...MOMENTS),
    fc.dictionary(fc.string(), fc.jsonValue()),
  )
  .chain(([layers, precision, [optimizer, moments], others]) =>
    fc.record(
      {
        options: fc.constant({ ...others, layers, precision, optimizer }),
        classes: fc.uniqueArray(label),
        scaling: fc.record({ offset: vector(layers[0]!, 'f64'), factor: factors(layers[0]!) }),
        parameters: parameters(layers, precision),
        training: fc.record({
          iteration: fc.maxSafeNat(),
          step: fc.maxSafeNat(),
          random: fc
            .array(word, { minLength: 4, maxLength: 4 })
            .filter((words) => words.some((bits) => Number(`0x${bits}`) !== 0)),
          moments: fc.tuple(...Array.from({ length: moments }, () => parameters(layers, precision))),
        }),
      },
      { requiredKeys: ['options', 'parameters'] },
    ),
  );

/** A state with everything in it, small enough to try every damage to its file. */
export function exampleState(precision: 'f64' | 'f32' = 'f32'): NetworkState {
  const Type: Floats = precision === 'f64' ? Float64Array : Float32Array;
  const set = (scale: number): NetworkParameters => ({
    weights: [
      new Matrix(
        2,
        3,
        Type.of(1, -2, 3, -4, 5, -6).map((value) => value * scale),
      ),
      new Matrix(
        3,
        1,
        Type.of(0.5, -0, 0.25).map((value) => value * scale),
      ),
    ],
    biases: [Float64Array.of(0, -0, 1), Float64Array.of(scale)],
  });
  return {
    options: { layers: [2, 3, 1], output: 'sigmoid', optimizer: { name: 'adam', beta1: 0.8 } },
    classes: ['no', 'yes'],
    scaling: { offset: Float64Array.of(-0, 5.1), factor: Float64Array.of(1, 0.1) },
    parameters: set(1),
    training: {
      iteration: 7,
      step: 21,
      random: ['0123456789abcdef', 'fedcba9876543210', '0000000000000000', 'ffffffffffffffff'],
      moments: [set(0.5), set(0.125)],
    },
  };
}

/** A state as text in which no two different bits look the same; absent and undefined do. */
export function bitsOf({ options, classes, scaling, parameters, training }: NetworkState): string {
  const floats = (array: Float64Array | Float32Array): string =>
    `${array.constructor.name} ${Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('hex')}`;
  const set = ({ weights, biases }: NetworkParameters): unknown => [
    weights.map(({ rows, cols, data }) => [rows, cols, floats(data)]),
    biases.map(floats),
  ];
  return JSON.stringify(
    {
      options,
      classes,
      scaling: scaling && [floats(scaling.offset), floats(scaling.factor)],
      parameters: set(parameters),
      training: training && [
        training.iteration,
        training.step,
        training.random,
        training.moments.map((moment) => set(moment)),
      ],
    },
    undefined,
    1,
  );
}
