import { FeedforwardNN, states, type SaveOptions } from './feedforward-nn.js';
import { fromJSON as readJSON } from './formats/json.js';
import { loading } from './formats/loading.js';
import { checkMoments, findNumber, shareMoments } from './formats/moments.js';
import { fromSafetensors as readState, toSafetensors as writeState } from './formats/safetensors.js';
import { precisionOf, type NetworkState, type TrainingState } from './formats/state.js';
import { checkActivations, checkCompletion, checkGiven, type LoadOptions } from './load-options.js';
import { mismatch } from './messages.js';
import { momentsOf, type ResolvedOptimizer } from './optimizer.js';
import { resolveOptions, type FeedforwardNNOptions, type Output, type ResolvedOptions } from './options.js';
import type { NetworkParameters } from './results.js';
import { optionsGiven } from './rules.js';

// Functions and not methods, so that a bundle has only those that are imported.

/**
 * The network that `toJSON` has saved. It goes on with the same bits; early stopping, as ever, begins anew with each
 * `train`.
 *
 * @param json that object, or its text
 * @param options in place of those that were saved, as `precision: 'f32'`. With another optimiser the moments start anew,
 *   but for adam and adamw, whose are the same. A network whose learning rate was a function trains with one that is given
 *   here, or to `train` and `partialFit`. `output` only says which type of network to expect
 * @throws ModelFileError for anything that `toJSON` would not write, before anything is allocated that it claims
 * @throws TypeError, RangeError for the options, OutOfMemoryError
 */
export function fromJSON<O extends Output = Output>(
  json: string | object,
  options?: LoadOptions<O>,
): FeedforwardNN<O> {
  return load(readJSON(json), options);
}

/**
 * A network as a safetensors file, which `fromSafetensors` loads, to the same bits. Weights and biases have the names
 * and shapes of a PyTorch `Sequential` of `Linear` layers with an activation after each; the rest is in the metadata.
 *
 * @throws DisposedError, OutOfMemoryError
 */
export function toSafetensors(network: FeedforwardNN<Output>, options?: SaveOptions): Uint8Array {
  return writeState(states.of(network, options));
}

/**
 * The network that `toSafetensors` has saved, or the weights and biases of a PyTorch `Sequential` of `Linear` layers, of
 * which the options have to say `output` and, with hidden layers, `activation`; `classes` can be named.
 *
 * @param bytes the file
 * @param options as of `fromJSON`; where a `Linear` follows another directly, `activation` has to be `'identity'`
 * @throws ModelFileError for a file that is damaged or holds something else, before anything is allocated that it claims
 * @throws TypeError, RangeError for the options, OutOfMemoryError
 */
export function fromSafetensors<O extends Output = Output>(
  bytes: ArrayBuffer | ArrayBufferView,
  options?: LoadOptions<O>,
): FeedforwardNN<O> {
  return load(readState(bytes), options);
}

/** In the place of a learning rate that was a function: saved again it is one, and whoever trains with it is told. */
function unsaved(): never {
  throw new RangeError(
    '"learningRate" was a function, which is not saved; give one to train, partialFit or the loading',
  );
}

function load<O extends Output>(state: NetworkState, options: LoadOptions<O> = {}): FeedforwardNN<O> {
  const given = Object.fromEntries([...optionsGiven(options)].filter(([, value]) => value !== undefined));
  const { modules } = state;
  const { learningRate } = state.options;
  const saved = {
    ...state.options,
    learningRate: learningRate === null ? unsaved : learningRate,
    precision: precisionOf(state),
    classes: state.classes,
  };
  if (modules) checkCompletion(given, modules);
  const { activation, output } = given;
  const own = modules
    ? resolveOptions({ ...saved, activation, output })
    : loading(() => checkSaved(state, saved));
  checkGiven(given, { ...own }, state);

  // What a file and a caller's program give has whatever type it has; the next line checks it.
  const wanted = { ...saved, ...given } as unknown as FeedforwardNNOptions<O>;
  const resolved = resolveOptions(wanted);
  if (modules) checkActivations(resolved.activation, modules);
  const training = continued(state.training, own.optimizer, resolved.optimizer);
  if (resolved.precision === 'f32') checkRange([state.parameters, ...(training?.moments ?? [])]);
  const network = new FeedforwardNN<O>(wanted);
  try {
    states.restore(network, { ...state, training });
  } catch (error) {
    network.dispose();
    throw error;
  }
  return network;
}

function checkSaved({ options, scaling, training }: NetworkState, saved: object): ResolvedOptions {
  for (const name of ['precision', 'classes'])
    if (Object.hasOwn(options, name))
      throw new RangeError(
        mismatch(`options.${name}`, 'nothing, as it stands beside the options', options[name]),
      );
  // Under the same number of the format, later versions may have more options, and more names for them.
  loading(
    () => resolveOptions({ ...saved, precision: undefined, classes: undefined }),
    ' (a newer feedforward-wasm may have written it)',
  );
  const resolved = resolveOptions(saved);
  if (scaling && resolved.scaling === 'none')
    throw new RangeError(mismatch('options.scaling', 'the method of "scaling"', 'none'));
  const { optimizer } = resolved;
  const count = momentsOf(optimizer);
  if (training && training.moments.length !== count)
    throw new RangeError(mismatch('training.moments', `${count} of "${optimizer.name}"`, training.moments));
  if (training) checkMoments(training, optimizer);
  return resolved;
}

/** What training goes on from: of another optimiser, without its moments. */
function continued(
  training: TrainingState | undefined,
  from: ResolvedOptimizer,
  to: ResolvedOptimizer,
): TrainingState | undefined {
  return training && !shareMoments(from, to) ? { ...training, moments: [] } : training;
}

function checkRange(numbers: readonly NetworkParameters[]): void {
  for (const parameters of numbers) {
    const bad = findNumber(parameters, (value) => !Number.isFinite(Math.fround(value)));
    if (bad !== undefined)
      throw new RangeError(
        mismatch('precision', '"f64"', 'f32', `, in which ${bad} of the file would be infinite`),
      );
  }
}
