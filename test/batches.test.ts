import { describe, expect, test } from 'vitest';
import { Matrix } from '../bindings/index.js';
import { GOLDEN } from './golden/cases.js';
import { BINARIES, flat, networkOn } from './networks.js';

const { x, labels } = GOLDEN.find(({ name }) => name === 'iris')!;
const rows = (first: number, last: number): Matrix =>
  new Matrix(last - first, 4, x.data.subarray(first * 4, last * 4));

const DIGITS = { f64: 13, f32: 5 } as const;

describe.each(
  BINARIES.flatMap((binary) => (['f64', 'f32'] as const).map((precision) => ({ binary, precision }))),
)('in the $binary binary, in $precision', ({ binary, precision }) => {
  test.each([1, 2, 3, 4, 5, 33, 40, 41, 64, 80, 149, 150, 1000])(
    'a pass in batches of %i is one full-batch step on each batch in turn, and its cost their mean',
    (batchSize) => {
      const options = { layers: [4, 10, 3], learningRate: 0.3, init: { normal: 0.5 }, precision };
      using batched = networkOn(binary, options);
      using stepped = networkOn(binary, options);
      for (let pass = 0; pass < 2; pass++) {
        const { costHistory } = batched.train(x, labels, { iterations: 1, batchSize, shuffle: false });
        let cost = 0;
        for (let first = 0; first < 150; first += batchSize) {
          const last = Math.min(150, first + batchSize);
          const step = stepped.train(rows(first, last), labels.subarray(first, last), { iterations: 1 });
          cost += step.costHistory[0]! * (last - first);
        }
        expect(costHistory[0]).toBeCloseTo(cost / 150, DIGITS[precision]);
      }
      const want = flat(stepped);
      const worst = flat(batched).reduce((most, p, i) => Math.max(most, Math.abs(p - want[i]!)), 0);
      expect(worst).toBeLessThan(10 ** -DIGITS[precision]);
    },
  );
});
