import { describe, expect, test, vi } from 'vitest';
import { DivergenceError, FeedforwardNN, Matrix, oneHot, type Progress } from '../bindings/index.js';
import { GOLDEN } from './golden/cases.js';
import { BINARIES, flat, networkOn } from './networks.js';
import { expectError } from './throws.js';

const { x, labels } = GOLDEN.find(({ name }) => name === 'iris')!;
const options = { layers: [4, 10, 3], learningRate: 0.5, init: { normal: 0.1 } };
const infinite = (values: Iterable<number>): boolean => ![...values].every(Number.isFinite);

describe('train', () => {
  test('takes one-hot rows, labels, arrays of rows and views alike', () => {
    const rows = x.toRows();
    const padded = new Float64Array(x.data.length + 2);
    padded.set(x.data, 1);
    const forms: [unknown, unknown][] = [
      [x, labels],
      [rows, [...labels]],
      [rows.map((row) => Float64Array.from(row)), oneHot(labels)],
      [{ data: [...x.data], rows: 150, cols: 4 }, oneHot(labels).toRows()],
      [{ data: padded.subarray(1, -1), rows: 150, cols: 4 }, Int8Array.from(labels)],
    ];
    const results = forms.map(([a, b]) => {
      using network = new FeedforwardNN(options);
      network.train(a as Matrix, b as Matrix, { iterations: 5 });
      return flat(network);
    });
    for (const result of results) expect(result).toEqual(results[0]);
  });

  test.each([
    [1000, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900]],
    [25, [0, 3, 5, 8, 10, 13, 15, 18, 20, 23]],
    [11, [0, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    [10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [9, [0, 1, 2, 3, 4, 5, 6, 7, 8]],
    [1, [0]],
    [0, []],
  ])('log prints the cost ten times in %i iterations, or each one when there are fewer', (iterations, at) => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => {});
    using network = new FeedforwardNN({ ...options, iterations });
    const { costHistory } = network.train(x, labels, { log: true });
    const lines = print.mock.calls.map(([line]) => line as string);
    print.mockRestore();
    expect(lines).toEqual(at.map((i) => `Cost after iteration ${i}: ${costHistory[i]}`));
    expect(costHistory.length).toBe(iterations);
  });

  test('progress comes as often as asked, and false stops there', () => {
    using network = new FeedforwardNN(options);
    const seen: Progress[] = [];
    const result = network.train(x, labels, {
      iterations: 100,
      progressEvery: 7,
      onProgress: (progress) => {
        seen.push(progress);
        return progress.iteration < 14;
      },
    });
    expect(result).toMatchObject({ iterations: 15, stopReason: 'stopped' });
    expect(result.costHistory.length).toBe(15);
    expect(seen).toEqual(
      [0, 7, 14].map((iteration) => ({
        iteration,
        iterations: 100,
        cost: result.costHistory[iteration],
        rowsPerSecond: expect.any(Number) as number,
        validationCost: undefined,
        validationMetric: undefined,
      })),
    );
    for (const { rowsPerSecond } of seen) expect(rowsPerSecond).toBeGreaterThan(0);
    using other = new FeedforwardNN(options);
    other.train(x, labels, { iterations: 15 });
    expect(flat(network)).toEqual(flat(other));
  });

  test('an error thrown by the caller’s callback arrives, and the network goes on', () => {
    using network = new FeedforwardNN(options);
    const fail = (): never => {
      throw new Error('mine');
    };
    expect(() => network.train(x, labels, { onProgress: fail })).toThrow('mine');
    expect(network.train(x, labels, { iterations: 3 }).iterations).toBe(3);
  });

  test('one pass or none is a training too', () => {
    using network = new FeedforwardNN(options);
    const before = flat(network);
    expect(network.train(x, labels, { iterations: 0 })).toEqual({
      costHistory: new Float64Array(0),
      iterations: 0,
      stopReason: 'iterations',
    });
    expect(flat(network)).toEqual(before);
    expect(network.train([[1, 2, 3, 4]], [2], { iterations: 1 }).costHistory.length).toBe(1);
  });
});

