import { describe, expect, test } from 'vitest';
import { FeedforwardNN } from '../../bindings/index.js';
import { CASES, bitsOf, dataOf } from './cases.js';

describe('a training in several calls gives the bits of one', () => {
  test.each(CASES)('$name', (each) => {
    const [x, y] = dataOf(each);
    using once = new FeedforwardNN(each.options);
    const whole = once.train(x, y, { ...each.train, iterations: 40 });
    using often = new FeedforwardNN(each.options);
    const parts = [1, 20, 19].map((iterations) => often.train(x, y, { ...each.train, iterations }));
    expect(bitsOf(often, ...parts)).toEqual(bitsOf(once, whole));
    expect(often.iteration).toBe(40);
  });
});

test('500 passes and 500 more are 1,000', () => {
  const each = CASES.find(({ name }) => name === 'adam')!;
  const [x, y] = dataOf(each);
  using once = new FeedforwardNN(each.options);
  const whole = once.train(x, y, { iterations: 1000 });
  using twice = new FeedforwardNN(each.options);
  const halves = [0, 1].map(() => twice.train(x, y, { iterations: 500 }));
  expect(bitsOf(twice, ...halves)).toEqual(bitsOf(once, whole));
});
