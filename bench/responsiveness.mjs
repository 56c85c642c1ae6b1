// How long trainAsync holds its caller's thread, in a worker and in slices, and how soon a signal ends it.
// After npm run build: node bench/responsiveness.mjs
import { setTimeout as sleep } from 'node:timers/promises';
import { FeedforwardNN } from '../dist/index.js';

const ROUNDS = 7;

/** Name, widths, rows, the passes of a round, options of the network and of the training, whether rows are arrays. */
const CASES = [
  ['2-8-2', [2, 8, 2], 4, 20_000],
  ['2-8-2, 4 million passes', [2, 8, 2], 4, 4_000_000],
  ['2-8-2, validated', [2, 8, 2], 40, 500, {}, { validation: 0.5, earlyStopping: { patience: 1e6 } }],
  ['digits', [64, 32, 10], 1797, 60],
  ['digits, batches of 32, adam', [64, 32, 10], 1797, 20, { batchSize: 32, optimizer: 'adam' }],
  ['mnist', [784, 128, 10], 4096, 3],
  [
    'mnist, batches of 64, adam, standardised',
    [784, 128, 10],
    4096,
    2,
    { batchSize: 64, optimizer: 'adam', scaling: 'standardize' },
    { validation: 0.1 },
  ],
  ['40,000 rows of 784', [784, 10], 40_000, 1, { scaling: 'standardize' }],
  ['40,000 rows of 784, batches of 128', [784, 10], 40_000, 1, { batchSize: 128 }],
  ['60,000 rows, balanced', [10, 3], 60_000, 3, {}, { classWeights: 'balanced', validation: 0.2 }],
  ['60,000 arrays', [10, 3], 60_000, 3, {}, {}, true],
  ['1024-1024-10', [1024, 1024, 10], 400, 2, { batchSize: 100, optimizer: 'adam' }, { validation: 0.2 }],
  ['1024-1024-10 in f32', [1024, 1024, 10], 400, 2, { optimizer: 'adam', precision: 'f32' }],
  ['2048-2048-10', [2048, 2048, 10], 120, 2, { optimizer: 'adam' }],
  [
    '2048-2048-10, all that regularises',
    [2048, 2048, 10],
    120,
    2,
    { optimizer: 'adam', batchSize: 40, clipNorm: 0.1, l2: 0.1, dropout: 0.2 },
    { validation: 0.3 },
  ],
  ['4096-4096-10 in f32', [4096, 4096, 10], 80, 2, { optimizer: 'adam', precision: 'f32' }],
  ['64-400000', [64, 400_000], 40, 1],
  ['16-1000000, validated', [16, 1_000_000], 12, 1, {}, { validation: 0.4 }],
  ['1-5000000', [1, 5_000_000], 8, 1],
  ['1-3000000, balanced', [1, 3_000_000], 8, 1, {}, { classWeights: 'balanced' }],
  ['4-1000000-3', [4, 1_000_000, 3], 12, 1],
  ['8000000-2-2', [8_000_000, 2, 2], 8, 1],
  ['3000000-4-3, standardised', [3_000_000, 4, 3], 12, 1, { scaling: 'standardize' }],
  ['4096-2048-2048-10, batches of 1', [4096, 2048, 2048, 10], 4, 1, { batchSize: 1 }],
];

const getBuiltinModule = process.getBuiltinModule;
const ways = {
  'a worker': () => (process.getBuiltinModule = getBuiltinModule),
  slices: () => (process.getBuiltinModule = () => undefined),
};

console.log(
  'ms; of 7 rounds the quietest, as others have the machine too; the end after a signal: the slowest\n',
);
console.log(line('network', 'trainAsync in', 'the call', 'longest hold', 'end after a signal'));
for (const [name, layers, rows, iterations, options, train, arrays] of CASES) {
  const data = makeData(layers, rows, arrays);
  for (const [way, choose] of Object.entries(ways)) {
    choose();
    const holds = [];
    const calls = [];
    const ends = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { call, hold } = await watch(new FeedforwardNN({ layers, ...options }), data, {
        ...train,
        iterations,
      });
      calls.push(call);
      holds.push(hold);
      ends.push(await abort(new FeedforwardNN({ layers, ...options }), data, train, 60 + 17 * round));
    }
    const least = (values) => Math.min(...values).toFixed(1);
    console.log(line(name, way, least(calls), least(holds), Math.max(...ends).toFixed(0)));
  }
}

/** How long the call took, and the longest time in which no other task of this thread had its turn. */
async function watch(nn, [x, y], train) {
  let running = true;
  let hold = 0;
  let last = performance.now();
  const probe = () => {
    const now = performance.now();
    hold = Math.max(hold, now - last);
    last = now;
    if (running) setImmediate(probe);
  };
  setImmediate(probe);
  await sleep(5);
  hold = 0;
  const begin = performance.now();
  const training = nn.trainAsync(x, y, train);
  const call = performance.now() - begin;
  await training;
  running = false;
  nn.dispose();
  return { call, hold };
}

/** How long after a signal the promise settles. */
async function abort(nn, [x, y], train, after) {
  const control = new AbortController();
  let begin;
  setTimeout(() => {
    begin = performance.now();
    control.abort();
  }, after);
  await nn.trainAsync(x, y, { ...train, iterations: 1e7, signal: control.signal }).catch(() => {});
  const end = performance.now();
  nn.dispose();
  return end - begin;
}

function makeData([cols, ...widths], rows, arrays = false) {
  const value = (k) => ((k * 7919) % 1009) / 1009;
  const row = (i) => Array.from({ length: cols }, (_, j) => value(i * cols + j));
  const x = arrays
    ? Array.from({ length: rows }, (_, i) => row(i))
    : { data: Float64Array.from({ length: rows * cols }, (_, k) => value(k)), rows, cols };
  return [x, Uint8Array.from({ length: rows }, (_, i) => i % widths.at(-1))];
}

function line(name, way, ...numbers) {
  return name.padEnd(42) + way.padEnd(15) + numbers.map((cell) => cell.padStart(20)).join('');
}
