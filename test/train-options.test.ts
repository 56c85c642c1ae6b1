import { runInNewContext } from 'node:vm';
import { describe, expect, test, vi } from 'vitest';
import { resolveOptions } from '../bindings/options.js';
import { resolvePartialFitOptions, resolveTrainOptions } from '../bindings/train-options.js';
import { expectError } from './throws.js';

const layers = [4, 10, 3];
const network = resolveOptions({ layers });
const resolved = (options: unknown): ReturnType<typeof resolveTrainOptions> =>
  resolveTrainOptions(options, network);

describe('resolveTrainOptions', () => {
  test('defaults are the network’s', () => {
    const learningRate = { schedule: 'exponential', initial: 1, factor: 0.5 } as const;
    const own = resolveOptions({ layers, iterations: 25, learningRate, batchSize: 8, shuffle: false });
    const expected = {
      iterations: 25,
      learningRate: { ...learningRate, warmup: 0 },
      batchSize: 8,
      shuffle: false,
      sampleWeights: undefined,
      classWeights: undefined,
      validation: undefined,
      earlyStopping: undefined,
      signal: undefined,
      onProgress: undefined,
      progressEvery: 2.5,
      log: undefined,
    };
    expect(resolveTrainOptions(undefined, own)).toEqual(expected);
    expect(resolveTrainOptions({}, own)).toEqual(expected);
    const undefineds = Object.fromEntries(Object.keys(expected).map((name) => [name, undefined]));
    expect(resolveTrainOptions(undefineds, own)).toEqual(expected);
  });

  test('overrides hold for the call, the network’s stay', () => {
    const given = {
      iterations: 7,
      learningRate: 2,
      batchSize: 3,
      shuffle: false,
      sampleWeights: [1, 2],
      classWeights: 'balanced',
      validation: 0.2,
      earlyStopping: { patience: 3, minimumChange: 0.5 },
      signal: new AbortController().signal,
      onProgress: () => false,
      progressEvery: 5,
      log: () => {},
    };
    expect(resolved(given)).toEqual(given);
    expect(network).toEqual(resolveOptions({ layers }));
  });

  test('batchSize: Infinity takes all rows, whatever the network’s', () => {
    const own = resolveOptions({ layers, batchSize: 8 });
    expect(resolveTrainOptions({ batchSize: Infinity }, own).batchSize).toBe(Infinity);
  });

  test('a cosine’s default length is the network’s iterations', () => {
    const learningRate = { schedule: 'cosine', initial: 1 };
    expect(resolved({ iterations: 7, learningRate }).learningRate).toMatchObject({ iterations: 1000 });
  });

  test.each([
    [0, 1],
    [9, 1],
    [19, 1.9],
    [20, 2],
    [1000, 100],
  ])('%d iterations: progress every %d', (iterations, every) => {
    expect(resolved({ iterations }).progressEvery).toBe(every);
  });

  test('log: true is console.log, false is none', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    resolved({ log: true }).log?.('line');
    expect(log.mock.calls).toEqual([['line']]);
    log.mockRestore();
    expect(resolved({ log: false }).log).toBeUndefined();
  });

  test('earlyStopping: true and {} take the defaults, false is none', () => {
    const defaults = { patience: 10, minimumChange: 0 };
    expect(resolved({ earlyStopping: true }).earlyStopping).toEqual(defaults);
    expect(resolved({ earlyStopping: {} }).earlyStopping).toEqual(defaults);
    expect(resolved({ earlyStopping: { patience: 2 } }).earlyStopping).toEqual({ ...defaults, patience: 2 });
    expect(resolved({ earlyStopping: false }).earlyStopping).toBeUndefined();
  });

  test('validation keeps the caller’s rows and reads them later', () => {
    const [x, y] = [[[1]], ['a']];
    const { validation } = resolved({ validation: { x, y } });
    expect(validation).toEqual({ x, y });
    expect((validation as { x: unknown }).x).toBe(x);
  });

  test('a signal of another realm is one', () => {
    const foreign: unknown = runInNewContext('({ aborted: false, throwIfAborted() {} })');
    expect(resolved({ signal: foreign }).signal).toBe(foreign);
  });
});

const from0 = (name: string, got: string): string => `"${name}" expected a safe integer >= 0, got ${got}`;
const from1 = (name: string, got: string): string => `"${name}" expected a safe integer >= 1, got ${got}`;
const share = '"validation" expected a share of the rows in (0, 1) or { x, y }, got ';
const stopping = '"earlyStopping" expected a boolean or { patience, minimumChange }, got ';
const all =
  'iterations, learningRate, batchSize, shuffle, sampleWeights, classWeights, validation, earlyStopping, signal, ' +
  'onProgress, progressEvery, log';

