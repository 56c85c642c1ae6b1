// The wording of every argument error: `"label" expected X, got Y`.

const LONGEST = 40;

/** `"label" expected X, got Y`; `tail` says where, or the remedy. */
export function mismatch(label: string, expected: string, value: unknown, tail = ''): string {
  return `"${label}" expected ${expected}, got ${describe(value)}${tail}`;
}

/** The error for two options that cannot hold together. */
export function contradiction(label: string, other: string, how: string, remedy: string): RangeError {
  return new RangeError(`"${label}" contradicts "${other}", which ${how}; ${remedy}`);
}

/** `, did you mean "learningRate"?`, or nothing when no known name is near. */
export function didYouMean(name: string, known: readonly string[], prefix = ''): string {
  const match = nearest(name, known);
  return match === undefined ? '' : `, did you mean "${prefix}${match}"?`;
}

/** Any value in a few words. Never throws, whatever proxies and getters do. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(cut(value));
    case 'bigint':
      return `${cut(String(value))}n`;
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'function':
    case 'object':
      return value === null ? 'null' : describeObject(value);
    default:
      return cut(String(value));
  }
}

function describeObject(value: object): string {
  try {
    if (typeof value === 'function') return `function ${nameOf(value)}`.trimEnd();
    const name = Array.isArray(value) ? 'array' : nameOf(value.constructor) || 'object';
    const { length } = value as { length?: unknown };
    return typeof length === 'number' ? `${name} of length ${length}` : name;
  } catch {
    return 'object';
  }
}

function nameOf(fn: unknown): string {
  return typeof fn === 'function' && typeof fn.name === 'string' ? cut(fn.name) : '';
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/**
 * The known name with the fewest edits to `name`, letter case apart.
 * If even that one needs edits for more than half of its letters or leaves a single one, as "l2" does of "lr", the
 * first that begins with `name`, as "epsilon" with "eps", else undefined: a far-fetched guess misleads.
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Infinity;
  for (const candidate of known) {
    const longer = Math.max(name.length, candidate.length);
    // The lengths alone cost that many edits, and no caller's megabyte of a key is compared.
    if (Math.abs(name.length - candidate.length) > longer / 2) continue;
    const edits = editDistance(name.toLowerCase(), candidate.toLowerCase());
    const kept = longer - edits;
    if (edits <= kept && (edits === 0 || kept > 1) && edits < fewest) {
      fewest = edits;
      best = candidate;
    }
  }
  return best ?? known.find((candidate) => name.length > 1 && candidate.startsWith(name));
}

/** Levenshtein's distance: insertions, deletions and substitutions that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substituted, above[j]! + 1, row[j - 1]! + 1));
    }
    above = row;
  }
  return above[b.length]!;
}