describe.each(BINARIES)('divergence in the %s binary', (binary) => {
  test.each(['f64', 'f32'] as const)('in %s ends the training, parameters finite', (precision) => {
    using network = networkOn(binary, { layers: [4, 3], precision });
    const scale = precision === 'f64' ? 1e250 : 1e30;
    const huge = { data: x.data.map((v) => v * scale), rows: 150, cols: 4 };
    let error: unknown;
    try {
      network.train(huge, labels, { learningRate: scale, iterations: 50 });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(DivergenceError);
    const { iteration, message } = error as DivergenceError;
    expect(message).toContain(`at iteration ${iteration}`);
    expect(infinite(flat(network))).toBe(false);
    expect(() => network.predict(x)).not.toThrow();
  });

  test('an infinite cost is found before it reaches the parameters', () => {
    using network = networkOn(binary, options);
    network.setParameters({
      weights: [
        new Matrix(4, 10, new Float64Array(40).fill(1)),
        new Matrix(10, 3, new Float64Array(30).fill(1.7e308)),
      ],
      biases: [new Float64Array(10), new Float64Array(3)],
    });
    const before = flat(network);
    expectError(
      () => network.train([[1, 1, 1, 1]], [0]),
      DivergenceError,
      'the cost stopped being finite (NaN) at iteration 0; ' +
        'a smaller learningRate or standardised inputs usually help',
    );
    expect(flat(network)).toEqual(before);
  });

  test.each([
    ['f64', 1e155],
    ['f32', 1e38],
  ] as const)(
    'in %s a penalty of weights of %d, whose squares overflow, is infinite or right',
    (precision, w) => {
      using network = networkOn(binary, { layers: [1, 1], output: 'linear', l2: 1e-3, precision });
      network.setParameters({ weights: [[[w]]], biases: [[0]] });
      const train = (): Float64Array => network.train([[0]], [0], { iterations: 1 }).costHistory;
      if (precision === 'f64') expect(train).toThrow(DivergenceError);
      else expect(train()[0]! / (0.5e-3 * w * w)).toBeCloseTo(1, 6);
    },
  );

  test('where a parameter overflows and the cost does not, the message says so', () => {
    using network = networkOn(binary, { layers: [1, 1], output: 'linear', precision: 'f32' });
    const before = flat(network);
    expectError(
      () => network.train([[1]], [1], { learningRate: 1e60 }),
      DivergenceError,
      'a parameter stopped being finite at iteration 0; ' +
        'a smaller learningRate or standardised inputs usually help',
    );
    expect(flat(network)).toEqual(before);
  });
});

describe('predict', () => {
  test.each(['f64', 'f32'] as const)(
    'gives each row the same bits alone and among any others, in %s',
    (precision) => {
      for (const layers of [
        [4, 3],
        [4, 10, 3],
        [4, 9, 17, 3],
      ]) {
        using network = new FeedforwardNN({ layers, precision, init: { normal: 1 } });
        const all = network.predict(x);
        expect([all.rows, all.cols]).toEqual([150, 3]);
        for (const i of [0, 1, 39, 40, 41, 149]) {
          expect(network.predict([x.row(i)]).row(0)).toEqual(all.row(i));
          for (const size of [2, 3, 5, 41]) {
            const first = Math.min(i, 150 - size);
            const some = network.predict([...x].slice(first, first + size));
            expect(some.data).toEqual(all.data.subarray(first * 3, (first + size) * 3));
          }
        }
      }
    },
  );

  test('rows sum to 1, also where the logits are far apart', () => {
    using network = new FeedforwardNN({ ...options, init: { normal: 300 } });
    const yHat = network.predict(x);
    for (const row of yHat) expect(Array.from(row).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(infinite(yHat.data)).toBe(false);
  });

  test('many and wide rows come in many pieces', () => {
    using network = new FeedforwardNN({ layers: [3000, 2], init: { normal: 1 } });
    const row = Float64Array.from({ length: 3000 }, (_, j) => Math.sin(j));
    const yHat = network.predict(Array.from({ length: 123 }, () => row));
    for (const other of yHat) expect(other).toEqual(yHat.row(0));
  });

  test('no rows give no rows', () => {
    using network = new FeedforwardNN(options);
    expect(network.predict([])).toEqual(new Matrix(0, 3));
  });

  test('precision f32 gives a Float32Array', () => {
    using network = new FeedforwardNN({ ...options, precision: 'f32' });
    expect(network.predict(x).data).toBeInstanceOf(Float32Array);
  });
});

test('evaluate agrees with train and predict', () => {
  using network = new FeedforwardNN(options);
  network.train(x, labels, { iterations: 200 });
  const { cost, accuracy } = network.evaluate(x, labels);
  const classes = network.predict(x).argmax();
  expect(accuracy).toBe(classes.filter((c, i) => c === labels[i]).length / 150);
  expect(accuracy).toBeGreaterThan(0.9);
  expect(cost).toBeCloseTo(network.train(x, labels, { iterations: 1 }).costHistory[0]!, 14);
});

test('the cost of a probability that rounds to 0 is large and finite', () => {
  using network = new FeedforwardNN({ layers: [1, 2], init: { normal: 0 } });
  network.setParameters({ weights: [[[5000, 0]]], biases: [[0, 0]] });
  expect(network.predict([[1]]).toRows()).toEqual([[1, 0]]);
  expect(network.evaluate([[1]], [1])).toMatchObject({ cost: 5000, accuracy: 0 });
});

test('parameters come out as they went in', () => {
  using network = new FeedforwardNN({ layers: [3, 5, 2] });
  const weights = [
    new Matrix(
      3,
      5,
      Float64Array.from({ length: 15 }, (_, i) => i - 7),
    ),
    new Matrix(
      5,
      2,
      Float64Array.from({ length: 10 }, (_, i) => i / 3),
    ),
  ];
  const biases = [Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(-1, 0)];
  network.setParameters({ weights, biases });
  expect(network.getParameters()).toEqual({ weights, biases });
  network.getParameters().weights[0]!.data.fill(0);
  weights[1]!.data.fill(0);
  expect(network.getParameters().weights[0]!.at(0, 0)).toBe(-7);
  expect(network.getParameters().weights[1]!.at(4, 1)).toBe(3);
});

test('what a network is can be read, and not changed', () => {
  const layers = [4, 10, 3];
  using network = new FeedforwardNN({ layers, precision: 'f32', deterministic: true });
  layers[1] = 5;
  (network.layers as number[])[1] = 6;
  expect([network.layers, network.precision, network.binary]).toEqual([[4, 10, 3], 'f32', 'simd']);
});
