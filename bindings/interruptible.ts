/** Work that can stop at each `yield`, after some thousandths of a second, and go on later. */
export type Interruptible<R> = Generator<undefined, R, void>;

/** Numbers or labels that are read between two yields: with 4,096 some 0.1 ms, beside which a yield costs nothing. */
export const AT_ONCE = 4096;

/** Bytes that are copied or written at once where the thread is shared; it takes about a millisecond. */
export const PIECE_BYTES: number = 2 ** 22;

/** Does all of it now. */
export function complete<R>(work: Interruptible<R>): R {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Calls with 0 … count − 1, in order. */
export function* countUp(count: number, act: (i: number) => void): Interruptible<void> {
  for (let i = 0; i < count;) {
    for (const end = Math.min(count, i + AT_ONCE); i < end; i++) act(i);
    yield;
  }
}
