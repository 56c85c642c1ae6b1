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

  test('of 140,000 classes, whose blocks have four or eight rows, nine rows are one full-batch step', () => {
    const classes = 140_000;
    const m = 9;
    const x = new Matrix(
      m,
      1,
      Float64Array.from({ length: m }, (_, i) => i - 3),
    );
    const y = Int32Array.from({ length: m }, (_, i) => (i * 17_389) % classes);
    using network = networkOn(binary, {
      layers: [1, classes],
      init: { normal: 0 },
      learningRate: 1000,
      precision,
    });
    const { costHistory } = network.train(x, y, { iterations: 1 });
    expect(costHistory[0]).toBeCloseTo(Math.log(classes), DIGITS[precision] - 1);
    // From zeros ŷ is 1/n everywhere, so that the gradients are known.
    const w = new Float64Array(classes);
    const b = new Float64Array(classes);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < classes; j++) {
        const error = 1 / classes - Number(y[i] === j);
        w[j]! -= (1000 * x.data[i]! * error) / m;
        b[j]! -= (1000 * error) / m;
      }
    const { weights, biases } = network.getParameters();
    const relative = (got: ArrayLike<number>, want: Float64Array): number => {
      let error = 0;
      let greatest = 0;
      for (let j = 0; j < classes; j++) {
        error = Math.max(error, Math.abs(got[j]! - want[j]!));
        greatest = Math.max(greatest, Math.abs(want[j]!));
      }
      return error / greatest;
    };
    expect(relative(weights[0]!.data, w)).toBeLessThan(10 ** -DIGITS[precision]);
    expect(relative(biases[0]!, b)).toBeLessThan(10 ** -DIGITS[precision]);
    // Logits are greatest where x has the sign of a class's own x and that is the largest.
    const expected = Int32Array.from(x.data, (value) => (value < 0 ? y[0]! : y[m - 1]!));
    expect(network.predict(x).argmax()).toEqual(expected);
  });
});
