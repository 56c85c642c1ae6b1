import { count, positiveCount, wrongNumber, type Check } from '../checks.js';
import { mismatch } from '../messages.js';
import type { NetworkParameters } from '../results.js';
import { resolve, withDefault } from '../rules.js';
import { listOf } from './loading.js';
import { readNumbers, toJSONNumbers, type JSONNumber } from './numbers.js';
import type { NetworkState, TrainingState } from './state.js';

/** The format's name, in JSON and in the metadata of safetensors. */
export const FORMAT = 'feedforward-wasm';

/** Of the description; one that an older version would misread gets a higher number. */
const VERSION = 1;

/** A state without its tensors, as JSON. What stands for a moment differs by format. */
export interface Description<Moment> {
  readonly version: 1;
  readonly options: NetworkState['options'];
  readonly classes: NetworkState['classes'];
  readonly scaling:
    { readonly offset: readonly JSONNumber[]; readonly factor: readonly JSONNumber[] } | undefined;
  readonly training: (Omit<TrainingState, 'moments'> & { readonly moments: readonly Moment[] }) | undefined;
}

export function toDescription<Moment>(
  { options, classes, scaling, training }: NetworkState,
  toMoment: (moment: NetworkParameters, index: number) => Moment,
): Description<Moment> {
  return {
    version: VERSION,
    options,
    classes,
    scaling: scaling && {
      offset: toJSONNumbers(scaling.offset, 'scaling.offset'),
      factor: toJSONNumbers(scaling.factor, 'scaling.factor'),
    },
    training: training && { ...training, moments: training.moments.map(toMoment) },
  };
}

/** A description that was read, but for the moments. */
export interface Described extends Omit<NetworkState, 'parameters' | 'modules'> {
  readonly version: 1;
  readonly options: NetworkState['options'] & { readonly layers: readonly number[] };
}

/** The part of a state that a description holds. */
export function describedState({
  options,
  classes,
  scaling,
  training,
}: Described): Omit<NetworkState, 'parameters'> {
  return { options, classes, scaling, training };
}

/** The rules for a description's properties; a format may have more of them, which `T` then has. */
export function descriptionRules<T extends Described>(
  readMoment: (value: unknown, label: string, above: Readonly<T>) => NetworkParameters,
): {
  readonly [K in keyof Described]-?: (value: unknown, label: string, above: Readonly<T>) => Described[K];
} {
  return {
    version: (value, label) => {
      if (value === VERSION) return value;
      throw wrongNumber(label, String(VERSION), value, '; a newer feedforward-wasm may have written it');
    },
    options: (value, label) => {
      const options = Object(value) as { readonly layers?: unknown };
      const layers = listOf(positiveCount)(options.layers, `${label}.layers`);
      if (layers.length > 1) return { ...options, layers };
      throw new RangeError(mismatch(`${label}.layers`, 'at least two widths', layers));
    },
    classes: withDefault(undefined, listOf(classLabel)),
    scaling: (value, label, { options }) => {
      const vector: Check<Float64Array> = (values, path) =>
        readNumbers([values], path, 1, options.layers[0]!, 'f64').data as Float64Array;
      return value === undefined
        ? value
        : resolve(
            value,
            { offset: vector, factor: (given, path) => usable(vector(given, path), path) },
            label,
          );
    },
    training: (value, label, above) => {
      const moment: Check<NetworkParameters> = (given, path) => readMoment(given, path, above);
      return value === undefined
        ? value
        : resolve(value, { iteration: count, step: count, random, moments: listOf(moment) }, label);
    },
  };
}

/** What a column can be divided by: no network has learnt another factor. */
function usable(factor: Float64Array, label: string): Float64Array {
  const bad = factor.find((value) => !(value > 0 && 1 / value < Infinity));
  if (bad !== undefined) throw new RangeError(mismatch(label, 'numbers > 0 with a finite reciprocal', bad));
  return factor;
}

const classLabel: Check<string | number> = (value, label) => {
  if (typeof value === 'string' || Number.isFinite(value)) return value as string | number;
  throw wrongNumber(label, 'a string or a finite number', value);
};

const random: Check<string[]> = (value, label) => {
  const words = listOf(String, 4)(value, label);
  // From four zeros xoshiro256++ gives nothing else, and a normal deviate never comes.
  if (/^(?=.*[^0 ])[\da-f]{16}( [\da-f]{16}){3}$/.test(words.join(' '))) return words;
  throw new RangeError(mismatch(label, 'four words of 16 hex digits, not all 0', words.join(' ')));
};
