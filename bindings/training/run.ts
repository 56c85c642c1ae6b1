import { leasing } from '../core/lease.js';
import type { NetworkMemory } from '../core/network-memory.js';
import { mismatch } from '../messages.js';
import { complete } from '../interruptible.js';
import type { TrainResult } from '../results.js';
import { layJob } from './job.js';
import { passes } from './passes.js';
import type { Learnt, Plan } from './plan.js';
import { perform } from './perform.js';

/**
 * Trains here and now.
 *
 * @param learn takes what there is to learn once nothing can be refused any more
 * @throws DivergenceError, OutOfMemoryError, RangeError for a NaN or an infinity in the data, the signal's reason
 */
export function train(network: NetworkMemory, plan: Plan, learn: (learnt: Learnt) => void): TrainResult {
  plan.options.signal?.throwIfAborted();
  return leasing(network.core, (lease) => {
    const job = complete(layJob(network, lease, plan));
    const steps = passes(network, lease, plan, job, learn);
    let answer = 0;
    for (;;) {
      const { done, value } = steps.next(answer);
      if (done) return value;
      if (value.kind === 'await')
        throw new TypeError(mismatch('onProgress', 'no promise but in trainAsync', value.promise));
      if (value.kind !== 'publish') answer = perform(network, value, Infinity);
    }
  });
}
