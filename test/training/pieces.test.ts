import { afterEach, describe, expect, test, vi } from 'vitest';
import { PAUSED } from '../../bindings/core/exports.js';
import { DivergenceError, FeedforwardNN, Matrix } from '../../bindings/index.js';
import type * as Perform from '../../bindings/training/perform.js';
import { flat } from '../networks.js';
import { CASES, JUDGED, bitsOf, dataOf, type Case } from './cases.js';
import { withoutThreads } from './threads.js';

/** So much work, in multiply–adds, is each call of a training given to do in pieces; undefined for what it asks for. */
let work: (() => number) | undefined;
let pauses = 0;
let calls = 0;

vi.mock('../../bindings/training/perform.js', async (original) => {
  const { perform, ...others } = await original<typeof Perform>();
  const inPieces: typeof perform = (network, asked, amount) => {
    calls++;
    for (;;) {
      const answer = perform(network, asked, work?.() ?? amount);
      if (!work || answer < PAUSED) return answer;
      pauses++;
      // In slices its own loop goes on.
      if (amount < Infinity) return answer;
    }
  };
  return { ...others, perform: inPieces };
});

afterEach(() => {
  vi.restoreAllMocks();
  work = undefined;
  pauses = 0;
  calls = 0;
});

/** Each dimension of a product, and its sums, in several pieces that do not come out even. */
const wide: Case[] = [
  {
    name: 'three wide layers',
    options: { layers: [4, 37, 1101, 3], seed: 3, init: 'glorot', activation: ['gelu', 'sigmoid'] },
  },
  {
    name: 'wide layers with all there is of an update, in f32',
    options: {
      layers: [4, 1101, 70, 3],
      seed: 3,
      init: 'he',
      activation: 'relu',
      precision: 'f32',
      batchSize: 33,
      optimizer: 'adamw',
      learningRate: 0.003,
      dropout: 0.2,
      l2: 0.01,
      clipNorm: 0.05,
    },
  },
  {
    name: 'single rows',
    options: { layers: [4, 1101, 90, 3], seed: 3, init: 'glorot', batchSize: 1, clipNorm: 0.01 },
  },
  { name: 'no hidden layer', options: { layers: [4, 3], seed: 3, batchSize: 20 } },
];

function bitsOfTraining({ options, train, ...each }: Case): BigUint64Array {
  using network = new FeedforwardNN(options);
  const given = { ...train, iterations: options.batchSize === 1 || options.layers[1]! > 1000 ? 3 : 12 };
  const [x, y] = dataOf({ options, ...each });
  const results = [network.train(x, y, given), network.train(x, y, given)];
  return bitsOf(network, ...results);
}

describe.each([...CASES, ...JUDGED, ...wide])(
  'a training in pieces has the bits of one in blocks: $name',
  (each) => {
    test.each([
      ['the least pieces', () => 1],
      ['pieces of any size', () => 10 ** (1 + ((pauses * 7919) % 5))],
      ['all at once', () => Infinity],
    ])('%s', (_, each_) => {
      const want = bitsOfTraining(each);
      work = each_;
      expect(bitsOfTraining(each)).toEqual(want);
      if (each_() < Infinity) expect(pauses).toBeGreaterThan(5);
      else expect(pauses).toBe(0);
    });
  },
);

test.each([
  ['a cost that overflows', { layers: [2, 1], output: 'linear' }, 1e160],
  [
    'a learning rate that makes parameters overflow',
    { layers: [2, 1], output: 'linear', learningRate: (i: number) => (i < 3 ? 1e-5 : 1e308) },
    100,
  ],
  ['a penalty that overflows', { learningRate: 1e200, l2: 1 }, 1e3],
  ['a gradient whose norm overflows', { layers: [2, 1], output: 'linear', clipNorm: 1 }, 1e100],
])(
  'in pieces too a training that diverges leaves the network as it was before the update: %s',
  (_, options, scale) => {
    const x = new Matrix(2, 2, Float64Array.of(scale, -scale, scale, scale));
    const y = new Matrix(2, 1, Float64Array.of(1, 0));
    const outcome = (): unknown => {
      using network = new FeedforwardNN({
        layers: [2, 3, 1],
        output: 'sigmoid',
        seed: 1,
        optimizer: { name: 'sgd', momentum: 0.9 },
        ...(options as object),
      });
      try {
        network.train(x, y, { iterations: 50 });
      } catch (error) {
        const { iteration, costHistory } = error as DivergenceError;
        expect(error).toBeInstanceOf(DivergenceError);
        const left = [flat(network), network.toJSON({ trainingState: true })];
        if (scale > 100) return [iteration, [...costHistory], left];
        // What the optimiser keeps shows as it goes on.
        network.train(x, y, { iterations: 3, learningRate: 1e-5 });
        return [iteration, [...costHistory], left, flat(network)];
      }
      throw new Error('it did not diverge');
    };
    const want = outcome();
    work = () => 1;
    expect(outcome()).toEqual(want);
  },
);

/** Numbers in no order, and labels. */
function dataFor(layers: readonly number[], rows: number): [Matrix, number[]] {
  const cols = layers[0]!;
  const x = new Matrix(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, (_, k) => ((k * 7919) % 1009) / 1009 - 0.5),
  );
  return [x, Array.from({ length: rows }, (_, i) => (i * 17) % layers.at(-1)!)];
}

test('shuffled rows of many numbers are gathered in pieces, too, and have the same bits', () => {
  const layers = [1203, 5, 1301];
  const bits = (): BigUint64Array => {
    using network = new FeedforwardNN({ layers, seed: 1, batchSize: 24 });
    return bitsOf(network, network.train(...dataFor(layers, 100), { iterations: 2 }));
  };
  const want = bits();
  work = () => 1;
  expect(bits()).toEqual(want);
});

