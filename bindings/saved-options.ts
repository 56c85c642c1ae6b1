import type { ResolvedOptions } from './options.js';

/**
 * Constructor options as plain JSON values, without those that stand elsewhere in a file, and without infinities, which
 * are defaults. A function, which only the learning rate may be, has no JSON: null says that there was one.
 */
export function savedOptions(options: ResolvedOptions): Record<string, unknown> {
  const { precision: _, classes: __, ...rest } = options;
  return Object.fromEntries(
    Object.entries(rest).flatMap(([name, value]) =>
      value === Infinity ? [] : [[name, typeof value === 'function' ? null : value]],
    ),
  );
}
