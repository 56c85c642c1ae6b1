import { describe, expect, test } from 'vitest';
import { shuffled } from '../../bindings/data/random.js';
import { splitRows } from '../../bindings/data/split.js';
import { AT_ONCE, type Interruptible } from '../../bindings/interruptible.js';
import { resolveOptions, type FeedforwardNNOptions } from '../../bindings/options.js';
import { resolveTrainOptions, type TrainOptions } from '../../bindings/train-options.js';
import { planTraining } from '../../bindings/training/plan.js';

const rows = 10 * AT_ONCE + 1;
const known = { classes: undefined, scaling: undefined };
let reads = 0;

/** The array, each of whose elements counts as often as it is read. */
function counted<T>(array: T[]): T[] {
  return new Proxy(array, {
    get(target, name) {
      if (typeof name === 'string' && /^\d/.test(name)) reads++;
      return Reflect.get(target, name) as unknown;
    },
  });
}

/** The most reads between two yields, all reads, and the number of yields. */
function paceOf(begin: () => Interruptible<unknown>): { most: number; all: number; yields: number } {
  reads = 0;
  const work = begin();
  let [most, all, yields] = [0, 0, 0];
  for (let done: boolean | undefined = false; !done; yields++) {
    ({ done } = work.next());
    most = Math.max(most, reads);
    all += reads;
    reads = 0;
  }
  return { most, all, yields };
}

const each = <T>(give: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => give(i));
const x = { data: new Float32Array(rows), rows, cols: 1 };
const labels = each((i) => 'abc'[i % 3]!);
const numbers = each((i) => i % 3);
const hot = each((i) => [0, 1, 2].map((c) => Number(c === i % 3)));
const weights = each((i) => 1 + (i % 5));

describe(`planning reads no more than ${AT_ONCE} numbers or labels between two yields`, () => {
  test.each<
    [
      of: string,
      x: unknown,
      y: unknown,
      times: number,
      train?: TrainOptions,
      options?: Partial<FeedforwardNNOptions>,
    ]
  >([
    ['labels', x, counted(labels), 2],
    ['numbers', x, counted(numbers), 2],
    ['one-hot rows', x, counted(hot), 1],
    ['balanced classes', x, counted(hot), 3, { classWeights: 'balanced' }],
    ['weights', x, numbers, 1, { sampleWeights: counted(weights) }],
    ['rows to scale', counted(each((i) => [i])), numbers, 3, {}, { scaling: 'standardize' }],
    ['validation rows', x, numbers, 1, { validation: { x, y: counted(numbers) } }],
    ['rows that are only copied', counted(each((i) => [i])), numbers, 0],
  ])('of %s', (_, given, y, times, train = {}, options = {}) => {
    const network = resolveOptions({ layers: [1, 3], ...options });
    const resolved = resolveTrainOptions(train, network);
    const { most, all } = paceOf(() => planTraining(network, known, given, y, resolved));
    // The first row or label tells the kind.
    expect(most).toBeLessThanOrEqual(AT_ONCE + 3);
    expect(all).toBeGreaterThanOrEqual(times * rows);
    expect(all).toBeLessThanOrEqual(times * rows + 5);
  });
});

test('weights are scaled and rows are drawn in as many turns as they are read', () => {
  const turns = Math.ceil(rows / AT_ONCE);
  expect(paceOf(() => shuffled(rows, 1)).yields).toBeGreaterThanOrEqual(2 * turns);
  expect(paceOf(() => splitRows(rows, 0.2, 'validation', 1)).yields).toBeGreaterThanOrEqual(2 * turns);
  const network = resolveOptions({ layers: [1, 3] });
  const resolved = resolveTrainOptions({ sampleWeights: weights }, network);
  expect(paceOf(() => planTraining(network, known, x, numbers, resolved)).yields).toBeGreaterThanOrEqual(
    6 * turns,
  );
});
