import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { fromJSON, toJSON } from '../../bindings/formats/json.js';
import { fromSafetensors, toSafetensors } from '../../bindings/formats/safetensors.js';
import type { NetworkState } from '../../bindings/formats/state.js';
import { OutOfMemoryError } from '../../bindings/index.js';
import { expectError } from '../throws.js';
import { anyState, bitsOf, exampleState } from './states.js';

const throughText = (state: NetworkState): NetworkState => fromJSON(JSON.stringify(toJSON(state)));
const throughObject = (state: NetworkState): NetworkState => fromJSON(toJSON(state));
const throughSafetensors = (state: NetworkState): NetworkState => fromSafetensors(toSafetensors(state));

describe.each([
  ['the text of toJSON', throughText],
  ['the object of toJSON', throughObject],
  ['safetensors', throughSafetensors],
])('through %s', (_, through) => {
  test('500 states of any numbers come back bit for bit, in both precisions', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(bitsOf(through(state))).toBe(bitsOf(state));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('what is absent stays absent, as does what is undefined', () => {
    const { options, parameters } = exampleState();
    const state = { options, parameters, classes: undefined, scaling: undefined, training: undefined };
    expect(through({ options, parameters })).toEqual({ options, parameters });
    expect(through(state)).toEqual({ options, parameters });
  });

  test('nothing of the state that was saved is changed or kept', () => {
    const state = exampleState();
    const before = bitsOf(state);
    const loaded = through(state);
    loaded.parameters.weights[0]!.data.fill(9);
    loaded.parameters.biases[0]!.fill(9);
    loaded.scaling!.offset.fill(9);
    loaded.training!.moments[0]!.biases[0]!.fill(9);
    (loaded.options['layers'] as number[]).fill(9);
    (loaded.classes as string[]).fill('9');
    (loaded.training!.random as string[]).fill('9');
    expect(bitsOf(state)).toBe(before);
  });
});

test.each([throughText, throughSafetensors])('%o: a class −0 comes back as the class 0', (through) => {
  expect(through({ ...exampleState(), classes: [-0, 1] }).classes).toEqual([0, 1]);
});

describe.each([
  ['toJSON', toJSON, 'training.moments[1].weights[0]'],
  ['toSafetensors', toSafetensors, 'exp_avg_sq.0.weight'],
])('%s', (_, save, label) => {
  test.each([NaN, Infinity, -Infinity])('refuses %d, which could not be loaded', (value) => {
    const state = exampleState();
    state.training!.moments[1]!.weights[0]!.data[4] = value;
    expectError(() => save(state), RangeError, `"${label}" expected finite numbers, got ${value}`);
  });
});

test('toSafetensors: no room for the file is an OutOfMemoryError', () => {
  const state = exampleState();
  vi.stubGlobal('Uint8Array', function refuse() {
    throw new RangeError('Array buffer allocation failed');
  });
  try {
    expect(() => toSafetensors(state)).toThrow(OutOfMemoryError);
  } finally {
    vi.unstubAllGlobals();
  }
});
