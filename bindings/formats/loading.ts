import type { Check } from '../checks.js';
import { ModelFileError, OutOfMemoryError } from '../errors.js';
import { describe, mismatch } from '../messages.js';

/**
 * Runs what reads a file with the checks that arguments have; what they refuse becomes a ModelFileError.
 *
 * @param hint at the cause, behind every message
 */
export function loading<T>(read: () => T, hint = ''): T {
  try {
    return read();
  } catch (cause) {
    const refused = cause instanceof TypeError || cause instanceof RangeError;
    if (!refused || cause instanceof OutOfMemoryError) throw cause;
    throw new ModelFileError(cause.message + hint, { cause });
  }
}

/** More than any model has, and far less than any stack holds. */
const DEEPEST = 64;

/**
 * JSON.parse, which by itself takes the last of two values with the same key and says nothing.
 *
 * @param json a text, or its UTF-8
 * @throws ModelFileError for anything else, for a key that stands twice in one object, and for deep nesting
 */
export function parseJSON(json: unknown, label: string): unknown {
  let text: string;
  let value: unknown;
  try {
    text =
      typeof json === 'string' ? json : new TextDecoder('utf-8', { fatal: true }).decode(json as Uint8Array);
    value = JSON.parse(text);
  } catch (cause) {
    throw new ModelFileError(mismatch(label, 'JSON', json), { cause });
  }
  const open: Set<unknown>[] = [];
  let begin = -1;
  // Brackets, and quotes with the colon behind a key: an expression for whole strings fails at 10⁷ escapes in one.
  for (const { 0: token, index } of text.matchAll(/\\.|"(?:\s*:)?|[[\]{}]/g)) {
    if (token[0] === '"') {
      if (begin >= 0 && token !== '"') addKey(open.at(-1)!, text.slice(begin, index + 1), label);
      begin = begin < 0 ? index : -1;
    } else if (begin < 0) {
      if (token === ']' || token === '}') open.pop();
      else if (open.push(new Set()) > DEEPEST) throw new ModelFileError(`"${label}" is nested too deeply`);
    }
  }
  return value;
}

function addKey(keys: Set<unknown>, quoted: string, label: string): void {
  // "a" and "\u0061" are the same key.
  const key: unknown = JSON.parse(quoted);
  if (keys.has(key)) throw new ModelFileError(`"${label}" has the key ${describe(key)} twice`);
  keys.add(key);
}

/** Arrays, of that length if there is one. */
export function listOf<T>(
  check: (value: unknown, label: string, index: number) => T,
  length?: number,
): Check<T[]> {
  return (value, label) => {
    if (!Array.isArray(value)) throw new TypeError(mismatch(label, 'an array', value));
    if (length !== undefined && value.length !== length)
      throw new RangeError(mismatch(label, `an array of length ${length}`, value));
    return Array.from<unknown, T>(value, (element, i) => check(element, `${label}[${i}]`, i));
  };
}
