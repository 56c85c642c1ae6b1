import { describe, expect, test } from 'vitest';
import { FeedforwardNN } from '../bindings/index.js';
import { fillRates, learningRate, type LearningRate } from '../bindings/schedule.js';
import { expectError } from './throws.js';

const ITERATIONS = 50;
const resolved = (value: unknown): LearningRate => learningRate(ITERATIONS)(value, 'learningRate');
const rates = (value: unknown, count = 120, first = 0): number[] => {
  const filled = new Float64Array(count);
  fillRates(filled, resolved(value), first);
  return [...filled];
};

/** Within 4 units in the last place of a number near the largest of the expected. */
function expectClose(actual: readonly number[], expected: readonly number[]): void {
  const largest = Math.max(...expected);
  actual.forEach((rate, t) => {
    expect(Math.abs(rate - expected[t]!), `t = ${t}`).toBeLessThanOrEqual(largest * 2 ** -50);
  });
}

const initial = 0.3;
const formulas: [schedule: object, rate: (s: number, warmup: number) => number][] = [
  [{ schedule: 'constant' }, () => initial],
  [{ schedule: 'step', every: 7 }, (s) => initial * 0.1 ** Math.floor(s / 7)],
  [{ schedule: 'step', every: 1, factor: 0.5 }, (s) => initial * 0.5 ** s],
  [{ schedule: 'step', every: 1000, factor: 1 }, () => initial],
  [{ schedule: 'exponential', factor: 0.95 }, (s) => initial * 0.95 ** s],
  [{ schedule: 'exponential', factor: 1 }, () => initial],
  [{ schedule: 'cosine' }, (s, w) => cosine(0, s, ITERATIONS - w)],
  [{ schedule: 'cosine', final: 0.02 }, (s, w) => cosine(0.02, s, ITERATIONS - w)],
  [{ schedule: 'cosine', final: 1, iterations: 100 }, (s, w) => cosine(1, s, 100 - w)],
];

function cosine(final: number, s: number, n: number): number {
  return final + ((initial - final) / 2) * (1 + Math.cos((Math.PI * Math.min(s, n)) / n));
}

describe.each([0, 1, 5])('after %i passes of warm-up', (warmup) => {
  test.each(formulas)('%j is its formula', (schedule, rate) => {
    const expected = Array.from({ length: 120 }, (_, t) =>
      t < warmup ? (initial * (t + 1)) / warmup : rate(t - warmup, warmup),
    );
    expectClose(rates({ ...schedule, initial, warmup }), expected);
  });
});

test('each schedule begins at its initial rate, and cosine ends at its final one, to the bit', () => {
  for (const [schedule] of formulas) {
    expect(rates({ ...schedule, initial })[0]).toBe(initial);
    expect(rates({ ...schedule, initial, warmup: 4 }).slice(3, 5)).toEqual([initial, initial]);
  }
  for (const final of [0, 0.02]) {
    const rate = rates({ schedule: 'cosine', initial, final });
    expect(rate.slice(ITERATIONS)).toEqual(new Array<number>(120 - ITERATIONS).fill(final));
    expect(Math.min(...rate)).toBe(final);
  }
});

test('a rate fades to 0 and no further, however long the training', () => {
  expect(rates({ schedule: 'exponential', initial, factor: 0.5 }, 1, 2 ** 40)).toEqual([0]);
  expect(rates({ schedule: 'step', initial, every: 3 }, 1, Number.MAX_SAFE_INTEGER)).toEqual([0]);
});

test('cosine’s default length is that of the network, of one that makes no pass 1', () => {
  expect(resolved({ schedule: 'cosine', initial })).toMatchObject({ iterations: ITERATIONS });
  expect(resolved({ schedule: 'cosine', initial, warmup: 49 })).toMatchObject({ iterations: ITERATIONS });
  expect(learningRate(0)({ schedule: 'cosine', initial }, 'learningRate')).toMatchObject({ iterations: 1 });
});

test('a number is that number', () => {
  expect(rates(0.25, 3)).toEqual([0.25, 0.25, 0.25]);
  expect(rates(0.25, 3, 1000)).toEqual([0.25, 0.25, 0.25]);
});

