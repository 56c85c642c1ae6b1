/** A network's parameters, an array for each matrix and vector. */
export function numbersOf(nn) {
  const { weights, biases } = nn.getParameters();
  return [...weights.map(({ data }) => data), ...biases];
}
