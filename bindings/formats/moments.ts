import { mismatch } from '../messages.js';
import { momentsOf, type ResolvedOptimizer } from '../optimizer.js';
import type { NetworkParameters } from '../results.js';
import type { TrainingState } from './state.js';

/** What torch.optim calls the moments of each optimiser; sgd has its one with momentum only. */
const MOMENTS: Readonly<Record<string, readonly string[]>> = {
  sgd: ['momentum_buffer'],
  rmsprop: ['square_avg'],
  adam: ['exp_avg', 'exp_avg_sq'],
  adamw: ['exp_avg', 'exp_avg_sq'],
};

/** Those that are means of squares. */
const SQUARES: readonly (string | undefined)[] = ['square_avg', 'exp_avg_sq'];

/** The names of the moments that an optimiser has or, of sgd, may have; none of an optimiser that is unknown. */
export function momentNames(optimizer: unknown = 'sgd'): readonly string[] {
  const name = typeof optimizer === 'string' ? optimizer : (Object(optimizer) as { name?: unknown }).name;
  return Object.entries(MOMENTS).find(([known]) => known === name)?.[1] ?? [];
}

/** Whether the moments of one are those of the other, as of adam and adamw, whatever the settings. */
export function shareMoments(a: ResolvedOptimizer, b: ResolvedOptimizer): boolean {
  return momentsOf(a) === momentsOf(b) && String(momentNames(a)) === String(momentNames(b));
}

/** @throws RangeError for means of squares below 0 */
export function checkMoments({ moments }: TrainingState, optimizer: ResolvedOptimizer): void {
  const names = momentNames(optimizer);
  moments.forEach((moment, k) => {
    const bad = SQUARES.includes(names[k]) ? findNumber(moment, (value) => value < 0) : undefined;
    if (bad !== undefined)
      throw new RangeError(mismatch(`training.moments[${k}]`, 'means of squares, so >= 0', bad));
  });
}

/** The first number of which that holds. */
export function findNumber(
  { weights, biases }: NetworkParameters,
  holds: (value: number) => boolean,
): number | undefined {
  for (const values of [...weights.map(({ data }) => data), ...biases]) {
    const found = values.find(holds);
    if (found !== undefined) return found;
  }
  return undefined;
}
