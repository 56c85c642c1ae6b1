/** Pearson's statistic of counts against equal expectations; with n of them it has n − 1 degrees of freedom. */
export function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
