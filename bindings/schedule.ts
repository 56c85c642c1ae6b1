import { isObject } from './arrays.js';
import { count, fractionOrOne, nonNegative, oneOf, positive, positiveCount, type Check } from './checks.js';
import { contradiction, mismatch } from './messages.js';
import { havingOption, resolve, withDefault, type Rules } from './rules.js';

/**
 * The learning rate by the passes t that the network has made, over all its trainings. With `warmup` w it rises first,
 * initial · (t + 1) / w for t < w; then, with s = t − w:
 *
 * - `constant`: initial
 * - `step`: initial · factor^⌊s / every⌋
 * - `exponential`: initial · factor^s
 * - `cosine`: final + (initial − final) / 2 · (1 + cos(π · min(s, n) / n)), n = iterations − w (Loshchilov and Hutter, 2017)
 */
export type Schedule = Common &
  (
    | { readonly schedule: 'constant' }
    | {
        readonly schedule: 'step';
        /** Passes, integer >= 1. */
        readonly every: number;
        /** In (0, 1]; default 0.1. */
        readonly factor?: number | undefined;
      }
    | {
        readonly schedule: 'exponential';
        /** In (0, 1]. */
        readonly factor: number;
      }
    | {
        readonly schedule: 'cosine';
        /** Finite and >= 0; default 0. */
        readonly final?: number | undefined;
        /** Passes until `final` is reached, integer > warmup; default the network's iterations, which have to be more too. */
        readonly iterations?: number | undefined;
      }
  );

interface Common {
  /** Step size, finite and > 0. */
  readonly initial: number;
  /** Passes, integer >= 0; default 0. */
  readonly warmup?: number | undefined;
}

/** A step size, a schedule, or a function of the passes that the network has made, which returns a number >= 0. */
export type LearningRate = number | Schedule | ((iteration: number) => number);

interface Settings {
  readonly initial: number;
  readonly warmup: number;
  readonly every: number;
  readonly factor: number;
  readonly final: number;
  readonly iterations: number;
}

interface Kind {
  /** For a network that makes that many passes by default. */
  readonly rules: (iterations: number) => Partial<Rules<Settings>>;
  readonly rate: (s: number, settings: Settings) => number;
}

const KINDS: Readonly<Record<Schedule['schedule'], Kind>> = {
  constant: { rules: () => ({}), rate: (_, { initial }) => initial },
  step: {
    rules: () => ({ every: positiveCount, factor: withDefault(0.1, fractionOrOne) }),
    rate: (s, { initial, every, factor }) => initial * power(factor, Math.floor(s / every)),
  },
  exponential: {
    rules: () => ({ factor: fractionOrOne }),
    rate: (s, { initial, factor }) => initial * power(factor, s),
  },
  cosine: {
    rules: (iterations) => ({ final: withDefault(0, nonNegative), iterations: cosineLength(iterations) }),
    rate: (s, { initial, final, iterations, warmup }) => {
      const share = halfCosine(Math.min(1, s / (iterations - warmup)));
      return initial * share + final * (1 - share);
    },
  },
};

const NAMES = Object.keys(KINDS) as Schedule['schedule'][];

/** The check of a learning rate in a network that makes that many passes by default. */
export function learningRate(iterations: number): Check<LearningRate> {
  return (value, label) => {
    if (typeof value === 'function') return value as (iteration: number) => number;
    if (!isObject(value)) return stepSize(value, label);
    const { schedule } = value as { schedule?: unknown };
    const known = oneOf(NAMES)(schedule, `${label}.schedule`);
    const kinds = Object.fromEntries(NAMES.map((name) => [name, KINDS[name].rules(iterations)]));
    const rules: object = {
      schedule: () => known,
      initial: positive,
      warmup: withDefault(0, count),
      ...kinds[known],
    };
    return resolve(value, rules as Rules<Schedule>, label, havingOption(kinds));
  };
}

const stepSize: Check<number> = (value, label) => {
  if (typeof value === 'number') return positive(value, label);
  throw new TypeError(mismatch(label, 'a finite number > 0, a schedule or a function', value));
};

function cosineLength(iterations: number): Rules<Settings>['iterations'] {
  return (value, label, { warmup }) => {
    const length = withDefault(Math.max(1, iterations), positiveCount)(value, label);
    if (length > warmup) return length;
    throw contradiction('learningRate.warmup', label, `is ${length}`, 'the cosine needs passes after it');
  };
}

/**
 * The learning rates of the passes from `iteration` on.
 *
 * @returns how many there are before a function throws
 * @throws what it throws for the first
 */
export function fillRates(rates: Float64Array, rate: LearningRate, iteration: number): number {
  // Where a pass takes 300 ns, a call for each of their rates would be seen.
  if (typeof rate === 'number') rates.fill(rate);
  else
    for (let i = 0; i < rates.length; i++)
      try {
        rates[i] = rateAt(rate, iteration + i);
      } catch (error) {
        // The passes before that one are still to be made.
        if (i === 0) throw error;
        return i;
      }
  return rates.length;
}

function rateAt(rate: Exclude<LearningRate, number>, iteration: number): number {
  if (typeof rate === 'function') return checkRate(rate(iteration), iteration);
  // Resolved, a schedule has the settings of its kind, of which its public type leaves some to defaults.
  const settings = rate as unknown as Settings;
  const { initial, warmup } = settings;
  if (iteration < warmup) return (initial * (iteration + 1)) / warmup;
  return KINDS[rate.schedule].rate(iteration - warmup, settings);
}

function checkRate(rate: unknown, iteration: number): number {
  return nonNegative(rate, `learningRate(${iteration})`);
}

/** xⁿ by squaring, for an integer n >= 0: Math.pow differs from engine to engine. */
function power(x: number, n: number): number {
  let result = 1;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2), x *= x) if (rest % 2 === 1) result *= x;
  return result;
}

/**
 * (1 + cos πu) / 2 for u in [0, 1], 1 and 0 at its ends: sin²(π(1 − u)/2), the first half mirrored, with the sine by
 * Taylor's series, to about 1e-16. Math.cos differs from engine to engine.
 */
function halfCosine(u: number): number {
  if (u < 0.5) return 1 - halfCosine(1 - u);
  const y = (Math.PI / 2) * (1 - u);
  let term = y;
  let sine = y;
  for (let n = 2; n <= 16; n += 2) {
    term *= (-y * y) / (n * (n + 1));
    sine += term;
  }
  return sine * sine;
}
