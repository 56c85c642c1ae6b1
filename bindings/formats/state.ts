import type { Precision } from '../options.js';
import type { NetworkParameters } from '../results.js';

/** All that a network is: saving takes it, loading gives it. */
export interface NetworkState {
  /** Constructor options as plain JSON values; loading checks `layers` and leaves the rest to the constructor. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The labels of the outputs in their order; −0 is 0. Loading checks their kind, not how many there are. */
  readonly classes?: readonly (string | number)[] | undefined;
  /** `layers[0]` numbers each. */
  readonly scaling?: { readonly offset: Float64Array; readonly factor: Float64Array } | undefined;
  /** Weights (in, out), in precision `'f32'` in Float32Array. */
  readonly parameters: NetworkParameters;
  readonly training?: TrainingState | undefined;
  /**
   * Of a file without our description, whose `options` are `layers` alone: the numbers of the Linear modules in their
   * torch.nn.Sequential.
   */
  readonly modules?: readonly number[] | undefined;
}

/** What training needs to go on as if it had never stopped. */
export interface TrainingState {
  /** Passes made since the network began. */
  readonly iteration: number;
  /** Updates made since the network began. */
  readonly step: number;
  /** The generator's state: four 64-bit words of 16 lower-case hex digits, not all 0. */
  readonly random: readonly string[];
  /** The optimiser's, 0 to 2, shaped and typed as the parameters. */
  readonly moments: readonly NetworkParameters[];
}

/** Biases are Float64Array in both. */
export function precisionOf({ parameters }: NetworkState): Precision {
  return parameters.weights[0]!.data.BYTES_PER_ELEMENT === 8 ? 'f64' : 'f32';
}
