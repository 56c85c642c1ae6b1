import { describe, expect, test } from 'vitest';
import {
  FeedforwardNN,
  fromJSON,
  fromSafetensors,
  toSafetensors,
  type FeedforwardNNOptions,
  type LoadOptions,
} from '../../bindings/index.js';
import { flat } from '../networks.js';
import { expectError } from '../throws.js';

const x = [
  [0, 1],
  [1, 0],
];
const y = [0, 1];
const rate = (t: number): number => 1 / (t + 1);
const options: FeedforwardNNOptions<'softmax'> = { layers: [2, 2], iterations: 3, learningRate: rate };
const REFUSAL =
  '"learningRate" was a function, which is not saved; give one to train, partialFit or the loading';

describe.each<
  [way: string, again: (network: FeedforwardNN, options?: LoadOptions<'softmax'>) => FeedforwardNN]
>([
  ['JSON', (network, given) => fromJSON(JSON.stringify(network), given)],
  ['safetensors', (network, given) => fromSafetensors(toSafetensors(network), given)],
])('a learning rate that is a function, through %s', (_, again) => {
  test('is missed by whoever trains without one, once and twice saved', async () => {
    using network = new FeedforwardNN(options);
    network.train(x, y);
    const before = flat(network);
    using once = again(network);
    using twice = again(once);
    for (const loaded of [once, twice]) {
      expectError(() => loaded.train(x, y), RangeError, REFUSAL);
      expectError(() => loaded.partialFit(x, y), RangeError, REFUSAL);
      await expect(loaded.trainAsync(x, y)).rejects.toThrow(REFUSAL);
      expect(flat(loaded)).toEqual(before);
      expect(loaded.iteration).toBe(3);
      expect(loaded.predict(x)).toEqual(network.predict(x));
      expect(loaded.gradientCheck(x, y).relativeError).toBeLessThan(1e-6);
    }
  });

  test('is given again to train, to partialFit or on loading, and training goes on to the same bits', () => {
    using network = new FeedforwardNN(options);
    network.train(x, y);
    using given = again(network);
    using streamed = again(network);
    using loaded = again(network, { learningRate: rate });
    network.train(x, y);
    given.train(x, y, { learningRate: rate });
    for (let i = 0; i < 3; i++) streamed.partialFit(x, y, { learningRate: rate });
    loaded.train(x, y);
    for (const other of [given, streamed, loaded]) expect(flat(other)).toEqual(flat(network));
  });
});

test('null stands for it in the file, and one without has the default, as files had before', () => {
  using network = new FeedforwardNN(options);
  const model = network.toJSON();
  expect(model.options['learningRate']).toBeNull();
  const { learningRate: _, ...others } = model.options;
  using loaded = fromJSON({ ...model, options: others });
  using other = new FeedforwardNN({ ...options, learningRate: 0.1 });
  loaded.train(x, y);
  other.train(x, y);
  expect(flat(loaded)).toEqual(flat(other));
});

test('null is no learning rate for anyone else', () => {
  expect(() => new FeedforwardNN({ ...options, learningRate: null as never })).toThrow(TypeError);
});
