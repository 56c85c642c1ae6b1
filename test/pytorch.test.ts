import { describe, expect, test } from 'vitest';
import type { FeedforwardNN } from '../bindings/index.js';
import type { Binary } from '../bindings/core/binary.js';
import type { Output, Precision } from '../bindings/options.js';
import { TORCH, type TorchCase } from './fixtures/torch/cases.js';
import { BINARIES, flat, networkOn } from './networks.js';

// PyTorch computes in float64. In f32, NumPy in float32 comes within 1.1e-6 of it in every case.
const BOUND = { f64: 1e-9, f32: 1e-5 } as const;
const PRECISIONS = ['f64', 'f32'] as const;
const titled = (cases: readonly TorchCase[]): [string, TorchCase][] =>
  cases.map((trajectory) => [`${trajectory.group}: ${trajectory.name}`, trajectory]);

function start(
  binary: Binary,
  { options, initial }: TorchCase,
  precision: Precision = 'f64',
): FeedforwardNN<Output> {
  const network = networkOn(binary, { ...options, precision });
  network.setParameters(initial);
  return network;
}

/** The largest |actual − expected| / max(1, |expected|); NaN where a number is missing. */
function distance(actual: ArrayLike<number>, expected: readonly number[]): number {
  if (actual.length !== expected.length) return NaN;
  return Math.max(...expected.map((b, i) => Math.abs(actual[i]! - b) / Math.max(1, Math.abs(b))));
}

/** As `flat` orders a network's. */
function flatFinal({ final }: TorchCase): number[] {
  return final.weights.flatMap((w, l) => [...w.flat(), ...final.biases[l]!]);
}

describe.each(BINARIES)('in the %s binary', (binary) => {
  describe.each(PRECISIONS)('in %s', (precision) => {
    const bound = BOUND[precision];
    test.each(titled(TORCH))(
      `%s: every cost, parameter and prediction is within ${bound} of PyTorch’s`,
      (_, trajectory) => {
        const { train, x, y, costs, predictions } = trajectory;
        using network = start(binary, trajectory, precision);
        const { costHistory } = network.train(x, y, train);
        expect(distance(costHistory, costs)).toBeLessThanOrEqual(bound);
        expect(distance(flat(network), flatFinal(trajectory))).toBeLessThanOrEqual(bound);
        const yHat = network.predict(x.slice(0, predictions.length));
        expect(distance(yHat.data, predictions.flat())).toBeLessThanOrEqual(bound);
      },
    );
  });

  test.each(titled(TORCH))(
    `%s: a training in two calls goes on with schedule and moments, within ${BOUND.f64} of PyTorch’s in one`,
    (_, trajectory) => {
      const { train, x, y, costs } = trajectory;
      using network = start(binary, trajectory);
      const first = Math.floor(train.iterations / 3);
      const halves = [first, train.iterations - first].map((iterations) =>
        network.train(x, y, { ...train, iterations }),
      );
      expect(
        distance(
          halves.flatMap(({ costHistory }) => [...costHistory]),
          costs,
        ),
      ).toBeLessThanOrEqual(BOUND.f64);
      expect(distance(flat(network), flatFinal(trajectory))).toBeLessThanOrEqual(BOUND.f64);
    },
  );

  const plain = TORCH.filter(({ group }) => group === 'activation and output' || group === 'architecture');
  test.each(titled(plain))(`%s: evaluate’s cost is within ${BOUND.f64} of PyTorch’s`, (_, trajectory) => {
    using network = start(binary, trajectory);
    const { cost } = network.evaluate(trajectory.x, trajectory.y);
    expect(distance([cost], trajectory.costs.slice(0, 1))).toBeLessThanOrEqual(BOUND.f64);
  });
});
