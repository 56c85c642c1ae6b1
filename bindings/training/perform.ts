import type { NetworkMemory } from '../core/network-memory.js';
import type { Work } from './work.js';

/** More blocks of rows than there are. */
export const WITHOUT_END: number = 2 ** 31 - 1;

/** Does some work in this thread's core, of a training or evaluation that many blocks of rows at most. */
export function perform({ core: { exports } }: NetworkMemory, work: Work, blocks: number): number {
  switch (work?.kind) {
    case 'train':
    case 'evaluate':
      return exports[work.kind](work.job, blocks);
    case 'copy':
      exports.copy(work.target, work.source, work.bytes);
  }
  return 0;
}