const bad: [options: unknown, kind: typeof TypeError | typeof RangeError, message: string][] = [
  [null, TypeError, '"options" expected an object, got null'],
  [10, TypeError, '"options" expected an object, got 10'],
  [{ iterations: -1 }, RangeError, from0('iterations', '-1')],
  [{ iterations: null }, TypeError, from0('iterations', 'null')],
  [{ learningRate: 0 }, RangeError, '"learningRate" expected a finite number > 0, got 0'],
  [{ batchSize: 0.5 }, RangeError, from1('batchSize', '0.5')],
  [{ shuffle: 'no' }, TypeError, '"shuffle" expected a boolean, got "no"'],
  [{ validation: 0 }, RangeError, `${share}0`],
  [{ validation: 1 }, RangeError, `${share}1`],
  [{ validation: NaN }, RangeError, `${share}NaN`],
  [{ validation: true }, TypeError, `${share}true`],
  [{ validation: [[[1]], ['a']] }, TypeError, `${share}array of length 2`],
  [{ validation: { x: [], y: [], z: [] } }, TypeError, 'unknown option "validation.z", expected one of x, y'],
  [{ earlyStopping: 10 }, TypeError, `${stopping}10`],
  [{ earlyStopping: null }, TypeError, `${stopping}null`],
  [{ earlyStopping: { patience: 0 } }, RangeError, from1('earlyStopping.patience', '0')],
  [
    { earlyStopping: { minimumChange: -1 } },
    RangeError,
    '"earlyStopping.minimumChange" expected a finite number >= 0, got -1',
  ],
  [
    { earlyStopping: { minDelta: 1 } },
    TypeError,
    'unknown option "earlyStopping.minDelta", expected one of patience, minimumChange',
  ],
  [{ signal: {} }, TypeError, '"signal" expected an AbortSignal, got Object'],
  [{ signal: { aborted: 1, throwIfAborted: 5 } }, TypeError, '"signal" expected an AbortSignal, got Object'],
  [{ signal: new AbortController() }, TypeError, '"signal" expected an AbortSignal, got AbortController'],
  [{ onProgress: true }, TypeError, '"onProgress" expected a function, got true'],
  [{ onProgress: null }, TypeError, '"onProgress" expected a function, got null'],
  [{ progressEvery: 0 }, RangeError, from1('progressEvery', '0')],
  [{ progressEvery: '5' }, TypeError, from1('progressEvery', '"5"')],
  [{ log: 'yes' }, TypeError, '"log" expected a boolean or a function, got "yes"'],
  [{ log: null }, TypeError, '"log" expected a boolean or a function, got null'],
  [{ onprogress: () => {} }, TypeError, 'unknown option "onprogress", did you mean "onProgress"?'],
  [{ sampleWeight: [] }, TypeError, 'unknown option "sampleWeight", did you mean "sampleWeights"?'],
  [{ epochs: 1 }, TypeError, `unknown option "epochs", expected one of ${all}`],
  // Options of the constructor.
  [{ seed: 1 }, TypeError, 'unknown option "seed", only new FeedforwardNN has it'],
  [{ optimizer: 'adam' }, TypeError, 'unknown option "optimizer", only new FeedforwardNN has it'],
  [{ scaling: undefined }, TypeError, 'unknown option "scaling", only new FeedforwardNN has it'],
];

test.each(bad)('refuses %#: %o', (options, kind, message) => {
  expectError(() => resolved(options), kind, message);
});

describe('resolvePartialFitOptions', () => {
  test('is one pass over one batch of all rows in their order', () => {
    const own = resolveOptions({ layers, iterations: 25, learningRate: 0.5, batchSize: 8 });
    expect(resolvePartialFitOptions(undefined, own)).toMatchObject({
      iterations: 1,
      learningRate: 0.5,
      batchSize: Infinity,
      shuffle: false,
    });
    const given = { learningRate: 2, sampleWeights: [1], classWeights: [1, 2], weightsAsGiven: true };
    const { weightsAsGiven: _, ...options } = given;
    expect(resolvePartialFitOptions(options, own)).toMatchObject(given);
  });

  test.each<[options: object, message: string]>([
    [{ batchSize: 2 }, 'but train has it'],
    [{ l2: 2 }, 'expected one of learningRate, sampleWeights, classWeights'],
    [{ learningrate: 2 }, 'did you mean "learningRate"?'],
  ])('refuses %o', (options, remedy) => {
    const [name] = Object.keys(options);
    expectError(
      () => resolvePartialFitOptions(options, network),
      TypeError,
      `unknown option "${name}", ${remedy}`,
    );
  });
});
