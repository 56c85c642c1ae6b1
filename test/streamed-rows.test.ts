import { afterEach, expect, test, vi } from 'vitest';
import { FeedforwardNN, type FeedforwardNNOptions } from '../bindings/index.js';
import { watchThreads, withoutThreads } from './training/threads.js';

// An object with rows, columns and get may make its numbers as they are read: then nobody holds them but the core.

afterEach(() => vi.restoreAllMocks());

const m = 300;
const n = 7;
const value = (i: number, j: number): number => ((i * 7919 + j * 104_729) % 1009) / 1009 - 0.5;
const held = Array.from({ length: m }, (_, i) => Array.from({ length: n }, (__, j) => value(i, j)));
const y = held.map((_, i) => i % 3);
const inOrder = Array.from({ length: m * n }, (_, k) => k);

const stream = (): { x: { rows: number; columns: number; get: typeof value }; read: number[] } => {
  const read: number[] = [];
  const get = (i: number, j: number): number => {
    read.push(i * n + j);
    return value(i, j);
  };
  return { x: { rows: m, columns: n, get }, read };
};

const make = (options: Partial<FeedforwardNNOptions<'softmax'>> = {}): FeedforwardNN<'softmax'> =>
  new FeedforwardNN({ layers: [n, 5, 3], seed: 1, ...options });

const trainings = {
  'all rows at a time': { iterations: 3 },
  'shuffled batches': { iterations: 3, batchSize: 32, shuffle: true },
  'weights of rows': { iterations: 3, sampleWeights: Array.from({ length: m }, (_, i) => 1 + (i % 2)) },
} as const;

test.each(Object.entries(trainings))('a training of %s reads each number once, in order', (_, options) => {
  using streamed = make();
  using other = make();
  const { x, read } = stream();
  streamed.train(x, y, options);
  expect(read).toEqual(inOrder);
  other.train(held, y, options);
  expect(streamed.getParameters()).toEqual(other.getParameters());
});

test.each([
  ['in a worker', watchThreads, 2],
  ['in slices', withoutThreads, 0],
] as const)('so does trainAsync %s, with what it validates on', async (_, threads, started) => {
  const seen = threads();
  using streamed = make();
  using other = make();
  const [rows, validation] = [stream(), stream()];
  const iterations = 3;
  await streamed.trainAsync(rows.x, y, { iterations, validation: { x: validation.x, y } });
  expect([rows.read, validation.read]).toEqual([inOrder, inOrder]);
  await other.trainAsync(held, y, { iterations, validation: { x: held, y } });
  expect(seen?.length ?? 0).toBe(started);
  expect(streamed.getParameters()).toEqual(other.getParameters());
});

test('so does predict; evaluate, which looks twice, reads them twice', () => {
  using network = make();
  network.train(held, y, { iterations: 1 });
  const [predicted, evaluated] = [stream(), stream()];
  expect(network.predict(predicted.x)).toEqual(network.predict(held));
  expect(network.evaluate(evaluated.x, y)).toEqual(network.evaluate(held, y));
  expect([predicted.read, evaluated.read]).toEqual([inOrder, [...inOrder, ...inOrder]]);
});

test.each(['minMax', 'standardize'] as const)('scaling by %s is fitted on the same numbers', (scaling) => {
  using streamed = make({ scaling });
  using other = make({ scaling });
  const { x, read } = stream();
  streamed.train(x, y, { iterations: 1 });
  other.train(held, y, { iterations: 1 });
  expect(read.slice(-m * n)).toEqual(inOrder);
  expect(streamed.getParameters()).toEqual(other.getParameters());
});
