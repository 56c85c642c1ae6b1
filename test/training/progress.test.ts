import { describe, expect, test } from 'vitest';
import { FeedforwardNN, Matrix, type Progress } from '../../bindings/index.js';
import { flat } from '../networks.js';
import { expectError } from '../throws.js';
import { labels, x } from './cases.js';

const options = { layers: [4, 10, 3], learningRate: 0.3, init: { normal: 0.1 } };

/** The reports of a training of 100 passes. */
function reportsOf(given: { progressEvery?: number } = {}): Progress[] {
  using network = new FeedforwardNN(options);
  const reports: Progress[] = [];
  network.train(x, labels, { iterations: 100, onProgress: (report) => void reports.push(report), ...given });
  return reports;
}

describe('onProgress', () => {
  test('is called after the first pass and then every tenth of them', () => {
    expect(reportsOf().map(({ iteration }) => iteration)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
  });

  test('tells the pass, their count and the cost that the history has for it', () => {
    using network = new FeedforwardNN(options);
    const reports: Progress[] = [];
    const { costHistory } = network.train(x, labels, {
      iterations: 30,
      progressEvery: 7,
      onProgress: (report) => void reports.push(report),
    });
    expect(reports).toEqual(
      [0, 7, 14, 21, 28].map((iteration) => ({
        iteration,
        iterations: 30,
        cost: costHistory[iteration],
        rowsPerSecond: expect.any(Number) as number,
        validationCost: undefined,
        validationMetric: undefined,
      })),
    );
  });

  test('may give no promise to train, which cannot await it', () => {
    using network = new FeedforwardNN(options);
    expectError(
      () => network.train(x, labels, { onProgress: () => Promise.resolve(false) }),
      TypeError,
      '"onProgress" expected no promise but in trainAsync, got Promise',
    );
    expect(network.train(x, labels, { iterations: 1 }).iterations).toBe(1);
  });

  test.each([1, 7, 100])('tells finite rows per second above 0, every %i passes', (progressEvery) => {
    for (const { rowsPerSecond } of reportsOf({ progressEvery })) {
      expect(rowsPerSecond).toBeGreaterThan(0);
      expect(rowsPerSecond).toBeLessThan(Infinity);
    }
  });

  test('counts in rows per second no time that it takes itself', () => {
    using network = new FeedforwardNN(options);
    const rates: number[] = [];
    network.train(x, labels, {
      iterations: 200,
      progressEvery: 100,
      onProgress: ({ rowsPerSecond }) => {
        rates.push(rowsPerSecond);
        const end = performance.now() + 500;
        while (performance.now() < end);
      },
    });
    // 100 passes over 150 rows in half a second and more would be 30,000 a second at most.
    expect(rates[1]).toBeGreaterThan(30_000);
  });

  test('tells cost and accuracy of the validation rows, as evaluate does there and then', () => {
    using network = new FeedforwardNN(options);
    const validation = { x, y: labels };
    let count = 0;
    network.train(x, labels, {
      iterations: 50,
      validation,
      onProgress: ({ validationCost, validationMetric }) => {
        const { cost, accuracy } = network.evaluate(x, labels);
        expect([validationCost, validationMetric]).toEqual([cost, accuracy]);
        count++;
      },
    });
    expect(count).toBe(10);
  });

  test('of a linear output tells the mean squared error of the validation rows', () => {
    using network = new FeedforwardNN<'linear'>({ ...options, layers: [4, 6, 2], output: 'linear' });
    const y = new Matrix(
      150,
      2,
      Float64Array.from({ length: 300 }, (_, k) => Math.sin(k)),
    );
    let count = 0;
    network.train(x, y, {
      iterations: 20,
      learningRate: 0.01,
      validation: { x, y },
      onProgress: ({ validationCost, validationMetric }) => {
        const { cost, mse } = network.evaluate(x, y);
        expect(validationCost).toBe(cost);
        expect(validationMetric).toBeCloseTo(mse, 12);
        count++;
      },
    });
    expect(count).toBe(10);
  });

  test.each([1, 2, 7, 50])('returning false ends the training there, every %i passes', (progressEvery) => {
    using network = new FeedforwardNN(options);
    const seen: number[] = [];
    const result = network.train(x, labels, {
      iterations: 100,
      progressEvery,
      onProgress: ({ iteration }) => {
        seen.push(iteration);
        return seen.length < 2;
      },
    });
    expect(seen).toEqual([0, progressEvery]);
    expect(result).toMatchObject({ iterations: progressEvery + 1, stopReason: 'stopped' });
    expect(result.costHistory.length).toBe(progressEvery + 1);
    using other = new FeedforwardNN(options);
    other.train(x, labels, { iterations: progressEvery + 1 });
    expect(flat(network)).toEqual(flat(other));
  });

  test.each([undefined, null, 0, '', true])('returning %s does not end it', (value) => {
    using network = new FeedforwardNN(options);
    const onProgress = (): never => value as never;
    expect(network.train(x, labels, { iterations: 20, onProgress }).stopReason).toBe('iterations');
  });

  test('an error that it throws arrives, and the network is as of then and goes on', () => {
    using network = new FeedforwardNN(options);
    const mine = new Error('mine');
    const fail = ({ iteration }: Progress): void => {
      if (iteration === 10) throw mine;
    };
    expect(() => network.train(x, labels, { iterations: 100, onProgress: fail })).toThrow(mine);
    network.train(x, labels, { iterations: 9 });
    using other = new FeedforwardNN(options);
    other.train(x, labels, { iterations: 20 });
    expect(flat(network)).toEqual(flat(other));
    expect(network.iteration).toBe(20);
  });

  test('what would change the network is refused in it', () => {
    using network = new FeedforwardNN(options);
    const before = network.getParameters();
    const refused = [
      () => network.train(x, labels),
      () => network.partialFit(x, labels),
      () => network.setParameters(before),
      () => network.gradientCheck(x, labels),
      () => network.dispose(),
    ];
    network.train(x, labels, {
      iterations: 3,
      onProgress: () => {
        for (const act of refused)
          expect(act).toThrow(
            new Error(
              'the network is training; let that end first, by returning false from onProgress or by its signal',
            ),
          );
        expect(network.predict(x).rows).toBe(150);
      },
    });
    using other = new FeedforwardNN(options);
    other.train(x, labels, { iterations: 3 });
    expect(flat(network)).toEqual(flat(other));
  });
});

test('log gives the lines to a function, beside onProgress', () => {
  using network = new FeedforwardNN(options);
  const lines: string[] = [];
  let reports = 0;
  const { costHistory } = network.train(x, labels, {
    iterations: 5,
    progressEvery: 2,
    log: (line) => void lines.push(line),
    onProgress: () => void reports++,
  });
  expect(lines).toEqual([0, 2, 4].map((i) => `Cost after iteration ${i}: ${costHistory[i]}`));
  expect(reports).toBe(3);
});
