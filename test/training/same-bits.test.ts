import { afterEach, describe, expect, test, vi } from 'vitest';
import { FeedforwardNN, type Output, type TrainOptions, type TrainResult } from '../../bindings/index.js';
import { CASES, JUDGED, bitsOf, dataOf, type Case } from './cases.js';
import { REFUSALS, watchThreads, withoutThreads } from './threads.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const batched = CASES.find(({ name }) => name === 'shuffled batches')!;
const ALL = [...CASES, ...JUDGED];

/** What came of 30 passes in two calls, with all that was reported. */
interface Outcome {
  readonly bits: BigUint64Array;
  readonly results: TrainResult[];
  readonly reports: unknown[];
  readonly iteration: number;
}

async function outcomeOf(
  { options, train, ...each }: Case,
  run: (network: FeedforwardNN<Output>) => (...call: Parameters<FeedforwardNN['train']>) => unknown,
): Promise<Outcome> {
  using network = new FeedforwardNN(options);
  const reports: unknown[] = [];
  const results: TrainResult[] = [];
  for (const iterations of [19, 11]) {
    const given: TrainOptions = {
      ...train,
      iterations,
      onProgress: (report) => void reports.push({ ...report, rowsPerSecond: undefined }),
    };
    const [x, y] = dataOf({ options, ...each });
    results.push((await run(network)(x, y, given)) as TrainResult);
  }
  return { bits: bitsOf(network, ...results), results, reports, iteration: network.iteration };
}

let now = 0;

const here = (each: Case): Promise<Outcome> => outcomeOf(each, (network) => network.train.bind(network));
const aside = (each: Case): Promise<Outcome> =>
  outcomeOf(each, (network) => network.trainAsync.bind(network));

describe('trainAsync does what train does, to the bit', () => {
  describe.each(ALL)('$name', (each) => {
    test('in a worker', async () => {
      const started = watchThreads();
      expect(await aside(each)).toEqual(await here(each));
      expect(started.length).toBe(2);
    });

    test('in slices', async () => {
      withoutThreads();
      expect(await aside(each)).toEqual(await here(each));
    });

    test.each([
      ['runs wild, so that every call is as short as can be', () => (now += 1000)],
      ['stands still', () => 0],
    ])('where the clock %s', async (_, clock) => {
      const want = await here(each);
      vi.spyOn(performance, 'now').mockImplementation(clock);
      expect(await aside(each)).toEqual(want);
      withoutThreads();
      expect(await aside(each)).toEqual(want);
    });
  });
});

test.each(REFUSALS)('a Worker that %s is done without, to the same bits', async (_, stub) => {
  vi.stubGlobal('Worker', stub);
  using network = new FeedforwardNN(batched.options);
  using other = new FeedforwardNN(batched.options);
  const result = await network.trainAsync(...dataOf(batched), { iterations: 20 });
  expect(bitsOf(network, result)).toEqual(bitsOf(other, other.train(...dataOf(batched), { iterations: 20 })));
});
