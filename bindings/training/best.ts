import type { Lease } from '../core/lease.js';
import type { NetworkMemory } from '../core/network-memory.js';
import type { ResolvedTrainOptions } from '../train-options.js';
import type { Steps, Work } from './work.js';

/** The best parameters so far, and whether there is still hope for better ones. */
export interface Best {
  /** The pass that led to them; undefined before the first. */
  iteration: number | undefined;
  /** Takes the cost after a pass; true when as many passes as patience allows have brought no better one. */
  after(pass: number, cost: number): Steps<boolean>;
  /** Puts the best parameters back. */
  restore(): Steps<void>;
}

/** @throws OutOfMemoryError */
export function bestOf(
  { parameters, parameterBytes }: NetworkMemory,
  lease: Lease,
  { patience, minimumChange }: NonNullable<ResolvedTrainOptions['earlyStopping']>,
): Best {
  const block = lease.allocate(parameterBytes);
  let least = Infinity;
  const copy = (target: number, source: number): Work => ({
    kind: 'copy',
    args: [target, source, parameterBytes],
  });
  const best: Best = {
    iteration: undefined,
    *after(pass, cost) {
      if (cost < least - minimumChange) {
        least = cost;
        best.iteration = pass;
        yield copy(block, parameters);
      }
      return pass - (best.iteration ?? -1) >= patience;
    },
    *restore() {
      if (best.iteration !== undefined) yield copy(parameters, block);
    },
  };
  return best;
}
