/** One flat loop over the parameter block each. */

/**
 * Gradient descent: p ← p − rate·g over `bytes` bytes; g is left holding the parameters before the step, so that a
 * step can be taken back. Returns whether every new parameter is finite.
 */
export function descend<T extends number>(bytes: usize, p: usize, g: usize, rate: f64): bool {
  const rates = v128.splat<T>(<T>rate);
  // x − x is 0 for finite x and NaN for the others
  let suspect = i64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const before = v128.load(p + at);
    const after = v128.sub<T>(before, v128.mul<T>(rates, v128.load(g + at)));
    suspect = v128.or(suspect, v128.sub<T>(after, after));
    v128.store(p + at, after);
    v128.store(g + at, before);
  }
  return !v128.any_true(suspect);
}
