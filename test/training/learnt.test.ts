import { describe, expect, test } from 'vitest';
import {
  FeedforwardNN,
  Matrix,
  OutOfMemoryError,
  type FeedforwardNNOptions,
  type TrainOptions,
} from '../../bindings/index.js';
import { flat } from '../networks.js';
import { expectError } from '../throws.js';
import { labels, rowsOf, x } from './cases.js';

const options: FeedforwardNNOptions<'softmax'> = { layers: [4, 6, 3], learningRate: 0.2, init: 'glorot' };
const words = Array.from(labels, (c) => ['red', 'green', 'blue'][c]!);
const two = { iterations: 2 };

/** x with a NaN in row 3. */
const withNaN = Matrix.from(x);
withNaN.row(3)[1] = NaN;

describe('classes', () => {
  test('are learnt by the first training, sorted, and kept', () => {
    using network = new FeedforwardNN(options);
    expect(network.classes).toBeUndefined();
    network.train(x, words, two);
    expect(network.classes).toEqual(['blue', 'green', 'red']);
    network.train(rowsOf(0, 2), ['red', 'red'], two);
    expect(network.classes).toEqual(['blue', 'green', 'red']);
    expect(network.classify(x).every((label) => network.classes!.includes(label))).toBe(true);
  });

  test('are not learnt from one-hot rows, and may be later', () => {
    using network = new FeedforwardNN(options);
    network.train([[1, 2, 3, 4]], [[0, 1, 0]], two);
    expect(network.classes).toBeUndefined();
    expect(network.classify([[1, 2, 3, 4]])).toEqual([1]);
    network.train(x, words, two);
    expect(network.classes).toEqual(['blue', 'green', 'red']);
  });

  test('that are given stay, and in their order', () => {
    using network = new FeedforwardNN({ ...options, classes: ['red', 'green', 'blue'] });
    network.train(x, words, two);
    expect(network.classes).toEqual(['red', 'green', 'blue']);
    using numbered = new FeedforwardNN(options);
    numbered.train(x, labels, two);
    expect(flat(network)).toEqual(flat(numbered));
    expect(network.classify(x)).toEqual(numbered.classify(x).map((c) => network.classes![c as number]));
  });

  test('of another training are refused, and those that were learnt stay', () => {
    using network = new FeedforwardNN(options);
    network.train(x, words, two);
    const before = flat(network);
    expectError(
      () => network.train(rowsOf(0, 1), ['pink']),
      RangeError,
      '"y" expected one of the labels "blue", "green", "red", got "pink" at row 0',
    );
    expectError(
      () => network.train(rowsOf(0, 1), [0]),
      TypeError,
      '"y" expected one of the labels "blue", "green", "red", got 0 at row 0',
    );
    expect(network.classes).toEqual(['blue', 'green', 'red']);
    expect(flat(network)).toEqual(before);
  });
});

const failing: [what: string, kind: new (...given: never[]) => Error, x: Matrix, train: TrainOptions][] = [
  ['a NaN in row 3', RangeError, withNaN, {}],
  ['a NaN in row 3 of the share for validation or of the rest', RangeError, withNaN, { validation: 0.5 }],
  ['a NaN in the validation rows', RangeError, x, { validation: { x: withNaN, y: words } }],
  ['a wrong label in the validation rows', RangeError, x, { validation: { x: rowsOf(0, 1), y: ['pink'] } }],
  ['a wrong weight', RangeError, x, { sampleWeights: [1] }],
  ['an option of the wrong kind', TypeError, x, { iterations: '5' as never }],
];

