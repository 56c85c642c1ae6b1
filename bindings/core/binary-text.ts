// Reads what scripts/inline-binaries.mjs wrote.

/** In turn, of the text so many characters stay, so many go, and the next of these come; `counts` are two bytes and one. */
export function edited(text: string, counts: string, inserts: readonly string[]): string {
  const bytes = bytesOf(counts);
  let result = '';
  let at = 0;
  inserts.forEach((insert, i) => {
    const keep = bytes[3 * i]! + 256 * bytes[3 * i + 1]!;
    result += text.slice(at, at + keep) + insert;
    at += keep + bytes[3 * i + 2]!;
  });
  return result;
}

/**
 * The bytes of a text: `#` … `~` are the digits 0 … 91 or, after a space, 92 … 183 or, after `!`, 184 … 275; the digit
 * of byte b is (b + 3) mod 256.
 */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  let higher = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 35) {
      higher = 92 * (code - 31);
    } else {
      // Storing takes the remainder modulo 256.
      bytes[length++] = higher + code - 35 - 3;
      higher = 0;
    }
  }
  return bytes.subarray(0, length);
}
