import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sharedCore } from '../../bindings/core/core.js';
import {
  DisposedError,
  DivergenceError,
  FeedforwardNN,
  Matrix,
  type FeedforwardNNOptions,
} from '../../bindings/index.js';
import { flat } from '../networks.js';
import { bitsOf, labels, x } from './cases.js';
import { watchThreads, withoutThreads } from './threads.js';

declare const gc: () => void;

const options: FeedforwardNNOptions<'softmax'> = { layers: [4, 10, 3], learningRate: 0.3, init: 'glorot' };
/** Passes that take minutes: whoever waits for their end has failed. */
const forever = 1e7;
const TRAINING =
  'the network is training; let that end first, by returning false from onProgress or by its signal';

const bytes = (): number => sharedCore(false).exports.memory.buffer.byteLength;

let started: Worker[] = [];
afterEach(() => vi.restoreAllMocks());

describe.each<[way: string, begin: () => void, threads: number]>([
  ['in a worker', () => (started = watchThreads()), 1],
  ['in slices', withoutThreads, 0],
])('trainAsync %s', (_, begin, threads) => {
  beforeEach(() => {
    started = [];
    begin();
  });

  test(`starts ${threads} thread`, async () => {
    using network = new FeedforwardNN(options);
    await network.trainAsync(x, labels, { iterations: 5 });
    expect(started.length).toBe(threads);
  });

  test('gives progress as it goes, and the thread to others between', async () => {
    using network = new FeedforwardNN(options);
    const ticksAtReport: number[] = [];
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    // It waits for the timer, however slow the machine is.
    await network.trainAsync(x, labels, {
      iterations: forever,
      progressEvery: 1,
      onProgress: () => ticksAtReport.push(ticks) === 1 || ticks < ticksAtReport[0]! + 3,
    });
    clearInterval(timer);
    expect(ticksAtReport.at(-1)).toBeGreaterThanOrEqual(ticksAtReport[0]! + 3);
    expect(network.iteration).toBe(ticksAtReport.length);
  });

  test('is ended by a signal while it goes; the network has the parameters of then and goes on', async () => {
    using network = new FeedforwardNN(options);
    const control = new AbortController();
    const reason = new Error('enough');
    setTimeout(() => control.abort(reason), 30);
    const ended = network.trainAsync(x, labels, { iterations: forever, signal: control.signal });
    await expect(ended).rejects.toBe(reason);
    const { iteration } = network;
    const after = flat(network);
    using other = new FeedforwardNN(options);
    other.train(x, labels, { iterations: iteration });
    expect(after).toEqual(flat(other));
    await network.trainAsync(x, labels, { iterations: 3 });
    other.train(x, labels, { iterations: 3 });
    expect(flat(network)).toEqual(flat(other));
  });

  test.each([
    ['validated', { validation: 0.3 }],
    ['stopped early', { earlyStopping: { patience: forever } }],
    ['reported', { progressEvery: 1, onProgress: () => {} }],
  ])('is ended by AbortSignal.timeout also when every pass is %s', async (_what, train) => {
    using network = new FeedforwardNN(options);
    const signal = AbortSignal.timeout(30);
    const ended = network.trainAsync(x, labels, { ...train, iterations: forever, signal });
    await expect(ended).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(flat(network).every(Number.isFinite)).toBe(true);
  });

  test('wherever a signal is aborted, ends with its reason and finite parameters, or with what train gives', async () => {
    const given: FeedforwardNNOptions<'softmax'> = { ...options, batchSize: 32 };
    const train = { iterations: 4, progressEvery: 100, validation: 0.5, earlyStopping: true };
    using other = new FeedforwardNN(given);
    const whole = other.train(x, labels, train);
    let clock = 0;
    // Every block of rows is a call, and after each the signal is looked at.
    vi.spyOn(performance, 'now').mockImplementation(() => (clock += 1000));
    const reason = new Error('there');
    let ends = 0;
    for (let looks = 1; ends < 2; looks += threads > 0 ? 7 : 1) {
      let left = looks;
      const signal = {
        get aborted(): boolean {
          return --left < 0;
        },
        throwIfAborted(): void {
          if (this.aborted) throw reason;
        },
      };
      using network = new FeedforwardNN(given);
      const end = await network.trainAsync(x, labels, { ...train, signal }).catch((error: unknown) => error);
      if (end !== reason) {
        expect(bitsOf(network, end as typeof whole)).toEqual(bitsOf(other, whole));
        expect(end).toEqual(whole);
        ends++;
      }
      expect(flat(network).every(Number.isFinite)).toBe(true);
    }
  });

  test('shows predict the parameters of the last report or newer ones', async () => {
    using alone = new FeedforwardNN(options);
    const after = Array.from({ length: 300 }, () => {
      alone.train(x, labels, { iterations: 1 });
      return flat(alone).join();
    });
    using network = new FeedforwardNN(options);
    const seen: [reported: number, found: number][] = [];
    let reported = -1;
    const timer = setInterval(() => {
      expect(network.predict(x).rows).toBe(150);
      seen.push([reported, after.indexOf(flat(network).join())]);
    });
    await network.trainAsync(x, labels, {
      iterations: 300,
      progressEvery: 30,
      onProgress: ({ iteration }) => {
        reported = iteration;
        expect(after.indexOf(flat(network).join())).toBe(iteration);
        // Lets the timer see something between the reports too.
        const end = performance.now() + 4;
        while (performance.now() < end);
      },
    });
    clearInterval(timer);
    expect(seen.length).toBeGreaterThan(0);
    for (const [last, found] of seen) expect(found).toBeGreaterThanOrEqual(last);
    expect(flat(network).join()).toBe(after[299]);
  });

  test('saves what it was at the last report, whenever it is saved', async () => {
    const batched: FeedforwardNNOptions<'softmax'> = { ...options, batchSize: 16, optimizer: 'adam' };
    const stateOf = (network: FeedforwardNN): string => JSON.stringify({ ...network.toJSON(), classes: [] });
    using alone = new FeedforwardNN(batched);
    const states = [stateOf(alone)];
    for (let pass = 0; pass < 200; pass++) {
      alone.train(x, labels, { iterations: 1 });
      states.push(stateOf(alone));
    }
    using network = new FeedforwardNN(batched);
    const saved: string[] = [];
    const timer = setInterval(() => saved.push(stateOf(network)));
    await network.trainAsync(x, labels, {
      iterations: 200,
      progressEvery: 50,
      validation: { x, y: labels },
      onProgress: () => sleep(3).then(() => undefined),
    });
    clearInterval(timer);
    expect(saved.length).toBeGreaterThan(0);
    for (const state of saved) expect([0, 1, 51, 101, 151].map((pass) => states[pass])).toContain(state);
    expect(stateOf(network)).toBe(states[200]);
  });

  test('awaits a promise of onProgress, which ends the training with false or by rejecting', async () => {
    using network = new FeedforwardNN(options);
    let waiting = 0;
    const { stopReason, iterations } = await network.trainAsync(x, labels, {
      iterations: 10,
      progressEvery: 1,
      onProgress: async ({ iteration }) => {
        expect(++waiting).toBe(1);
        await sleep(1);
        waiting--;
        return iteration < 3;
      },
    });
    expect([stopReason, iterations]).toEqual(['stopped', 4]);
    const reason = new Error('no');
    const ended = network.trainAsync(x, labels, { onProgress: () => Promise.reject(reason) });
    await expect(ended).rejects.toBe(reason);
    expect(network.iteration).toBe(5);
  });

  test('lets nothing change the network meanwhile, and is not changed by the attempt', async () => {
    using network = new FeedforwardNN(options);
    const parameters = network.getParameters();
    const training = network.trainAsync(x, labels, { iterations: 200 });
    const attempt = async (): Promise<void> => {
      for (const act of [
        () => network.train(x, labels),
        () => network.partialFit(x, labels),
        () => network.setParameters(parameters),
        () => network.gradientCheck(x, labels),
        () => network.dispose(),
      ])
        expect(act).toThrow(new Error(TRAINING));
      await expect(network.trainAsync(x, labels)).rejects.toThrow(new Error(TRAINING));
    };
    await attempt();
    await sleep(1);
    if (network.iteration < 200) await attempt();
    const result = await training;
    using other = new FeedforwardNN(options);
    expect(bitsOf(network, result)).toEqual(bitsOf(other, other.train(x, labels, { iterations: 200 })));
    network.dispose();
    await expect(network.trainAsync(x, labels)).rejects.toThrow(DisposedError);
  });

  test('rejects where the cost stops being finite, and the network is as train would leave it', async () => {
    const given: FeedforwardNNOptions<'softmax'> = {
      layers: [4, 3],
      optimizer: { name: 'sgd', momentum: 0.9 },
    };
    const huge = { data: x.data.map((v) => v * 1e250), rows: 150, cols: 4 };
    const train = { learningRate: 1e250, iterations: 50 };
    using network = new FeedforwardNN(given);
    using other = new FeedforwardNN(given);
    const error = await network.trainAsync(huge, labels, train).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DivergenceError);
    let same: unknown;
    try {
      other.train(huge, labels, train);
    } catch (thrown) {
      same = thrown;
    }
    expect({ ...(error as object) }).toEqual({ ...(same as object) });
    expect(flat(network)).toEqual(flat(other));
    const result = await network.trainAsync(x, labels, { iterations: 5 });
    expect(bitsOf(network, result)).toEqual(bitsOf(other, other.train(x, labels, { iterations: 5 })));
  });

  test.each<[what: string, fail: (pass: number) => Partial<Parameters<FeedforwardNN['train']>[2]>]>([
    [
      'onProgress',
      (pass) => ({
        onProgress: ({ iteration }) => {
          if (iteration === pass - 1) throw new Error('mine');
        },
      }),
    ],
    [
      'the learning rate’s function',
      (pass) => ({
        progressEvery: 100,
        learningRate: (i) => {
          if (i === pass) throw new Error('mine');
          return 0.3;
        },
      }),
    ],
  ])('rejects with what %s throws, and the network is as of then', async (_what, fail) => {
    using network = new FeedforwardNN(options);
    // Validated, each pass is a piece of work; the last one need not be reported.
    const train = { iterations: 50, validation: 0.5 };
    const failing = network.trainAsync(x, labels, { ...train, progressEvery: 7, ...fail(8) });
    await expect(failing).rejects.toThrow(new Error('mine'));
    using other = new FeedforwardNN(options);
    other.train(x, labels, { ...train, iterations: 8 });
    expect(flat(network)).toEqual(flat(other));
    expect(network.iteration).toBe(8);
    await network.trainAsync(x, labels, { iterations: 2 });
    other.train(x, labels, { iterations: 2 });
    expect(flat(network)).toEqual(flat(other));
  });

  test('gives its memory back, however it ends', async () => {
    using network = new FeedforwardNN({ ...options, layers: [4, 2000, 3] });
    const control = new AbortController();
    const abort = { signal: control.signal, onProgress: () => control.abort() };
    const bad = Matrix.from(x);
    bad.data[599] = Infinity;
    const fail = (): never => {
      throw new Error('mine');
    };
    const huge = { data: x.data.map((v) => v * 1e300), rows: 150, cols: 4 };
    const once = async (): Promise<void> => {
      const ends = [
        () => network.trainAsync(x, labels, { iterations: 2, validation: 0.5, earlyStopping: true }),
        () => network.trainAsync(x, labels, { iterations: 5, onProgress: () => false }),
        () => network.trainAsync(x, labels, abort),
        () => network.trainAsync(x, labels, { onProgress: fail }),
        () => network.trainAsync(bad, labels),
        () => network.trainAsync(x, labels, { validation: { x: bad, y: labels } }),
        () => network.trainAsync(huge, labels, { learningRate: 1e308, iterations: 9 }),
        () => network.trainAsync(x, labels.subarray(1)),
        () => network.trainAsync(x, labels, { iterations: 2 ** 50 }),
      ];
      for (const end of ends) await end().catch(() => {});
    };
    for (let i = 0; i < 3; i++) await once();
    const before = bytes();
    for (let i = 0; i < 20; i++) await once();
    expect(bytes()).toBe(before);
  });

  test('of twenty networks at once gives the bits of each alone', async () => {
    const made = Array.from(
      { length: 20 },
      (_unused, seed) => new FeedforwardNN({ ...options, seed, batchSize: 7 }),
    );
    const results = await Promise.all(
      made.map((network) => network.trainAsync(x, labels, { iterations: 20 })),
    );
    made.forEach((network, seed) => {
      using other = new FeedforwardNN({ ...options, seed, batchSize: 7 });
      expect(bitsOf(network, results[seed]!)).toEqual(
        bitsOf(other, other.train(x, labels, { iterations: 20 })),
      );
      network.dispose();
    });
  });

  test('is not harmed by memory that grows meanwhile', async () => {
    using network = new FeedforwardNN(options);
    const others: FeedforwardNN[] = [];
    const before = bytes();
    const result = await network.trainAsync(x, labels, {
      iterations: 20,
      progressEvery: 5,
      onProgress: () => {
        do others.push(new FeedforwardNN({ layers: [2000, 3000, 2] }));
        while (bytes() === before);
      },
    });
    others.forEach((each) => each.dispose());
    using other = new FeedforwardNN(options);
    expect(bitsOf(network, result)).toEqual(bitsOf(other, other.train(x, labels, { iterations: 20 })));
  });

  test('goes on where the caller has forgotten the network', async () => {
    const training = new FeedforwardNN(options).trainAsync(x, labels, {
      iterations: 50,
      onProgress: () => gc(),
    });
    for (let i = 0; i < 20; i++) {
      gc();
      await sleep(1);
    }
    using other = new FeedforwardNN(options);
    expect((await training).costHistory).toEqual(other.train(x, labels, { iterations: 50 }).costHistory);
  });

  test('is ended by a signal while it copies the rows, and has learnt nothing', async () => {
    const control = new AbortController();
    const rows = 5000;
    let reads = 0;
    const given = new Proxy(
      Array.from({ length: rows }, (_unused, i) =>
        Float64Array.from({ length: 40 }, (_each, j) => i % (j + 2)),
      ),
      {
        get(target, name) {
          if (typeof name === 'string' && /^\d/.test(name) && ++reads > 0.1 * rows) control.abort('soon');
          return Reflect.get(target, name) as unknown;
        },
      },
    );
    using network = new FeedforwardNN({ ...options, layers: [40, 3] });
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (clock += 1000));
    const y = Uint8Array.from({ length: rows }, (_unused, i) => i % 3);
    await expect(network.trainAsync(given, y, { signal: control.signal })).rejects.toBe('soon');
    expect(reads).toBeLessThan(0.5 * rows);
    expect([network.iteration, network.classes, started.length]).toEqual([0, undefined, 0]);
  });

  test('makes no pass of none', async () => {
    using network = new FeedforwardNN(options);
    const before = flat(network);
    expect(await network.trainAsync(x, labels, { iterations: 0 })).toEqual(
      network.train(x, labels, { iterations: 0 }),
    );
    expect(flat(network)).toEqual(before);
  });
});

