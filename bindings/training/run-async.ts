import { Lease } from '../core/lease.js';
import type { NetworkMemory } from '../core/network-memory.js';
import type { Interruptible } from '../interruptible.js';
import type { TrainResult } from '../results.js';
import type { AbortSignalLike } from '../train-options.js';
import { layJob } from './job.js';
import { passes } from './passes.js';
import type { Learnt, Plan } from './plan.js';
import { startRemote, type Remote } from './remote.js';
import { inSlices, takingTurns } from './slices.js';

/**
 * Trains without holding the caller's thread: in a worker where there is one, else in slices of this thread's time. What
 * is trained is a copy, so that whoever looks at the network finds it as it was at the last report.
 *
 * @param learn takes what there is to learn once nothing can be wrong any more
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
    const copy = await takingTurns(network.copy(lease), signal);
    const job = await takingTurns(layJob(copy, lease, plan), signal);
    const steps = passes(copy, lease, plan, job, learn);
    // The first step allocates what is still to be allocated; from then on the worker has a copy of everything.
    let next = steps.next(0);
    remote = await startRemote(copy, lease, job, signal);
    const perform = remote?.perform ?? inSlices(copy, signal);
    const { bytes } = network;
    const place = lease.block(bytes);
    while (!next.done) {
      const work = next.value;
      let answer = 0;
      if (work.kind === 'publish') {
        if (remote) await remote.bring(place);
        else await perform({ kind: 'copy', args: [place.address, copy.address, bytes] });
        network.moveTo(place, copy.iteration);
      } else if (work.kind === 'await') {
        answer = Number((await work.promise) !== false);
      } else {
        answer = await perform(work);
      }
      next = steps.next(answer);
    }
    return next.value;
  } finally {
    remote?.end();
    lease.release();
  }
}