test.each([
  [[4, 600, 600, 3], 150],
  [[30_000, 2], 8],
  [[2, 30_000], 8],
  [[3, 30_000, 3], 8],
  [[3, 30_000, 3], 1],
  [[1, 9000, 10, 3], 40],
])('of %o a piece is 131,072 multiply–adds on average, or less', (layers, rows) => {
  using network = new FeedforwardNN({ layers, seed: 1 });
  let multiplyAdds = 0;
  for (let l = 1; l < layers.length; l++)
    multiplyAdds += (l > 1 ? 3 : 2) * rows * layers[l - 1]! * layers[l]!;
  work = () => 1;
  network.train(...dataFor(layers, rows), { iterations: 1 });
  expect(pauses + 1).toBeGreaterThanOrEqual(multiplyAdds / 131_072);
  // Nor are there so many that passing over them takes long: those of a few wide layers are few.
  expect(pauses).toBeLessThan(4 * (multiplyAdds / 131_072) + 1000);
});

test('of 4-600-600-3 no piece is more than 131,072 multiply–adds, and each part is cut as its size asks for', () => {
  const share = (work: number, unit: number): number => unit * Math.max(1, Math.floor(131_072 / work / unit));
  const cut = (rows: number, cols: number, work: number, unit = 4): number => {
    const m = share(work * cols, unit);
    const n = share(work * m, unit);
    expect(Math.min(m, rows) * Math.min(n, cols) * work).toBeLessThanOrEqual(131_072);
    return Math.ceil(rows / m) * Math.ceil(cols / n);
  };
  const layers = [4, 600, 600, 3];
  let pieces = 0;
  for (const rows of [48, 48, 48, 6]) {
    pieces += 1; // the cost
    const product = Math.max(rows, 10);
    for (let l = 1; l < layers.length; l++) {
      const [inputs, outputs] = [layers[l - 1]!, layers[l]!];
      pieces += cut(outputs, inputs, product + (50 * rows) / inputs) + cut(inputs, outputs, product);
      if (l > 1) pieces += cut(inputs, outputs, product + (50 * rows) / outputs);
    }
  }
  // Wᵀ, 4 multiply–adds a byte.
  pieces += cut(600, 600, 32) + cut(600, 3, 32);
  // The update: panels of 32 bytes a row, 1 + 4 rows and 1 + 600.
  pieces += cut(150 * 5 + 150 * 601 + 601, 1, 4 * 32, 1);
  using network = new FeedforwardNN({ layers, seed: 1 });
  work = () => 1;
  network.train(...dataOf(CASES[0]!), { iterations: 1 });
  expect(pauses + 1).toBe(pieces);
});

test('a network whose update would hold the thread is trained and judged in pieces where there is no worker', async () => {
  withoutThreads();
  using here = new FeedforwardNN({ layers: [4, 600, 600, 3], seed: 1, optimizer: 'adam', batchSize: 50 });
  using aside = new FeedforwardNN({ layers: [4, 600, 600, 3], seed: 1, optimizer: 'adam', batchSize: 50 });
  const data = dataOf(CASES[0]!);
  const train = { iterations: 2, validation: 0.2 };
  const want = bitsOf(here, here.train(...data, train));
  calls = 0;
  expect(bitsOf(aside, await aside.trainAsync(...data, train))).toEqual(want);
  expect(calls).toBeGreaterThan(20);
});

test.each([
  ['sgd', 'f64'],
  ['adam', 'f32'],
] as const)('a signal ends a training in pieces between two updates: %s', async (optimizer, precision) => {
  withoutThreads();
  const options = { layers: [4, 300, 200, 3], seed: 2, optimizer, precision, init: 'glorot' } as const;
  const data = dataOf(CASES[0]!);
  const stateOf = (network: FeedforwardNN): string =>
    JSON.stringify([network.toJSON({ trainingState: true }), flat(network)]);
  const states = new Map<string, number>();
  using whole = new FeedforwardNN(options);
  for (let pass = 0; pass < 3; pass++) {
    whole.train(...data, { iterations: Math.min(pass, 1) });
    states.set(stateOf(whole), pass);
  }

  /** How many pieces a training does that is aborted in piece `last`, and after which pass it finds the network. */
  const abortedAt = async (last: number): Promise<[pieces: number, pass: number | undefined]> => {
    using network = new FeedforwardNN(options);
    const control = new AbortController();
    pauses = 0;
    work = () => {
      if (pauses === last) control.abort();
      return 1;
    };
    const training = network.trainAsync(...data, { iterations: 3, signal: control.signal });
    await expect(training).rejects.toThrow(control.signal.reason);
    return [pauses, states.get(stateOf(network))];
  };
  work = () => 1;
  pauses = 0;
  using other = new FeedforwardNN(options);
  other.train(...data, { iterations: 1 });
  const pieces = pauses + 1;
  const ends: (number | undefined)[] = [];
  const completed: typeof ends = [];
  // About the end of the first step, whose last pieces are the update.
  for (let last = pieces - 20; last < pieces + 3; last++) {
    const [done, pass] = await abortedAt(last);
    ends.push(pass);
    if (done > last + 1) completed.push(pass);
  }
  expect(ends).not.toContain(undefined);
  expect(new Set(ends)).toEqual(new Set([0, 1]));
  expect(completed.length).toBeGreaterThan(5);
  expect(new Set(completed)).toEqual(new Set([1]));
});
