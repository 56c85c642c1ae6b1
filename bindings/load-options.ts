import { isArrayLike } from './arrays.js';
import { oneOfNames } from './checks.js';
import type { NetworkState } from './formats/state.js';
import { describe, mismatch } from './messages.js';
import { ACTIVATIONS, OUTPUTS, type FeedforwardNNOptions, type Output } from './options.js';

/**
 * Options that a loaded network has in place of those that were saved; undefined means the saved one. `layers`, `init`
 * and `scaling` are the file's.
 */
export interface LoadOptions<O extends Output = Output> extends Omit<
  FeedforwardNNOptions,
  'layers' | 'init' | 'scaling' | 'output'
> {
  /** Of a file of PyTorch's, which has none; else it has to be the file's. */
  readonly output?: O | undefined;
  /** For a file that names none; else they have to be the file's. */
  readonly classes?: FeedforwardNNOptions['classes'];
  /** For a network without training state; else it has to be the file's, as the random numbers go on. */
  readonly seed?: number | undefined;
}

/**
 * Checks the options that can only repeat what the file has.
 *
 * @param given by the caller
 * @param own those of the file, complete
 * @throws TypeError, RangeError for another value, with the remedy
 */
export function checkGiven(
  given: Readonly<Record<string, unknown>>,
  own: Readonly<Record<string, unknown>>,
  { modules, classes, training }: NetworkState,
): void {
  const reasons: Readonly<Record<string, string | false>> = {
    layers: 'the weights of the file are of these widths',
    init: 'the weights are those of the file, and none are drawn',
    scaling: 'the weights of the file are for rows scaled like that; for another make a new network',
    output: modules === undefined && 'the weights of the file are for that; for another make a new network',
    classes: classes !== undefined && 'the file names its classes; map the labels of classify to others',
    seed: training !== undefined && 'its random numbers go on; save with trainingState: false to draw others',
  };
  for (const [name, reason] of Object.entries(reasons)) {
    const [value, kept] = [given[name], name === 'classes' ? classes : own[name]];
    if (reason === false || value === undefined || same(value, kept)) continue;
    const Wrong = typeof value === typeof kept ? RangeError : TypeError;
    const expected = typeof kept === 'object' ? 'what the file has' : `${describe(kept)} as the file has`;
    throw new Wrong(mismatch(name, expected, value, `; ${reason}`));
  }
}

/** Arrays by their elements, an initialization by its deviation, the rest by itself. */
function same(value: unknown, kept: unknown): boolean {
  if (isArrayLike(kept))
    return (
      isArrayLike(value) &&
      value.length === kept.length &&
      Array.from(kept).every((each, i) => each === value[i])
    );
  if (typeof kept !== 'object') return value === kept;
  const given = Object(value) as Record<string, unknown>;
  return Object.entries(kept as object).every(([name, each]) => given[name] === each);
}

/** @throws TypeError for an option that a file of PyTorch's, with Linear modules of these numbers, leaves to the caller */
export function checkCompletion(given: Readonly<Record<string, unknown>>, modules: readonly number[]): void {
  const asked = modules.length > 1 ? { output: OUTPUTS, activation: ACTIVATIONS } : { output: OUTPUTS };
  for (const [name, names] of Object.entries(asked))
    if (given[name] === undefined)
      throw new TypeError(
        mismatch(name, oneOfNames(names), undefined, '; the file of PyTorch does not say it'),
      );
}

/** @throws RangeError for another activation than identity where the numbers leave room for no module between */
export function checkActivations(activation: readonly string[], modules: readonly number[]): void {
  activation.forEach((name, l) => {
    const [module, next] = [modules[l]!, modules[l + 1]!];
    if (next > module + 1 || name === 'identity') return;
    const tail = `; there is no module between ${module} and ${next}, so give an array with a name for each hidden layer`;
    throw new RangeError(mismatch(`activation[${l}]`, '"identity"', name, tail));
  });
}
