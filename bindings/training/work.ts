/**
 * What a training asks of whoever runs it, wherever the network's memory is:
 *
 * - `train`, `evaluate`: the core's function of that name on that job, for as much work as there is, in one
 *   call or in many; the answer is how the last one ended
 * - `copy`: the core's, of so many bytes
 * - `publish`: what the training has made of the network is to be the caller's network, for the caller looks at it next
 * - `await`: the caller's promise is to settle; the answer is 0 if it came to false
 * - undefined: nothing, but this is a good moment to let others have the thread
 */
export type Work =
  | { readonly kind: 'train' | 'evaluate'; readonly job: number }
  | { readonly kind: 'copy'; readonly target: number; readonly source: number; readonly bytes: number }
  | { readonly kind: 'publish' }
  | { readonly kind: 'await'; readonly promise: PromiseLike<unknown> }
  | undefined;

/** A training, step by step: it gives work, and is given the number that the work came to. */
export type Steps<R> = Generator<Work, R, number>;

export const PUBLISH: Work = { kind: 'publish' };
