/** The core's function of that name, to be called with these numbers. */
export interface Call {
  readonly kind: 'train' | 'evaluate' | 'copy';
  readonly args: readonly number[];
}

/**
 * What a training asks of whoever runs it, wherever the network's memory is:
 *
 * - `train`, `evaluate`: as much work on a job as there is, in one call or in many, each of which is told how much as its
 *   last argument; the answer is how the last one ended
 * - `copy`: to a target from a source so many bytes
 * - `publish`: what the training has made of the network is to be the caller's network, for the caller looks at it next
 * - `await`: the caller's promise is to settle; the answer is 0 if it came to false
 */
export type Work =
  Call | { readonly kind: 'publish' } | { readonly kind: 'await'; readonly promise: PromiseLike<unknown> };

/** A training, step by step: it gives work, and is given the number that the work came to. */
export type Steps<R> = Generator<Work, R, number>;

export const PUBLISH: Work = { kind: 'publish' };
