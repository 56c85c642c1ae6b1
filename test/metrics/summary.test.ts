import { expect, test } from 'vitest';
import { summary } from '../../bindings/metrics/summary.js';

test('a network with hidden layers', () => {
  expect(`\n${summary([784, 128, 64, 10], ['relu', 'leakyRelu'], 'softmax', 'f32')}\n`).toBe(`
Layer     Function   Output shape  Parameters
─────────────────────────────────────────────
input                (m, 784)               0
hidden 1  relu       (m, 128)         100,480
hidden 2  leakyRelu  (m, 64)            8,256
output    softmax    (m, 10)              650
─────────────────────────────────────────────
Total: 109,386 parameters in f32
`);
});

test('a network without a hidden layer', () => {
  expect(`\n${summary([4, 1], [], 'sigmoid', 'f64')}\n`).toBe(`
Layer   Function  Output shape  Parameters
──────────────────────────────────────────
input             (m, 4)                 0
output  sigmoid   (m, 1)                 5
──────────────────────────────────────────
Total: 5 parameters in f64
`);
});

test.each([
  [[998, 1], '999'],
  [[999, 1], '1,000'],
  [[999_999, 1_000_000], '1,000,000,000,000'],
])('%j: the total is %s', (layers, total) => {
  expect(summary(layers, [], 'linear', 'f64').split('\n').at(-1)).toBe(`Total: ${total} parameters in f64`);
});
