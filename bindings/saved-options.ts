import type { ResolvedOptions } from './options.js';

/**
 * Constructor options as plain JSON values, without those that stand elsewhere in a file, and without what has no JSON:
 * the learning rate's function, and infinities, which are defaults.
 */
export function savedOptions(options: ResolvedOptions): Record<string, unknown> {
  const { precision: _, classes: __, ...rest } = options;
  return Object.fromEntries(
    Object.entries(rest).filter(([, value]) => typeof value !== 'function' && value !== Infinity),
  );
}
