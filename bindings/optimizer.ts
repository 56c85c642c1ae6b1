import { isObject } from './arrays.js';
import { flag, fraction, nonNegative, oneOf, positive, type Check } from './checks.js';
import { contradiction } from './messages.js';
import { havingOption, resolve, withDefault, type Rules } from './rules.js';

/**
 * Gradient descent: p ← p − learningRate · g; with momentum, m ← momentum · m + g takes the place of g, and with
 * Nesterov's, g + momentum · m. The formulas are those of `torch.optim.SGD`.
 */
export interface SgdOptions {
  readonly name: 'sgd';
  /** In [0, 1); default 0. */
  readonly momentum?: number | undefined;
  /** Default false; true wants momentum. */
  readonly nesterov?: boolean | undefined;
}

/** v ← alpha · v + (1 − alpha) · g²; p ← p − learningRate · g / (√v + epsilon), as `torch.optim.RMSprop`. */
export interface RmsPropOptions {
  readonly name: 'rmsprop';
  /** In [0, 1); default 0.99. */
  readonly alpha?: number | undefined;
  /** Finite and > 0; default 1e-8. */
  readonly epsilon?: number | undefined;
}

/**
 * m ← beta1 · m + (1 − beta1) · g; v ← beta2 · v + (1 − beta2) · g²;
 * p ← p − learningRate · m̂ / (√v̂ + epsilon), m̂ = m / (1 − beta1ᵗ), v̂ = v / (1 − beta2ᵗ), as `torch.optim.Adam`.
 */
export interface AdamOptions {
  readonly name: 'adam';
  /** In [0, 1); default 0.9. */
  readonly beta1?: number | undefined;
  /** In [0, 1); default 0.999. */
  readonly beta2?: number | undefined;
  /** Finite and > 0; default 1e-8. */
  readonly epsilon?: number | undefined;
}

/** As Adam, after p ← p − learningRate · weightDecay · p for weights and biases, as `torch.optim.AdamW`. */
export interface AdamWOptions extends Omit<AdamOptions, 'name'> {
  readonly name: 'adamw';
  /** Finite and >= 0; default 0.01. */
  readonly weightDecay?: number | undefined;
}

export type OptimizerOptions = SgdOptions | RmsPropOptions | AdamOptions | AdamWOptions;

/** The rule of the update, by its name or with its settings. */
export type Optimizer = OptimizerOptions['name'] | OptimizerOptions;

/** An optimiser, checked and complete. */
export type ResolvedOptimizer = {
  readonly [K in OptimizerOptions['name']]: Complete<K>;
}[OptimizerOptions['name']];

type Complete<K> = { readonly [P in keyof Named<K>]-?: Exclude<Named<K>[P], undefined> };
type Named<K> = Extract<OptimizerOptions, { name: K }>;

const epsilon = withDefault(1e-8, positive);
const ADAM = {
  beta1: withDefault(0.9, fraction),
  beta2: withDefault(0.999, fraction),
  epsilon,
};

/** The settings of each, in the order in which the core takes them; the optimisers in the order of its enum. */
export const OPTIMIZER_SETTINGS: {
  readonly [K in OptimizerOptions['name']]: Rules<Omit<Complete<K>, 'name'>>;
} = {
  sgd: { momentum: withDefault(0, fraction), nesterov: withDefault(false, flag) },
  rmsprop: { alpha: withDefault(0.99, fraction), epsilon },
  adam: ADAM,
  adamw: { ...ADAM, weightDecay: withDefault(0.01, nonNegative) },
};

const NAMES = Object.keys(OPTIMIZER_SETTINGS) as OptimizerOptions['name'][];

const elsewhere = havingOption(OPTIMIZER_SETTINGS);

/** The optimiser by its name or with its settings. */
export const optimizer: Check<ResolvedOptimizer> = (value, label) => {
  const given = isObject(value) ? value : { name: value };
  const { name } = given as { name?: unknown };
  const known = oneOf(NAMES)(name, given === value ? `${label}.name` : label);
  const rules: object = { name: () => known, ...OPTIMIZER_SETTINGS[known] };
  const resolved = resolve(given, rules as Rules<ResolvedOptimizer>, label, elsewhere);
  if (resolved.name === 'sgd' && resolved.nesterov && resolved.momentum === 0)
    throw contradiction(`${label}.nesterov`, `${label}.momentum`, 'is 0', 'give a momentum, 0.9 is usual');
  return resolved;
};

/** How many numbers the optimiser keeps for each parameter. */
export function momentsOf(resolved: ResolvedOptimizer): number {
  if (resolved.name === 'sgd') return resolved.momentum > 0 ? 1 : 0;
  return resolved.name === 'rmsprop' ? 1 : 2;
}

/** The optimiser as the core takes it: its number, and its settings in their order. */
export function optimizerCode(
  resolved: ResolvedOptimizer,
): [optimizer: number, s0: number, s1: number, s2: number, s3: number] {
  const { name, ...settings } = resolved;
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = Object.values<number | boolean>(settings).map(Number);
  return [NAMES.indexOf(name), s0, s1, s2, s3];
}
