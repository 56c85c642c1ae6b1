/**
 * What a training asks of whoever runs it, wherever the network's memory is:
 *
 * - `train`, `evaluate`: the core's function of that name on that job, for as many blocks of rows as it takes, in one
 *   call or in many; the answer is how the last one ended
 * - `copy`: the core's, of so many bytes
 * - `publish`: the network's bytes are to be what the training has made of them, for the caller looks at them next
 * - undefined: nothing, but this is a good moment to let others have the thread
 */
export type Work =
  | { readonly kind: 'train' | 'evaluate'; readonly job: number }
  | { readonly kind: 'copy'; readonly target: number; readonly source: number; readonly bytes: number }
  | { readonly kind: 'publish' }
  | undefined;

/** A training, step by step: it gives work, and is given the number that the work came to. */
export type Steps<R> = Generator<Work, R, number>;

export const PUBLISH: Work = { kind: 'publish' };
