import { describe, expect, test } from 'vitest';
import { momentsOf, optimizer, optimizerCode } from '../bindings/optimizer.js';
import { expectError } from './throws.js';

const resolved = (value: unknown): unknown => optimizer(value, 'optimizer');

describe('an optimizer', () => {
  test.each([
    { name: 'sgd', momentum: 0, nesterov: false },
    { name: 'rmsprop', alpha: 0.99, epsilon: 1e-8 },
    { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    { name: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
  ])('$name has PyTorch’s defaults', (defaults) => {
    expect(resolved(defaults.name)).toEqual(defaults);
    expect(resolved({ name: defaults.name })).toEqual(defaults);
    const undefineds = Object.fromEntries(Object.keys(defaults).map((option) => [option, undefined]));
    expect(resolved({ ...undefineds, name: defaults.name })).toEqual(defaults);
  });

  test.each([
    { name: 'sgd', momentum: 0.5, nesterov: true },
    { name: 'sgd', momentum: 0.999, nesterov: false },
    { name: 'rmsprop', alpha: 0, epsilon: 1e-300 },
    { name: 'adam', beta1: 0, beta2: 0, epsilon: 1 },
    { name: 'adamw', beta1: 0.5, beta2: 0.25, epsilon: 2, weightDecay: 0 },
  ])('what is given holds: %j', (given) => {
    expect(resolved(given)).toEqual(given);
    expect(resolved(given)).not.toBe(given);
  });

  test('keeps as many moments as it needs', () => {
    const moments = (value: unknown): number => momentsOf(optimizer(value, 'optimizer'));
    expect(moments('sgd')).toBe(0);
    expect(moments({ name: 'sgd', momentum: 0.9 })).toBe(1);
    expect(moments('rmsprop')).toBe(1);
    expect(moments('adam')).toBe(2);
    expect(moments('adamw')).toBe(2);
  });

  test('goes to the core as a number with four settings', () => {
    const code = (value: unknown): number[] => optimizerCode(optimizer(value, 'optimizer'));
    expect(code('sgd')).toEqual([0, 0, 0, 0, 0]);
    expect(code({ nesterov: true, momentum: 0.9, name: 'sgd' })).toEqual([0, 0.9, 1, 0, 0]);
    expect(code('rmsprop')).toEqual([1, 0.99, 1e-8, 0, 0]);
    expect(code('adam')).toEqual([2, 0.9, 0.999, 1e-8, 0]);
    expect(code({ name: 'adamw', weightDecay: 0.5, beta1: 0.8 })).toEqual([3, 0.8, 0.999, 1e-8, 0.5]);
  });
});

const names = '"sgd" or "rmsprop" or "adam" or "adamw"';
const only = (option: string, optimizers: string): string =>
  `unknown option "optimizer.${option}", only ${optimizers} has it`;
const inRange = (option: string, range: string, got: string): string =>
  `"optimizer.${option}" expected a ${range}, got ${got}`;
const share = 'number in [0, 1)';
const above0 = 'finite number > 0';

const bad: [value: unknown, kind: typeof TypeError | typeof RangeError, message: string][] = [
  ['Adam', RangeError, `"optimizer" expected ${names}, got "Adam", did you mean "adam"?`],
  ['adagrad', RangeError, `"optimizer" expected ${names}, got "adagrad"`],
  [null, TypeError, `"optimizer" expected ${names}, got null`],
  [undefined, TypeError, `"optimizer" expected ${names}, got undefined`],
  [0.9, TypeError, `"optimizer" expected ${names}, got 0.9`],
  [{}, TypeError, `"optimizer.name" expected ${names}, got undefined`],
  [['adam'], TypeError, `"optimizer.name" expected ${names}, got undefined`],
  [
    { name: 'RMSProp' },
    RangeError,
    `"optimizer.name" expected ${names}, got "RMSProp", did you mean "rmsprop"?`,
  ],
  // Options that another optimizer has.
  [{ name: 'adam', weightDecay: 0.01 }, TypeError, only('weightDecay', '"adamw"')],
  [{ name: 'adam', momentum: 0.9 }, TypeError, only('momentum', '"sgd"')],
  [{ name: 'rmsprop', momentum: 0.9 }, TypeError, only('momentum', '"sgd"')],
  [{ name: 'sgd', epsilon: 1e-8 }, TypeError, only('epsilon', '"rmsprop" or "adam" or "adamw"')],
  [{ name: 'adamw', nesterov: true }, TypeError, only('nesterov', '"sgd"')],
  // Options that none has.
  [
    { name: 'adam', eps: 1e-8 },
    TypeError,
    'unknown option "optimizer.eps", did you mean "optimizer.epsilon"?',
  ],
  [
    { name: 'adam', beta: 0.9 },
    TypeError,
    'unknown option "optimizer.beta", did you mean "optimizer.beta1"?',
  ],
  [
    { name: 'adam', learningRate: 0.1 },
    TypeError,
    'unknown option "optimizer.learningRate", expected one of name, beta1, beta2, epsilon',
  ],
  [{ name: 'sgd', momentum: 1 }, RangeError, inRange('momentum', share, '1')],
  [{ name: 'sgd', momentum: -0.1 }, RangeError, inRange('momentum', share, '-0.1')],
  [{ name: 'sgd', momentum: '0.9' }, TypeError, inRange('momentum', share, '"0.9"')],
  [{ name: 'sgd', nesterov: 1 }, TypeError, inRange('nesterov', 'boolean', '1')],
  [{ name: 'rmsprop', alpha: 1 }, RangeError, inRange('alpha', share, '1')],
  [{ name: 'rmsprop', epsilon: 0 }, RangeError, inRange('epsilon', above0, '0')],
  [{ name: 'adam', beta1: 1 }, RangeError, inRange('beta1', share, '1')],
  [{ name: 'adam', beta2: NaN }, RangeError, inRange('beta2', share, 'NaN')],
  [{ name: 'adam', epsilon: Infinity }, RangeError, inRange('epsilon', above0, 'Infinity')],
  [{ name: 'adamw', weightDecay: -1 }, RangeError, inRange('weightDecay', 'finite number >= 0', '-1')],
  [{ name: 'adamw', weightDecay: null }, TypeError, inRange('weightDecay', 'finite number >= 0', 'null')],
];

test.each(bad)('refuses %#: %o', (value, kind, message) => {
  expectError(() => resolved(value), kind, message);
});
