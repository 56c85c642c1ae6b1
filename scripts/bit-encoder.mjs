import { CONTEXTS } from './contexts.mjs';

/** Writes bits as bindings/core/decompress.ts reads them: by arithmetic coding, each bit at the odds of its context. */
export class BitEncoder {
  #digits = [];
  /** The message is a number in [low, low + range), in units of the last place, 2³² of them to the last digit written. */
  #low = 0;
  #range = 1;
  #fast = new Uint16Array(CONTEXTS).fill(2 ** 15);
  #slow = new Uint16Array(CONTEXTS).fill(2 ** 15);
  #seen = new Uint32Array(CONTEXTS).fill(3);
  /** How often each context met a 0 and a 1. */
  counts = Array.from({ length: CONTEXTS }, () => [0, 0]);

  put(context, bit) {
    this.counts[context][bit]++;
    while (this.#range < 2 ** 22) {
      this.#writeDigit();
      this.#range *= 256;
    }
    const fast = this.#fast[context];
    const slow = this.#slow[context];
    const bound = Math.floor((this.#range * (fast + slow + 1)) / 2 ** 17);
    if (bit) this.#range = bound;
    else {
      this.#low += bound;
      this.#range -= bound;
      this.#carry();
    }
    const n = ++this.#seen[context];
    this.#fast[context] = fast + (bit * 65535 - fast) / Math.min(n, 5);
    this.#slow[context] = slow + (bit * 65535 - slow) / n;
  }

  #writeDigit() {
    this.#digits.push(Math.floor(this.#low / 2 ** 24));
    this.#low = (this.#low % 2 ** 24) * 256;
  }

  #carry() {
    if (this.#low < 2 ** 32) return;
    this.#low -= 2 ** 32;
    for (let i = this.#digits.length - 1; ++this.#digits[i] === 256; i--) this.#digits[i] = 0;
  }

  /** The bytes, without the four zeros that each message begins with. */
  end() {
    for (let i = 0; i < 4; i++) this.#writeDigit();
    return Uint8Array.from(this.#digits.slice(4));
  }
}
