import { positiveCount, wrongName } from '../checks.js';
import { ModelFileError } from '../errors.js';
import { Matrix } from '../matrix.js';
import { describe, mismatch } from '../messages.js';
import type { NetworkParameters } from '../results.js';
import { resolve } from '../rules.js';
import { FORMAT, describedState, descriptionRules, toDescription } from './description.js';
import { listOf, loading, parseJSON } from './loading.js';
import { momentNames } from './moments.js';
import { precisionOf, type NetworkState } from './state.js';
import { getTensor, readTensorFile, takeTensor, writeTensors, type NamedMatrix } from './tensor-file.js';

/**
 * A safetensors file with the names and shapes of torch.nn.Sequential(Linear, activation, Linear, …): `0.weight`
 * (out, in), `0.bias` (out), `2.weight`, …; those of moments begin with torch.optim's name for them, as
 * `exp_avg.0.weight`, and load_state_dict takes them with `strict=False` only. The metadata has everything else.
 *
 * @throws RangeError for a NaN or an infinity in the state
 * @throws OutOfMemoryError
 */
export function toSafetensors(state: NetworkState): Uint8Array {
  const { options, parameters } = state;
  const names = momentNames(options['optimizer']);
  let matrices = named('', parameters);
  const description = toDescription(state, (moment, i) => {
    matrices = [...matrices, ...named(`${names[i]}.`, moment)];
    return names[i]!;
  });
  return writeTensors(matrices, precisionOf(state), { [FORMAT]: JSON.stringify(description) });
}

function named(prefix: string, { weights, biases }: NetworkParameters): NamedMatrix[] {
  return weights.flatMap((w, l) => [
    { name: `${prefix}${2 * l}.weight`, matrix: w, shape: [w.cols, w.rows] },
    { name: `${prefix}${2 * l}.bias`, matrix: new Matrix(1, w.cols, biases[l]!), shape: [w.cols] },
  ]);
}

/**
 * Loads what `toSafetensors` gave, or the state_dict of a torch.nn.Sequential of Linear layers with biases and modules
 * without parameters: without our metadata, the options are `layers` alone, and `modules` tells
 * which these modules are.
 *
 * @param bytes a Uint8Array or any other view, or an ArrayBuffer
 * @throws TypeError for anything else
 * @throws ModelFileError naming what is wrong, and OutOfMemoryError
 */
export function fromSafetensors(bytes: unknown): NetworkState {
  const view = viewOf(bytes);
  return loading(() => readNetwork(view));
}

/** By the constructor, which is not deceived, and to which a buffer of another realm is as good. */
function viewOf(bytes: unknown): DataView {
  try {
    return ArrayBuffer.isView(bytes)
      ? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      : new DataView(bytes as ArrayBuffer);
  } catch {
    throw new TypeError(mismatch('bytes', 'a Uint8Array or an ArrayBuffer', bytes));
  }
}

function readNetwork(view: DataView): NetworkState {
  const file = readTensorFile(view);
  const { metadata, tensors } = file;
  const linear = [...tensors.keys()].flatMap((name) => /^(\d+)\.weight$/.exec(name)?.[1] ?? []);
  // Of the Sequential's modules, those with parameters; at least the first.
  const modules = linear.length > 0 ? linear.sort((a, b) => Number(a) - Number(b)) : ['0'];
  const shapes = modules.map((module) =>
    listOf(positiveCount, 2)(getTensor(tensors, `${module}.weight`).shape, `${module}.weight.shape`),
  );
  const layers = [shapes[0]![1]!, ...shapes.map(([outputs]) => outputs!)];
  const { dtype } = getTensor(tensors, `${modules[0]}.weight`);
  const take = (prefix: string): NetworkParameters => ({
    weights: modules.map((module, l) => {
      const [rows, cols] = [layers[l]!, layers[l + 1]!];
      return new Matrix(rows, cols, takeTensor(file, `${prefix}${module}.weight`, [cols, rows], dtype));
    }),
    biases: modules.map((module, l) =>
      Float64Array.from(takeTensor(file, `${prefix}${module}.bias`, [layers[l + 1]!], dtype)),
    ),
  });
  const parameters = take('');
  const description = readDescription(metadata, layers, take) ?? {
    options: { layers },
    modules: modules.map(Number),
  };
  for (const name of tensors.keys()) throw new ModelFileError(`unknown tensor ${describe(name)}`);
  return { ...description, parameters };
}

function readDescription(
  metadata: unknown,
  layers: readonly number[],
  take: (prefix: string) => NetworkParameters,
): Omit<NetworkState, 'parameters'> | undefined {
  const text = (Object(metadata) as Record<string, unknown>)[FORMAT];
  if (text === undefined) return undefined;
  let place = 0;
  const rules = descriptionRules((moment, label, { options }) => {
    const name = momentNames(options['optimizer'])[place++];
    if (name !== undefined && moment === name) return take(`${name}.`);
    throw wrongName(label, name === undefined ? 'no such moment' : describe(name), moment, []);
  });
  const description = resolve(parseJSON(text, FORMAT), rules, FORMAT);
  const stated = String(description.options.layers);
  if (stated !== String(layers))
    throw new RangeError(mismatch(`${FORMAT}.options.layers`, `"${layers}" as the tensors have`, stated));
  return describedState(description);
}
