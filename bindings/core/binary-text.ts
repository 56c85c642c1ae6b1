// Reads what scripts/inline-binaries.mjs wrote.

/** So many characters stay, so many go, and these come. */
export type Edit = readonly [keep: number, drop: number, insert: string];

export function edited(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const [keep, drop, insert] of edits) {
    result += text.slice(at, at + keep) + insert;
    at += keep + drop;
  }
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
