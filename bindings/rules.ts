import { isObject } from './arrays.js';
import { oneOfNames, type Check } from './checks.js';
import { describe, didYouMean, mismatch } from './messages.js';

/**
 * One rule per option: takes what the caller gave (undefined if nothing), gives what holds.
 * Rules run in their order; `above` has the results of those before.
 */
export type Rules<T> = {
  readonly [K in keyof T]: (value: unknown, label: string, above: Readonly<T>) => T[K];
};

/** The check for whoever gives a value, the default for whoever does not. */
export function withDefault<T>(fallback: T, check: Check<T>): Check<T> {
  return (value, label) => (value === undefined ? fallback : check(value, label));
}

/**
 * Without Object's prototype, whose "__proto__" would swallow an option of that name, as a class may have. What
 * Object.create(null) makes is a dictionary in V8, and a call of `train` took a third longer.
 */
class Bare {
  static {
    Object.setPrototypeOf(this.prototype, null);
  }
}

/**
 * Applies the rules to a caller's options into an object of our own.
 * Only own properties count and each is read once, so neither a polluted prototype nor a getter gets past a check.
 * `path` is the option that holds these options, for the messages, and `elsewhere` says who else has one of that name.
 *
 * @throws TypeError for anything but an object, and for an option without a rule
 */
export function resolve<T extends object>(
  options: unknown,
  rules: Rules<T>,
  path?: string,
  elsewhere?: (name: string) => string,
): T {
  const prefix = path === undefined ? '' : `${path}.`;
  const names = Object.keys(rules) as (keyof T & string)[];
  const given = optionsGiven(options, path);
  for (const name of given.keys())
    if (!Object.hasOwn(rules, name)) throw unknownOption(name, names, prefix, elsewhere?.(name));
  const resolved = new Bare() as T;
  for (const name of names) resolved[name] = rules[name](given.get(name), prefix + name, resolved);
  return { ...resolved };
}

/**
 * The error for an option that none of those names is.
 *
 * @param prefix the names' in messages
 * @param elsewhere says who else has it, if anyone
 */
export function unknownOption(
  name: string,
  names: readonly string[],
  prefix: string,
  elsewhere?: string,
): TypeError {
  return new TypeError(
    `unknown option ${describe(prefix + name)}` +
      (elsewhere || didYouMean(name, names, prefix) || `, expected one of ${names.join(', ')}`),
  );
}

/**
 * A caller's own options by name, each read once.
 *
 * @throws TypeError for anything but an object
 */
export function optionsGiven(options: unknown, path = 'options'): Map<string, unknown> {
  if (!isObject(options) || Array.isArray(options)) throw new TypeError(mismatch(path, 'an object', options));
  return new Map<string, unknown>(Object.entries(options));
}

/** Which kinds, of those whose rules these are, have an option; `what` they are. */
export function havingOption(kinds: Readonly<Record<string, object>>, what = ''): (option: string) => string {
  return (option) => {
    const names = Object.keys(kinds).filter((kind) => Object.hasOwn(kinds[kind]!, option));
    return names.length > 0 ? `, only ${what}${oneOfNames(names)} has it` : '';
  };
}
