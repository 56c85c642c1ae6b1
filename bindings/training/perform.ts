import type { NetworkMemory } from '../core/network-memory.js';
import type { Work } from './work.js';

/** Multiply–adds of a call that is to be short: fewer are not worth it. */
export const LEAST = 1e6;

/** Does some work in this thread's core, of a training or evaluation about that many multiply–adds. */
export function perform({ core: { exports } }: NetworkMemory, work: Work, amount: number): number {
  switch (work?.kind) {
    case 'train':
    case 'evaluate':
      return exports[work.kind](work.job, amount);
    case 'copy':
      exports.copy(work.target, work.source, work.bytes);
  }
  return 0;
}
