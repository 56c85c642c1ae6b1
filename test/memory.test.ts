import { expect, test } from 'vitest';
import { sharedCore } from '../bindings/core/core.js';
import {
  DisposedError,
  FeedforwardNN,
  fromJSON,
  OutOfMemoryError,
  type FeedforwardNNOptions,
} from '../bindings/index.js';
import { flat } from './networks.js';

declare const gc: () => void;

const x = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const y = [0, 1, 1, 0];
const memoryBytes = (): number => sharedCore(false).exports.memory.buffer.byteLength;
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

function cycle(options: FeedforwardNNOptions): void {
  using network = new FeedforwardNN(options);
  network.train(x, y, { iterations: 2 });
  network.predict(x);
  network.evaluate(x, y);
}

test('10,000 networks made, trained and disposed take no more memory than 100', () => {
  const layers = [2, 64, 2];
  for (let i = 0; i < 100; i++) cycle({ layers });
  const after100 = memoryBytes();
  for (let i = 0; i < 2900; i++) cycle({ layers });
  expect(memoryBytes()).toBe(after100);
});

test('10,000 trainings of one network take no more memory than 100, failed ones included', () => {
  using network = new FeedforwardNN({ layers: [2, 64, 2] });
  const attempt = (): void => {
    network.train(x, y, { iterations: 1 });
    expect(() => network.train([...x, [NaN, 0]], [...y, 0])).toThrow(RangeError);
  };
  for (let i = 0; i < 100; i++) attempt();
  const after100 = memoryBytes();
  for (let i = 0; i < 2900; i++) attempt();
  expect(memoryBytes()).toBe(after100);
});

test('all that a training may need beside is given back too: 300 take no more memory than 10', () => {
  using network = new FeedforwardNN({ layers: [2, 64, 2], optimizer: 'adam', dropout: 0.5, batchSize: 2 });
  const attempt = (): void => {
    network.train(x, y, {
      iterations: 2,
      validation: { x, y },
      earlyStopping: true,
      sampleWeights: [1, 2, 3, 4],
    });
    network.partialFit(x, y);
    network.gradientCheck(x.slice(2), y.slice(2));
    fromJSON(network.toJSON()).dispose();
    expect(() => network.partialFit(x, y, { sampleWeights: [0, 0, 0, -1] })).toThrow(RangeError);
  };
  for (let i = 0; i < 10; i++) attempt();
  const after10 = memoryBytes();
  for (let i = 0; i < 290; i++) attempt();
  expect(memoryBytes()).toBe(after10);
});

test('networks that are forgotten give their memory back', async () => {
  const parameters = 2 * 20_000 + 20_000 * 2;
  const forget = async (): Promise<void> => {
    for (let i = 0; i < 50; i++) new FeedforwardNN({ layers: [2, 20_000, 2] });
    gc();
    await settled();
  };
  for (let i = 0; i < 4; i++) await forget();
  const before = memoryBytes();
  for (let i = 0; i < 20; i++) await forget();
  // 1,000 networks without a collection would take 640 MB.
  expect(memoryBytes() - before).toBeLessThan(100 * parameters * 8);
});

test('growth in the middle of a training breaks nothing', () => {
  using alone = new FeedforwardNN({ layers: [2, 8, 2], init: { normal: 1 } });
  const { costHistory } = alone.train(x, y, { iterations: 20 });

  using network = new FeedforwardNN({ layers: [2, 8, 2], init: { normal: 1 } });
  const before = memoryBytes();
  const others: FeedforwardNN[] = [];
  const grown = network.train(x, y, {
    iterations: 20,
    progressEvery: 5,
    onProgress: () => {
      others.push(new FeedforwardNN({ layers: [2000, 4000, 2] }));
      others.at(-1)!.predict([Array.from({ length: 2000 }, () => 1)]);
    },
  });
  expect(memoryBytes()).toBeGreaterThan(before);
  expect(grown.costHistory).toEqual(costHistory);
  expect(flat(network)).toEqual(flat(alone));
  others.forEach((other) => other.dispose());
});

test.each<[what: string, layers: number[]]>([
  ['one layer', [1_000_000, 1_000_000, 2]],
  ['parameters that wrap around 32 bits', [65_536, 8192]],
  ['many of them', [32_768, 16_384, 2]],
  ['a width past 32 bits', [2, 2 ** 33, 2]],
  ['the widest', [Number.MAX_SAFE_INTEGER, 2, 2]],
])('parameters beyond all memory (%s) are refused, and nothing is lost', (_, layers) => {
  expect(() => new FeedforwardNN({ layers })).toThrow(OutOfMemoryError);
  cycle({ layers: [2, 4, 2] });
});

test('more iterations than a cost history can hold are refused, and nothing is lost', () => {
  using network = new FeedforwardNN({ layers: [2, 4, 2] });
  const before = flat(network);
  expect(() => network.train(x, y, { iterations: Number.MAX_SAFE_INTEGER })).toThrow(OutOfMemoryError);
  expect(flat(network)).toEqual(before);
});

test('data beyond all memory is refused, and nothing is lost', () => {
  using network = new FeedforwardNN({ layers: [65_536, 1, 2] });
  const row = new Float64Array(65_536);
  const many = Array.from({ length: 8192 }, () => row);
  expect(() => network.train(many, new Uint8Array(8192))).toThrow(OutOfMemoryError);
  expect(network.train([row], [1], { iterations: 1 }).iterations).toBe(1);
});

test('a disposed network says so, twice disposed is disposed', async () => {
  const network = new FeedforwardNN({ layers: [2, 4, 2] });
  network.dispose();
  network.dispose();
  const uses = [
    () => network.train(x, y),
    () => network.partialFit(x, y),
    () => network.classify(x),
    () => network.gradientCheck(x, y),
    () => network.toJSON(),
    () => network.predict(x),
    () => network.evaluate(x, y),
    () => network.getParameters(),
    () => network.setParameters({ weights: [], biases: [] }),
  ];
  for (const use of uses) expect(use).toThrow(DisposedError);
  await expect(network.trainAsync(x, y)).rejects.toThrow(DisposedError);
  expect(network.summary()).toContain('Parameters');
});

test.each<[change: string, act: (network: FeedforwardNN) => unknown]>([
  ['disposed', (network) => network.dispose()],
  ['trained', (network) => network.train(x, y)],
  ['trained with a batch', (network) => network.partialFit(x, y)],
  ['given other parameters', (network) => network.setParameters(network.getParameters())],
  ['checked', (network) => network.gradientCheck(x, y)],
])('a network is not %s under its own training', (_, act) => {
  using network = new FeedforwardNN({ layers: [2, 4, 2] });
  const early = { onProgress: () => void act(network) };
  expect(() => network.train(x, y, early)).toThrow(
    'the network is training; let that end first, by returning false from onProgress or by its signal',
  );
  expect(network.predict(x).rows).toBe(4);
});

test('rows whose own code disposes the network are read to their end first by train', () => {
  const network = new FeedforwardNN({ layers: [2, 3, 2] });
  const rows = [[1, 2]];
  const disposing = new Proxy(rows, {
    get(target, key) {
      if (key === '0') network.dispose();
      return Reflect.get(target, key) as unknown;
    },
  });
  expect(() => network.train(disposing, [0])).toThrow('the network is training');
  expect(network.predict(rows).rows).toBe(1);
  network.dispose();
});
