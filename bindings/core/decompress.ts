/**
 * Lempel and Ziv's parse, coded arithmetically, as in LZMA, but with fewer cases and with odds made for some 30 kB;
 * scripts/compress.mjs writes it.
 *
 *     message  (COPIES 0, byte)      a byte of its own; COPIES has the byte before it as context
 *              (COPIES 1, AGAIN 1, length − 1)          a copy from as far back as the last one,
 *              (COPIES 1, AGAIN 0, offset, length − 1)  or from elsewhere; AGAIN is left out after a copy
 *     byte     8 bits, the highest first; context: the half of the byte before it, and the bits that came
 *     number   k ones and a zero, then the k bits below its highest; context: k, and the first two that came
 */
const LITERAL = 0;
const COPIES = LITERAL + 16 * 256;
const AGAIN = COPIES + 256;
const OFFSET = AGAIN + 1;
const LENGTH = OFFSET + 256;
const CONTEXTS = LENGTH + 256;

/** The first `size` bytes of what was compressed; `text` is base64. */
export function decompress(text: string, size: number): Uint8Array<ArrayBuffer> {
  const input = atob(text);
  const output = new Uint8Array(size);
  const fast = new Uint16Array(CONTEXTS).fill(2 ** 15);
  const slow = fast.slice();
  const seen = new Uint8Array(CONTEXTS).fill(2);
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
    if (seen[context]! < 128) seen[context]!++;
    const n = seen[context]!;
    fast[context]! += (result * 65535 - fast[context]!) / Math.min(n, 6);
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
  let copied = false;
  for (let at = 0; at < size;) {
    const before = output[at - 1] ?? 0;
    if (bit(COPIES + before)) {
      if (copied || !bit(AGAIN)) offset = number(OFFSET);
      for (let left = number(LENGTH); left >= 0; left--, at++) output[at] = output[at - offset]!;
      copied = true;
    } else {
      let byte = 1;
      while (byte < 256) byte = 2 * byte + bit(LITERAL + (before >> 4) * 256 + byte);
      output[at++] = byte;
      copied = false;
    }
  }
  return output;
}
