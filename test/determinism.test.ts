import { describe, expect, test } from 'vitest';
import { FeedforwardNN, type FeedforwardNNOptions, type TrainOptions } from '../bindings/index.js';
import { GOLDEN } from './golden/cases.js';
import { BINARIES, flat, networkOn } from './networks.js';

const { x, labels } = GOLDEN.find(({ name }) => name === 'iris')!;
const options: FeedforwardNNOptions<'softmax'> = { layers: [4, 10, 3], seed: 5, learningRate: 0.3 };

/** The bits of the parameters and costs after a training in one or more calls. */
function bitsAfter(network: FeedforwardNN, ...calls: TrainOptions[]): BigUint64Array {
  const costs = calls.flatMap((call) => [...network.train(x, labels, call).costHistory]);
  return new BigUint64Array(Float64Array.from([...flat(network), ...costs]).buffer);
}

describe.each(BINARIES)('in the %s binary', (binary) => {
  describe.each(['f64', 'f32'] as const)('in %s', (precision) => {
    const create = (): FeedforwardNN => networkOn(binary, { ...options, precision });

    test('two runs give the same bits', () => {
      expect(bitsAfter(create(), { iterations: 50 })).toEqual(bitsAfter(create(), { iterations: 50 }));
    });

    test('two networks trained in turns give the bits of one trained alone', () => {
      const [a, b] = [create(), create()];
      const turns = { iterations: 10 };
      const costsA: number[] = [];
      const costsB: number[] = [];
      for (let i = 0; i < 5; i++) {
        costsA.push(...a.train(x, labels, turns).costHistory);
        costsB.push(...b.train(x, labels, turns).costHistory);
      }
      expect(costsA).toEqual(costsB);
      expect(flat(a)).toEqual(flat(b));
      expect(new BigUint64Array(Float64Array.from([...flat(a), ...costsA]).buffer)).toEqual(
        bitsAfter(create(), { iterations: 50 }),
      );
    });

    test.each([undefined, 1, 7, 40, 64, 149])(
      'several calls give the bits of one, batches of %s',
      (batchSize) => {
        const once = bitsAfter(create(), { iterations: 30, batchSize });
        const network = create();
        const parts = [1, 2, 10, 17].flatMap((iterations) => [
          ...network.train(x, labels, { iterations, batchSize }).costHistory,
        ]);
        expect(new BigUint64Array(Float64Array.from([...flat(network), ...parts]).buffer)).toEqual(once);
      },
    );

    test('reporting changes no bit', () => {
      const silent = bitsAfter(create(), { iterations: 30 });
      const told = bitsAfter(create(), {
        iterations: 30,
        progressEvery: 1,
        onProgress: () => {},
        log: () => {},
      });
      expect(told).toEqual(silent);
    });
  });
});

test('another seed gives another network', () => {
  expect(flat(new FeedforwardNN({ ...options, seed: 6 }))).not.toEqual(flat(new FeedforwardNN(options)));
});

test('both precisions start from the same weights', () => {
  const wide = flat(new FeedforwardNN(options));
  expect(flat(new FeedforwardNN({ ...options, precision: 'f32' }))).toEqual(wide.map(Math.fround));
});
