import type { Activation } from '../bindings/index.js';

/** A function of the hidden layers with its derivative, in plain float64. */
interface Reference {
  readonly value: (z: number) => number;
  readonly slope: (z: number) => number;
}

const logistic = (z: number): number => (z < 0 ? Math.exp(z) / (1 + Math.exp(z)) : 1 / (1 + Math.exp(-z)));
const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** Φ(z), below −1 by Laplace's continued fraction, above by the series of odd powers (Marsaglia, 2004). */
export function normalCdf(z: number): number {
  if (z > 0) return 1 - normalCdf(-z);
  if (z < -1) {
    let fraction = -z;
    for (let k = 500; k > 0; k--) fraction = -z + k / fraction;
    return density(z) / fraction;
  }
  let sum = 0;
  for (let term = z, n = 1; sum + term !== sum; n += 2, term *= (z * z) / n) sum += term;
  return 0.5 + density(z) * sum;
}

export const ACTIVATION_REFERENCES: Readonly<Record<Activation, Reference>> = {
  tanh: { value: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
  relu: { value: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0) },
  leakyRelu: { value: (z) => (z > 0 ? z : 0.01 * z), slope: (z) => (z > 0 ? 1 : 0.01) },
  sigmoid: { value: logistic, slope: (z) => logistic(z) * logistic(-z) },
  elu: { value: (z) => (z > 0 ? z : Math.expm1(z)), slope: (z) => (z > 0 ? 1 : Math.exp(z)) },
  gelu: { value: (z) => z * normalCdf(z), slope: (z) => normalCdf(z) + z * density(z) },
  silu: { value: (z) => z * logistic(z), slope: (z) => logistic(z) * (1 + z * logistic(-z)) },
  softplus: { value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))), slope: logistic },
  identity: { value: (z) => z, slope: () => 1 },
};