describe.each(['none', 'standardize'] as const)('of a training that fails, scaling %s,', (scaling) => {
  test.each(failing)('nothing is learnt: %s', (_, kind, data, train) => {
    using network = new FeedforwardNN({ ...options, scaling });
    using other = new FeedforwardNN({ ...options, scaling });
    expect(() => network.train(data, words, train)).toThrow(kind);
    expect(() => network.partialFit(withNaN, words)).toThrow(RangeError);
    expect([network.classes, network.iteration]).toEqual([undefined, 0]);

    // It takes other classes and another scaling.
    const shifted = { rows: 150, cols: 4, data: x.data.map((value) => 5 * value + 7) };
    for (const each of [network, other]) each.train(shifted, labels, two);
    expect(flat(network)).toEqual(flat(other));
    expect(network.predict(shifted)).toEqual(other.predict(shifted));
  });

  test.each(failing)('nothing is learnt by trainAsync: %s', async (_, kind, data, train) => {
    using network = new FeedforwardNN({ ...options, scaling });
    await expect(network.trainAsync(data, words, train)).rejects.toThrow(kind);
    expect([network.classes, network.iteration]).toEqual([undefined, 0]);
    await network.trainAsync(x, labels, two);
    using other = new FeedforwardNN({ ...options, scaling });
    other.train(x, labels, two);
    expect(flat(network)).toEqual(flat(other));
  });
});

test('a training that has no room changes nothing, and the next goes on', () => {
  using network = new FeedforwardNN(options);
  const before = flat(network);
  expect(() => network.train(x, labels, { iterations: 2 ** 50 })).toThrow(OutOfMemoryError);
  expect([network.iteration, [...flat(network)]]).toEqual([0, [...before]]);
  expect(network.train(x, labels, two).iterations).toBe(2);
});

describe('scaling', () => {
  const scaledBy = (rows: Matrix): ((other: Matrix) => number[][]) => {
    const columns = [0, 1, 2, 3].map((j) => rows.toRows().map((row) => row[j]!));
    const mean = columns.map((c) => c.reduce((a, b) => a + b) / c.length);
    const deviation = columns.map((c, j) =>
      Math.sqrt(c.reduce((sum, value) => sum + (value - mean[j]!) ** 2, 0) / c.length),
    );
    return (other) => other.toRows().map((row) => row.map((v, j) => (v - mean[j]!) / deviation[j]!));
  };

  test('is that of the first training’s rows, and predict, evaluate and later trainings take raw values', () => {
    const first = rowsOf(0, 60);
    const scaled = scaledBy(first);
    using network = new FeedforwardNN({ ...options, scaling: 'standardize' });
    using plain = new FeedforwardNN(options);
    network.train(first, labels.subarray(0, 60), { iterations: 5 });
    plain.train(scaled(first), labels.subarray(0, 60), { iterations: 5 });
    network.train(x, labels, { iterations: 5 });
    plain.train(scaled(x), labels, { iterations: 5 });
    const close = (a: ArrayLike<number>, b: ArrayLike<number>): void =>
      Array.from(a).forEach((value, i) => expect(value).toBeCloseTo(b[i]!, 10));
    close(flat(network), flat(plain));
    close(network.predict(x).data, plain.predict(scaled(x)).data);
    expect(network.evaluate(x, labels).cost).toBeCloseTo(plain.evaluate(scaled(x), labels).cost, 10);
    expect(network.classify(x)).toEqual(plain.classify(scaled(x)));
  });

  test('is not yet there before the first training: values go in as they are', () => {
    using network = new FeedforwardNN({ ...options, scaling: 'standardize' });
    using plain = new FeedforwardNN(options);
    expect(network.predict(x)).toEqual(plain.predict(x));
  });
});

test.each<[what: string, refused: TrainOptions]>([
  ['a learning rate', { learningRate: () => NaN }],
  ['room for the costs', { iterations: 2 ** 50 }],
])('a training that is refused for %s leaves nothing learnt', (_what, refused) => {
  using network = new FeedforwardNN({ ...options, scaling: 'standardize' });
  const before = flat(network);
  expect(() => network.train(x, words, refused)).toThrow(RangeError);
  expect(network.classes).toBeUndefined();
  expect(flat(network)).toEqual(before);
  network.train(rowsOf(0, 3), ['one', 'two', 'three'], two);
  expect(network.classes).toEqual(['one', 'three', 'two']);
});
