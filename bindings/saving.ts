import { FeedforwardNN, states, type SaveOptions } from './feedforward-nn.js';
import { fromJSON as readJSON } from './formats/json.js';
import { loading } from './formats/loading.js';
import { fromSafetensors as readState, toSafetensors as writeState } from './formats/safetensors.js';
import { precisionOf, type NetworkState, type TrainingState } from './formats/state.js';
import { mismatch } from './messages.js';
import { momentsOf } from './optimizer.js';
import { resolveOptions, type FeedforwardNNOptions, type Output } from './options.js';

// Functions and not methods, so that a bundle has only those that are imported.

/** Options that a loaded network has in place of those that were saved. */
export type LoadOptions = Partial<Omit<FeedforwardNNOptions, 'layers' | 'output' | 'classes'>>;

/**
 * The network that `toJSON` has saved.
 *
 * @param json that object, or its text
 * @param options in place of those that were saved, as `precision: 'f32'`; with another optimiser its moments start anew.
 *   A network whose learning rate was a function trains with one that is given here, or to `train` and `partialFit`
 * @throws ModelFileError for anything that `toJSON` would not write, before anything is allocated that it claims
 * @throws TypeError, RangeError for the options, OutOfMemoryError
 */
export function fromJSON<O extends Output = 'softmax'>(
  json: string | object,
  options?: LoadOptions,
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
 * which the options have to say `activation` and `output`.
 *
 * @param bytes the file
 * @param options in place of those that were saved, as `precision: 'f32'`; with another optimiser its moments start anew
 * @throws ModelFileError for a file that is damaged or holds something else, before anything is allocated that it claims
 * @throws TypeError, RangeError for the options, OutOfMemoryError
 */
export function fromSafetensors<O extends Output = 'softmax'>(
  bytes: ArrayBuffer | ArrayBufferView,
  options?: LoadOptions & { readonly output?: O },
): FeedforwardNN<O> {
  return load(readState(bytes), options);
}

/** In the place of a learning rate that was a function: saved again it is one, and whoever trains with it is told. */
function unsaved(): never {
  throw new RangeError(
    '"learningRate" was a function, which is not saved; give one to train, partialFit or the loading',
  );
}

function load<O extends Output>(state: NetworkState, options: LoadOptions = {}): FeedforwardNN<O> {
  const { classes, training } = state;
  const { learningRate, ...rest } = state.options;
  const saved = {
    precision: precisionOf(state),
    classes,
    ...rest,
    learningRate: learningRate === null ? unsaved : learningRate,
  } as FeedforwardNNOptions<O>;
  // Of a PyTorch file, which says `layers` alone, the caller's options say the rest.
  if (training || Object.keys(state.options).length > 1) loading(() => checkSaved(saved, training));
  const network = new FeedforwardNN<O>({ ...saved, ...options });
  try {
    states.restore(network, state);
  } catch (error) {
    network.dispose();
    throw error;
  }
  return network;
}

function checkSaved(options: FeedforwardNNOptions, training: TrainingState | undefined): void {
  const { optimizer } = resolveOptions(options);
  const count = momentsOf(optimizer);
  if (training && training.moments.length !== count)
    throw new RangeError(mismatch('training.moments', `${count} of "${optimizer.name}"`, training.moments));
}
