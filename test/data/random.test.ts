import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generator, inOrder, rowNumbers, shuffled as shuffling } from '../../bindings/data/random.js';
import { OutOfMemoryError } from '../../bindings/errors.js';
import { complete } from '../../bindings/interruptible.js';
import { expectError } from '../throws.js';
import { chiSquare } from './chi-square.js';

fc.configureGlobal({ seed: 1 });

describe('generator', () => {
  // From the authors' own C programs of SplitMix64 and xoshiro128** 1.1.
  test.each([
    [0, [3737715805, 2584255861, 2876756834, 3286328325, 1553311962]],
    [1, [1695105466, 1423115009, 634581793, 1068227753, 716759206]],
    [2 ** 32, [3857403066, 3761880522, 2833589495, 1190737128, 4014693229]],
    [2 ** 53 - 1, [1233166643, 1287031142, 661813442, 2960669951, 2601079046]],
  ])('from seed %i is that of the reference programs', (seed, numbers) => {
    const draw = generator(seed);
    expect(numbers.map(() => draw(2 ** 32))).toEqual(numbers);
  });

  test.each([1, 2, 3, 10, 1000, 2 ** 31, 3 * 2 ** 30, 2 ** 32])('stays below %i', (limit) => {
    const draw = generator(7);
    for (let i = 0; i < 1000; i++) {
      const drawn = draw(limit);
      expect(Number.isInteger(drawn) && drawn >= 0 && drawn < limit).toBe(true);
    }
  });

  test('favours no remainder of a limit that does not divide 2³²: chi-square below 13.8 of 2 degrees', () => {
    // A remainder alone would draw the first third half of the time.
    const draw = generator(0);
    const thirds = [0, 0, 0];
    for (let i = 0; i < 30_000; i++) thirds[Math.floor(draw(3 * 2 ** 30) / 2 ** 30)]!++;
    expect(chiSquare(thirds)).toBeLessThan(13.8);
  });
});

const shuffled = (count: number, seed: number): Uint32Array => complete(shuffling(count, seed));

describe('shuffled', () => {
  test('is a permutation, the same for the same seed', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.maxSafeNat(), (count, seed) => {
        const order = shuffled(count, seed);
        expect(order.toSorted()).toEqual(complete(inOrder(count)));
        expect(shuffled(count, seed)).toEqual(order);
      }),
    );
  });

  test('each of the 53 bits of a seed gives another order', () => {
    const orders = new Set([shuffled(20, 0).join()]);
    for (let bit = 0; bit < 53; bit++) orders.add(shuffled(20, 2 ** bit).join());
    orders.add(shuffled(20, 2 ** 53 - 1).join());
    expect(orders.size).toBe(55);
  });

  test('all 24 orders of four are equally likely: chi-square below 49.7 of 23 degrees', () => {
    const times = new Map<string, number>();
    for (let seed = 0; seed < 24_000; seed++) {
      const order = shuffled(4, seed).join();
      times.set(order, (times.get(order) ?? 0) + 1);
    }
    expect(times.size).toBe(24);
    expect(chiSquare([...times.values()])).toBeLessThan(49.7);
  });

  test('every number comes to every place equally often: chi-square below 149.5 of 99 degrees', () => {
    const times = new Array<number>(100).fill(0);
    for (let seed = 0; seed < 20_000; seed++)
      shuffled(10, seed * 2 ** 32).forEach((number, place) => times[10 * place + number]!++);
    expect(chiSquare(times)).toBeLessThan(149.5);
  });

  test('none and one', () => {
    expect(shuffled(0, 3)).toEqual(new Uint32Array(0));
    expect(shuffled(1, 3)).toEqual(Uint32Array.of(0));
  });
});

test('more numbers than there is room for are an OutOfMemoryError', () => {
  for (const count of [2 ** 32 + 1, 2 ** 53 - 1])
    expectError(
      () => rowNumbers(count),
      OutOfMemoryError,
      `no memory for ${4 * count} bytes; fewer rows, narrower layers or precision "f32" need less`,
    );
});
