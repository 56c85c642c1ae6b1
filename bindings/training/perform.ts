import type { NetworkMemory } from '../core/network-memory.js';
import type { Call } from './work.js';

/** Multiply–adds of a call that is to be short: fewer are not worth it. */
export const LEAST = 1e6;

/** Makes a call into this thread's core, of a training or evaluation for about that many multiply–adds. */
export function perform({ core }: NetworkMemory, { kind, args }: Call, amount: number): number {
  const call = core.exports[kind] as (...args: (number | undefined)[]) => number | undefined;
  // Spread, they would cost a training of one pass 0.4 µs.
  return call(args[0], args[1] ?? amount, args[2]) ?? 0;
}
