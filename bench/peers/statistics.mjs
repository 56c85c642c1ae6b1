/** The q-quantile of sorted values, interpolated. */
function quantile(sorted, q) {
  const position = q * (sorted.length - 1),
    below = Math.floor(position),
    above = Math.ceil(position);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/** Minimum, median, and spread: the interquartile range as a share of the median. */
export function summarize(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const median = quantile(sorted, 0.5);
  return { minimum: sorted[0], median, spread: (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / median };
}
