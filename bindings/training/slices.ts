import { PAUSED } from '../core/exports.js';
import type { NetworkMemory } from '../core/network-memory.js';
import { copyPieces } from '../core/staging.js';
import type { Interruptible } from '../interruptible.js';
import type { AbortSignalLike } from '../train-options.js';
import { LEAST, perform } from './perform.js';
import type { Call } from './work.js';

/**
 * After so many milliseconds the thread is given to others. A call into the core is to take an eighth to half of it, as
 * what comes next may take several times as long for as many multiply–adds: with calls of up to all of it, exponentials
 * after a product with 5 million columns held the thread for 12 to 15 ms, now for 7.
 */
const SLICE = 4;

/** Multiply–adds of a call at most: what is quickly done on any machine, as the clock may stand still. */
const MOST = 4e7;

/**
 * Does work in slices of this thread's time, so that pages stay alive and timers come.
 * How the work is cut changes no bit of it, so the clock decides nothing but that.
 */
export function inSlices(
  network: NetworkMemory,
  signal: AbortSignalLike | undefined,
): (work: Call) => Promise<number> {
  /** Multiply–adds of the next call; they adapt to the machine. */
  let amount = LEAST;
  let sliceBegin = performance.now();
  return async (work) => {
    if (work.kind === 'copy') {
      // Without the signal: once begun it is completed.
      await takingTurns(copyPieces(network.core, ...(work.args as [number, number, number])), undefined);
      return 0;
    }
    for (;;) {
      const begin = performance.now();
      const answer = perform(network, work, amount);
      const now = performance.now();
      if (answer >= PAUSED) {
        if (now - begin > SLICE / 2) amount = Math.max(LEAST, amount / 2);
        else if (now - begin < SLICE / 8) amount = Math.min(MOST, amount * 2);
      }
      // Where the clock stands still while a task runs, as in Workers, every call is a slice.
      if (answer >= PAUSED || now - sliceBegin >= SLICE || now === sliceBegin) {
        await nextTask();
        sliceBegin = performance.now();
      }
      if (answer < PAUSED || (answer === PAUSED && signal?.aborted)) return answer;
    }
  };
}

/**
 * Does interruptible work, and lets others have the thread in between.
 *
 * @throws the signal's reason
 */
export async function takingTurns<R>(
  work: Interruptible<R>,
  signal: AbortSignalLike | undefined,
): Promise<R> {
  for (let begin = performance.now(), last = begin; ;) {
    const { done, value } = work.next();
    if (done) return value;
    const took = performance.now() - last;
    last += took;
    // Whether there is time for another one that takes as long.
    if (last + took - begin < SLICE) continue;
    await nextTask();
    signal?.throwIfAborted();
    begin = last = performance.now();
  }
}

/** Resolves in a task of its own, after those that wait. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => void };
    if (setImmediate) return setImmediate(resolve);
    // Timers of browsers wait 4 ms once they are nested; messages do not, but where there is no Worker, as in
    // Cloudflare's, timers wait until no message is left.
    if (typeof MessageChannel !== 'function' || typeof Worker !== 'function') return void setTimeout(resolve);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
