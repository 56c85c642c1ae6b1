// Measured speeds as shares of the limit of the same binary and precision in the same rounds.
/** Operations a second, in 1e9; `measure` is 'median' or 'minimum' of the seconds. */
export const gflops = (result, measure = 'median') => result.flop / result[measure] / 1e9;

const alike = (a, b) => a.binary === b.binary && a.precision === b.precision;

export const isLimit = ({ name }) => name === 'limit';

/** The limit that was measured with a result of these results. */
export const limitOf = (result, results) =>
  results.find((candidate) => isLimit(candidate) && alike(candidate, result));

/** The share of its limit that a result of these results reaches. */
export function shareOf(result, results, measure = 'median') {
  return gflops(result, measure) / gflops(limitOf(result, results), measure);
}

/** (greatest − least) / least */
export function variation(values) {
  const least = Math.min(...values);
  return (Math.max(...values) - least) / least;
}
