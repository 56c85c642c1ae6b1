import { isObject } from '../arrays.js';
import { oneOf } from '../checks.js';
import type { Matrix } from '../matrix.js';
import { mismatch } from '../messages.js';
import type { Precision } from '../options.js';
import type { NetworkParameters } from '../results.js';
import { resolve, type Rules } from '../rules.js';
import {
  FORMAT,
  describedState,
  descriptionRules,
  toDescription,
  type Described,
  type Description,
} from './description.js';
import { listOf, loading, parseJSON } from './loading.js';
import { readNumbers, toJSONNumbers, type JSONNumber } from './numbers.js';
import { precisionOf, type NetworkState } from './state.js';

/** Parameters as JSON: the shapes of NetworkParameters, a matrix as an array of rows. */
interface ParametersJSON {
  readonly weights: readonly (readonly (readonly JSONNumber[])[])[];
  readonly biases: readonly (readonly JSONNumber[])[];
}

/** A network as JSON. Its numbers come back bit for bit, in either precision. */
export interface ModelJSON extends Description<ParametersJSON> {
  readonly format: typeof FORMAT;
  readonly precision: Precision;
  readonly parameters: ParametersJSON;
}

/**
 * A plain object for JSON.stringify.
 *
 * @throws RangeError for a NaN or an infinity in the state
 */
export function toJSON(state: NetworkState): ModelJSON {
  return {
    format: FORMAT,
    precision: precisionOf(state),
    ...toDescription(state, (moment, i) => parametersToJSON(moment, `training.moments[${i}]`)),
    parameters: parametersToJSON(state.parameters, 'parameters'),
  };
}

/**
 * Loads what `toJSON` gave.
 *
 * @param json the object, or its text
 * @throws TypeError for anything else
 * @throws ModelFileError naming what is wrong, and OutOfMemoryError
 */
export function fromJSON(json: unknown): NetworkState {
  if (typeof json !== 'string' && !isObject(json))
    throw new TypeError(mismatch('json', 'an object or a JSON text', json));
  return loading(() => {
    const model = typeof json === 'string' ? parseJSON(json, 'json') : json;
    const resolved = resolve(model, modelRules(), 'json');
    return { ...describedState(resolved), parameters: resolved.parameters };
  });
}

interface Model extends Described, Omit<NetworkState, 'modules'> {
  readonly format: typeof FORMAT;
  readonly precision: Precision;
  readonly options: Described['options'];
}

/** A function, as bundlers keep a constant that calls something, used or not. */
function modelRules(): Rules<Model> {
  return {
    format: oneOf([FORMAT]),
    precision: oneOf(['f64', 'f32']),
    ...descriptionRules(readParameters),
    parameters: readParameters,
  };
}

function readParameters(
  value: unknown,
  label: string,
  { precision, options: { layers } }: Readonly<Model>,
): NetworkParameters {
  const depth = layers.length - 1;
  const weight = (w: unknown, path: string, l: number): Matrix =>
    readNumbers(w, path, layers[l]!, layers[l + 1]!, precision);
  const bias = (b: unknown, path: string, l: number): Float64Array =>
    Float64Array.from(readNumbers([b], path, 1, layers[l + 1]!, precision).data);
  return resolve(value, { weights: listOf(weight, depth), biases: listOf(bias, depth) }, label);
}

function parametersToJSON({ weights, biases }: NetworkParameters, label: string): ParametersJSON {
  return {
    weights: weights.map((w, l) => Array.from(w, (row) => toJSONNumbers(row, `${label}.weights[${l}]`))),
    biases: biases.map((b, l) => toJSONNumbers(b, `${label}.biases[${l}]`)),
  };
}