test.each([1, 3, 10])(
  'a function that throws at a pass leaves those before it made, reports every %i',
  (progressEvery) => {
    using network = new FeedforwardNN({ layers: [1, 2] });
    const reason = new Error('no more');
    const learningRate = (iteration: number): number => {
      if (iteration === 5) throw reason;
      return 0.1;
    };
    expect(() => network.train([[1]], [0], { iterations: 10, progressEvery, learningRate })).toThrow(reason);
    expect(network.iteration).toBe(5);
    using other = new FeedforwardNN({ layers: [1, 2] });
    other.train([[1]], [0], { iterations: 5, learningRate: 0.1 });
    expect(network.getParameters()).toEqual(other.getParameters());
  },
);

describe('a function of the iteration', () => {
  const x = [[1], [2], [3]];
  const y = [0, 1, 1];
  const layers = [1, 2];

  test('is asked once for each pass, and goes on over calls of train', () => {
    const asked: number[] = [];
    const rate = (iteration: number): number => {
      asked.push(iteration);
      return 1 / (iteration + 1);
    };
    using network = new FeedforwardNN({ layers, learningRate: rate });
    network.train(x, y, { iterations: 3 });
    network.partialFit(x, y);
    network.train(x, y, { iterations: 2 });
    expect(asked).toEqual([0, 1, 2, 3, 4, 5]);
    expect(network.iteration).toBe(6);
  });

  test('gives the bits of the same rates one by one', () => {
    using network = new FeedforwardNN({ layers, learningRate: (t) => 1 / (t + 1) });
    using stepped = new FeedforwardNN({ layers });
    network.train(x, y, { iterations: 5 });
    for (let t = 0; t < 5; t++) stepped.train(x, y, { iterations: 1, learningRate: 1 / (t + 1) });
    expect(network.getParameters()).toEqual(stepped.getParameters());
  });

  test.each<[rate: unknown, kind: typeof TypeError | typeof RangeError, got: string]>([
    [NaN, RangeError, 'NaN'],
    [-0.1, RangeError, '-0.1'],
    [Infinity, RangeError, 'Infinity'],
    [undefined, TypeError, 'undefined'],
    ['0.1', TypeError, '"0.1"'],
  ])('that returns %s is refused with its iteration, and the passes before it hold', (rate, kind, got) => {
    const failing = (iteration: number): number => (iteration === 7 ? (rate as number) : 0.5);
    using network = new FeedforwardNN({ layers });
    expectError(
      () => network.train(x, y, { iterations: 10, learningRate: failing }),
      kind,
      `"learningRate(7)" expected a finite number >= 0, got ${got}`,
    );
    using other = new FeedforwardNN({ layers });
    other.train(x, y, { iterations: 7, learningRate: 0.5 });
    expect(network.iteration).toBe(7);
    expect(network.getParameters()).toEqual(other.getParameters());
    expect(network.train(x, y, { iterations: 1 }).iterations).toBe(1);
  });

  test('that fails in trainAsync leaves the passes before it too', async () => {
    const failing = (iteration: number): number => {
      if (iteration === 7) throw new Error('mine');
      return 0.5;
    };
    using network = new FeedforwardNN({ layers });
    // Validation takes the passes one by one; without it a report comes before each stretch of them.
    const options = { iterations: 1000, learningRate: failing, validation: { x, y } };
    await expect(network.trainAsync(x, y, options)).rejects.toThrow('mine');
    using other = new FeedforwardNN({ layers });
    other.train(x, y, { iterations: 7, learningRate: 0.5 });
    expect(network.iteration).toBe(7);
    expect(network.getParameters()).toEqual(other.getParameters());
  });

  test('may return 0', () => {
    using network = new FeedforwardNN({ layers, learningRate: () => 0 });
    const before = network.getParameters();
    network.train(x, y, { iterations: 2 });
    expect(network.getParameters()).toEqual(before);
  });
});

test('a schedule goes on over calls of train', () => {
  const options = { layers: [1, 2], learningRate: { schedule: 'step', initial: 1, every: 3 } } as const;
  const x = [[1], [2]];
  using once = new FeedforwardNN(options);
  using twice = new FeedforwardNN(options);
  once.train(x, [0, 1], { iterations: 8 });
  for (const iterations of [1, 4, 3]) twice.train(x, [0, 1], { iterations });
  expect(twice.getParameters()).toEqual(once.getParameters());
});

