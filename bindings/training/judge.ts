import type { NetworkMemory } from '../core/network-memory.js';
import type { Job } from './job.js';
import type { Steps } from './work.js';

/** How the network does on the rows that it is judged by. */
export interface Score {
  /** Mean cost, without the term of l2. */
  readonly cost: number;
  /** Accuracy; of a linear output the mean squared error. */
  readonly metric: number;
}

/** Judges the network as it is now. */
export function* judge(network: NetworkMemory, job: Job): Steps<Score> {
  yield { kind: 'evaluate', args: [job.evaluation] };
  const sums = network.core.view('f64', job.evaluation, 2);
  const cost = sums[0]! / job.judgedRows;
  const metric =
    network.output === 'linear' ? (2 * cost) / network.layers.at(-1)! : sums[1]! / job.judgedRows;
  return { cost, metric };
}
