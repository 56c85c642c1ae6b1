import { Lease } from '../core/lease.js';
import type { NetworkMemory } from '../core/network-memory.js';
import type { Interruptible } from '../interruptible.js';
import type { TrainResult } from '../results.js';
import type { AbortSignalLike } from '../train-options.js';
import { layJob } from './job.js';
import { passes } from './passes.js';
import type { Learnt, Plan } from './plan.js';
import { Remote } from './remote.js';
import { Slices, takingTurns } from './slices.js';

/**
 * Trains without holding the caller's thread: in a worker where there is one, else in slices of this thread's time.
 *
 * @param learn takes what there is to learn once the rows are copied and found right
 * @throws as `train`
 */
export async function trainAsync(
  network: NetworkMemory,
  planning: Interruptible<Plan>,
  signal: AbortSignalLike | undefined,
  learn: (learnt: Learnt) => void,
): Promise<TrainResult> {
  const plan = await takingTurns(planning, signal);
  signal?.throwIfAborted();
  const lease = new Lease(network.core);
  let remote: Remote | undefined;
  try {
    const job = await takingTurns(layJob(network, lease, plan), signal);
    learn(plan.learnt);
    const steps = passes(network, lease, plan, job);
    // The first step allocates what is still to be allocated; from then on the worker has a copy of everything.
    let next = steps.next(0);
    remote = await Remote.start(network, lease, job, signal);
    const performer = remote ?? new Slices(network, job, signal);
    while (!next.done) next = steps.next(await performer.perform(next.value));
    return next.value;
  } finally {
    remote?.end();
    lease.release();
  }
}