const kinds = '"constant" or "step" or "exponential" or "cosine"';
const above0 = 'a finite number > 0';
const upTo1 = 'a number in (0, 1]';
const expected = (option: string, what: string, got: string): string =>
  `"learningRate${option}" expected ${what}, got ${got}`;
const anyRate = expected('', `${above0}, a schedule or a function`, '');
const unknown = (option: string, remedy: string): string =>
  `unknown option "learningRate.${option}", ${remedy}`;

const bad: [value: unknown, kind: typeof TypeError | typeof RangeError, message: string][] = [
  [0, RangeError, expected('', above0, '0')],
  [-0.1, RangeError, expected('', above0, '-0.1')],
  [NaN, RangeError, expected('', above0, 'NaN')],
  [Infinity, RangeError, expected('', above0, 'Infinity')],
  ['0.1', TypeError, `${anyRate}"0.1"`],
  ['cosine', TypeError, `${anyRate}"cosine"`],
  [null, TypeError, `${anyRate}null`],
  [1n, TypeError, `${anyRate}1n`],
  [{}, TypeError, expected('.schedule', kinds, 'undefined')],
  [{ schedule: 'Cosine' }, RangeError, `${expected('.schedule', kinds, '"Cosine"')}, did you mean "cosine"?`],
  [{ schedule: 'plateau' }, RangeError, expected('.schedule', kinds, '"plateau"')],
  [{ schedule: 'constant' }, TypeError, expected('.initial', above0, 'undefined')],
  [{ schedule: 'constant', initial: 0 }, RangeError, expected('.initial', above0, '0')],
  [
    { schedule: 'constant', initial, warmup: -1 },
    RangeError,
    expected('.warmup', 'a safe integer >= 0', '-1'),
  ],
  [
    { schedule: 'constant', initial, warmup: null },
    TypeError,
    expected('.warmup', 'a safe integer >= 0', 'null'),
  ],
  [{ schedule: 'step', initial }, TypeError, expected('.every', 'a safe integer >= 1', 'undefined')],
  [{ schedule: 'step', initial, every: 0 }, RangeError, expected('.every', 'a safe integer >= 1', '0')],
  [{ schedule: 'step', initial, every: 5, factor: 0 }, RangeError, expected('.factor', upTo1, '0')],
  [{ schedule: 'exponential', initial }, TypeError, expected('.factor', upTo1, 'undefined')],
  [{ schedule: 'exponential', initial, factor: 1.1 }, RangeError, expected('.factor', upTo1, '1.1')],
  [{ schedule: 'cosine', initial, final: -1 }, RangeError, expected('.final', 'a finite number >= 0', '-1')],
  [
    { schedule: 'cosine', initial, iterations: 10, warmup: 10 },
    RangeError,
    '"learningRate.warmup" contradicts "learningRate.iterations", which is 10; the cosine needs passes after it',
  ],
  [
    { schedule: 'cosine', initial, warmup: 50 },
    RangeError,
    '"learningRate.warmup" contradicts "learningRate.iterations", which is 50; the cosine needs passes after it',
  ],
  [
    { schedule: 'cosine', initial, iterations: null },
    TypeError,
    expected('.iterations', 'a safe integer >= 1', 'null'),
  ],
  // Options that another schedule has.
  [
    { schedule: 'cosine', initial, factor: 0.5 },
    TypeError,
    unknown('factor', 'only "step" or "exponential" has it'),
  ],
  [{ schedule: 'exponential', initial, every: 2 }, TypeError, unknown('every', 'only "step" has it')],
  [{ schedule: 'step', initial, iterations: 9 }, TypeError, unknown('iterations', 'only "cosine" has it')],
  // Options that none has.
  [
    { schedule: 'step', initial, every: 9, warmUp: 1 },
    TypeError,
    unknown('warmUp', 'did you mean "learningRate.warmup"?'),
  ],
  [
    { schedule: 'constant', initial, rate: 1 },
    TypeError,
    unknown('rate', 'expected one of schedule, initial, warmup'),
  ],
];

test.each(bad)('refuses %#: %o', (value, kind, message) => {
  expectError(() => resolved(value), kind, message);
});
