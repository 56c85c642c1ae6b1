/**
 * Lempel and Ziv's parse, coded arithmetically, as in LZMA, but with fewer cases and with odds made for some 30 kB;
 * scripts/compress.mjs writes it.
 *
 *     message  (COPIES 0, byte)                         a byte of its own,
 *              (COPIES 1, AGAIN 1, length − 1)          a copy from as far back as the last one,
 *              (COPIES 1, AGAIN 0, offset, length − 1)  or from elsewhere; AGAIN is left out after a copy
 *     COPIES   context: the byte before, but 256 where that is the index of local.get, local.set or local.tee, as the
 *              opcode that follows has nothing to do with it
 *     AGAIN    context: whether one byte of its own came since the last copy, or more
 *     byte     8 bits, the highest first; context: the half of the byte before it, as above, and the bits that came; after
 *              a copy the byte that would have continued it, as long as its bits are those that came
 *     number   k ones and a zero, then the k bits below its highest; context: k, and the first two that came
 */

/** The first `size` bytes of what was compressed; `text` is base64. */
export function decompress(text: string, size: number): Uint8Array<ArrayBuffer> {
  // Where each kind of contexts begins.
  const LITERAL = 0;
  const MISSED = 4352;
  const COPIES = 4864;
  const AGAIN = 5121;
  const OFFSET = 5123;
  const LENGTH = 5379;
  const CONTEXTS = 5635;

  const input = atob(text);
  const output = new Uint8Array(size);
  const fast = new Uint16Array(CONTEXTS).fill(2 ** 15);
  const slow = fast.slice();
  const seen = new Uint32Array(CONTEXTS).fill(3);
  let read = 0;
  // Below 2³⁰, range and code are integers that no engine has to allocate.
  let range = 1;
  let code = 0;

  /** The next bit. Its odds are the mean of two that follow what came in its context, one more quickly than the other. */
  const bit = (context: number): number => {
    for (; range < 2 ** 22; range *= 256) code = code * 256 + input.charCodeAt(read++);
    const bound = Math.floor((range * (fast[context]! + slow[context]! + 1)) / 2 ** 17);
    const result = +(code < bound);
    if (result) range = bound;
    else {
      code -= bound;
      range -= bound;
    }
    const n = ++seen[context]!;
    fast[context]! += (result * 65535 - fast[context]!) / Math.min(n, 5);
    slow[context]! += (result * 65535 - slow[context]!) / n;
    return result;
  };

  const number = (context: number): number => {
    let k = 0;
    while (bit(context + 16 * k)) k++;
    let value = 1;
    for (let i = k; i > 0; i--) value = 2 * value + bit(context + (value < 4 ? 16 * k + value : 16 * i + 4));
    return value;
  };

  let offset = 0;
  /** Bytes of their own since the last copy. */
  let own = 2;
  for (let at = 0; at < size;) {
    const before = output[at - 2]! >> 2 === 8 ? 256 : (output[at - 1] ?? 0);
    if (bit(COPIES + before)) {
      if (!own || !bit(AGAIN + +(own > 1))) offset = number(OFFSET);
      for (let left = number(LENGTH); left >= 0; left--, at++) output[at] = output[at - offset]!;
      own = 0;
    } else {
      const missed = own ? 0 : 256 + output[at - offset]!;
      let byte = 1;
      for (let i = 7; i >= 0; i--) {
        const came = missed >> (i + 1) === byte;
        byte = 2 * byte + bit(came ? MISSED + (missed >> i) : LITERAL + (before >> 4) * 256 + byte);
      }
      output[at++] = byte;
      own++;
    }
  }
  return output;
}
