/** Drawings of digits: row i of `pixels` is 8×8 numbers 0 … 1, and `labels[i]` the digit it shows. */
export interface DigitSet {
  readonly pixels: number[][];
  readonly labels: number[];
}

const PIXELS = 64;
const BRIGHTEST = 16;

/**
 * Sets apart every fifth drawing of each digit, in the order of the file.
 *
 * Per digit, because every fifth row of this file would hold out 52 threes and 21 ones.
 *
 * @param rows 64 pixels 0 … 16, then the digit
 */
export function holdOutFifth(rows: readonly number[][]): { training: DigitSet; heldOut: DigitSet } {
  const training: DigitSet = { pixels: [], labels: [] };
  const heldOut: DigitSet = { pixels: [], labels: [] };
  const seen = Array<number>(10).fill(0);
  for (const row of rows) {
    const label = row[PIXELS]!;
    seen[label]! += 1;
    const part = seen[label]! % 5 === 0 ? heldOut : training;
    part.pixels.push(row.slice(0, PIXELS).map((pixel) => pixel / BRIGHTEST));
    part.labels.push(label);
  }
  return { training, heldOut };
}
