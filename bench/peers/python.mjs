// What the two Python peers share: each precision with one thread, and with all cores.
import { fileURLToPath } from 'node:url';
import { start } from './line-protocol.mjs';
import { cores } from './machine.mjs';

/** Debian's packages belong to Debian's interpreter. */
const INTERPRETER = '/usr/bin/python3';

export function pythonContestants(script, id, name) {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const threadCounts = [...new Set([1, cores])];
  const variants = threadCounts.flatMap((threads) =>
    ['f64', 'f32'].map((precision) => ({ threads, precision })),
  );
  return Promise.all(
    variants.map(async ({ threads, precision }) => ({
      id: `${id}-${precision}${threads === 1 ? '' : `-${threads}threads`}`,
      name,
      precision,
      threads,
      ...(await start(INTERPRETER, [file, precision, threads], threads)),
    })),
  );
}