describe('trainAsync', () => {
  test.each<
    [message: string, kind: typeof TypeError | typeof RangeError, given: [unknown, unknown, unknown?]]
  >([
    ['unknown option "iteration", did you mean "iterations"?', TypeError, [x, labels, { iteration: 1 }]],
    ['"y" expected 150 rows to match "x", got 149', RangeError, [x, labels.subarray(1)]],
    ['"x" expected a Matrix, { data, rows, cols } or an array of rows, got 7', TypeError, [7, labels]],
  ])('rejects: %s', async (message, kind, given) => {
    using network = new FeedforwardNN(options);
    const training = network.trainAsync(...(given as Parameters<typeof network.trainAsync>));
    const error: unknown = await training.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toBe(message);
    expect(network.train(x, labels, { iterations: 1 }).iterations).toBe(1);
  });

  test('that is aborted before it begins starts no thread', async () => {
    started = watchThreads();
    using network = new FeedforwardNN(options);
    await expect(network.trainAsync(x, labels, { signal: AbortSignal.abort('before') })).rejects.toBe(
      'before',
    );
    expect(started.length).toBe(0);
  });

  test('rejects where its worker ends in the middle, and the network is as of the last report', async () => {
    started = watchThreads();
    using network = new FeedforwardNN(options);
    let reported: Float64Array | undefined;
    const training = network.trainAsync(x, labels, {
      iterations: forever,
      progressEvery: 10,
      onProgress: ({ iteration }) => {
        reported = flat(network);
        if (iteration === 20) void started[0]!.terminate();
      },
    });
    await expect(training).rejects.toThrow(new Error('the worker ended'));
    expect(flat(network)).toEqual(reported);
    expect((await network.trainAsync(x, labels, { iterations: 3 })).iterations).toBe(3);
  });

  test('does without a thread that cannot be sent the core, and leaves no rejection unhandled', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    const ended: Promise<void>[] = [];
    class Refusing extends Worker {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given);
        ended.push(new Promise((resolve) => this.on('exit', () => resolve())));
      }
      override postMessage(): void {
        throw new DOMException('it could not be cloned', 'DataCloneError');
      }
    }
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue({ Worker: Refusing });
    using network = new FeedforwardNN(options);
    await network.trainAsync(x, labels, { iterations: 5 });
    await Promise.all(ended);
    await sleep(10);
    process.off('unhandledRejection', note);
    expect(ended.length).toBe(1);
    expect(unhandled).toEqual([]);
    using other = new FeedforwardNN(options);
    other.train(x, labels, { iterations: 5 });
    expect(flat(network)).toEqual(flat(other));
  });
});
