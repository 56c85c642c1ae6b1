import { describe, expect, test } from 'vitest';
import { FeedforwardNN } from '../../bindings/index.js';
import { flat } from '../networks.js';
import { CASES, dataOf, labels, x } from './cases.js';

const options = { layers: [4, 10, 3], learningRate: 0.3, batchSize: 32 };

describe('a signal that is aborted', () => {
  test('before the training ends it with the reason, and nothing has changed', () => {
    using network = new FeedforwardNN(options);
    const before = flat(network);
    const reason = { mine: true };
    const signal = AbortSignal.abort(reason);
    const words = Array.from(labels, (c) => 'abc'[c]!);
    expect(thrownBy(() => network.train(x, words, { signal }))).toBe(reason);
    expect(flat(network)).toEqual(before);
    expect(network.classes).toBeUndefined();
    expect(network.iteration).toBe(0);
  });

  test('without a reason ends it with an AbortError', () => {
    using network = new FeedforwardNN(options);
    const error = thrownBy(() => network.train(x, labels, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ name: 'AbortError' });
  });

  test('in onProgress ends it there; the network has the parameters of then and goes on to the same bits', () => {
    for (const each of CASES) {
      using network = new FeedforwardNN(each.options);
      const control = new AbortController();
      const reason = new Error('enough');
      const error = thrownBy(() =>
        network.train(...dataOf(each), {
          ...each.train,
          iterations: 50,
          progressEvery: 7,
          signal: control.signal,
          onProgress: ({ iteration }) => {
            if (iteration === 14) control.abort(reason);
          },
        }),
      );
      expect(error).toBe(reason);
      expect(network.iteration).toBe(15);
      network.train(...dataOf(each), { ...each.train, iterations: 5 });
      using other = new FeedforwardNN(each.options);
      other.train(...dataOf(each), { ...each.train, iterations: 20 });
      expect(flat(network)).toEqual(flat(other));
    }
  });

  test('in the last report ends it with the reason too', () => {
    using network = new FeedforwardNN(options);
    const control = new AbortController();
    const onProgress = (): void => control.abort('late');
    expect(
      thrownBy(() => network.train(x, labels, { iterations: 1, signal: control.signal, onProgress })),
    ).toBe('late');
    expect(network.iteration).toBe(1);
  });

  test('in the learning rate’s function ends it after the passes that were asked for', () => {
    const control = new AbortController();
    const learningRate = (i: number): number => {
      if (i === 3) control.abort('there');
      return 0.1;
    };
    using network = new FeedforwardNN({ ...options, learningRate });
    const run = (): unknown =>
      network.train(x, labels, { iterations: 10, progressEvery: 1, signal: control.signal });
    expect(thrownBy(run)).toBe('there');
    expect(network.iteration).toBe(4);
  });

  test('leaves the parameters that there are and not the best ones', () => {
    using network = new FeedforwardNN(options);
    const control = new AbortController();
    let now: Float64Array | undefined;
    const run = (): unknown =>
      network.train(x, labels, {
        learningRate: 3,
        iterations: 50,
        earlyStopping: { patience: 50 },
        progressEvery: 1,
        signal: control.signal,
        onProgress: ({ iteration }) => {
          now = flat(network);
          if (iteration === 20) control.abort('now');
        },
      });
    expect(thrownBy(run)).toBe('now');
    expect(flat(network)).toEqual(now);
  });
});

test('a signal that is never aborted changes no bit', () => {
  using network = new FeedforwardNN(options);
  network.train(x, labels, { iterations: 10, signal: new AbortController().signal });
  using other = new FeedforwardNN(options);
  other.train(x, labels, { iterations: 10 });
  expect(flat(network)).toEqual(flat(other));
});

test.each([[null], [{}], [{ aborted: false }], [true]])('%j is no signal', (signal) => {
  using network = new FeedforwardNN(options);
  expect(() => network.train(x, labels, { signal: signal as never })).toThrow(
    new TypeError(
      `"signal" expected an AbortSignal, got ${signal === null ? 'null' : signal === true ? 'true' : 'Object'}`,
    ),
  );
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
