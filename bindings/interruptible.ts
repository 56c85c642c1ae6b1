/** Work that can stop at each `yield`, after some thousandths of a second, and go on later. */
export type Interruptible<R> = Generator<undefined, R, void>;

/** Does all of it now. */
export function complete<R>(work: Interruptible<R>): R {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
