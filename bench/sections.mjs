// The tables of `npm run bench`.
import { gflops, isLimit, shareOf, variation } from './shares.mjs';
import { figure, mebibytes, microseconds, nanoseconds, percent, table } from './tables.mjs';

const kindOf = ({ binary, precision }) => [binary, precision];

/** From most to least telling: the speed, its share of the limit, and what they come from. */
const speeds = (result, results) => [
  figure(gflops(result)),
  percent(shareOf(result, results)),
  percent(shareOf(result, results, 'minimum')),
];

const timing = ({ minimum, median, spread, samples }, unit) => [
  unit(minimum),
  unit(median),
  percent(spread),
  samples.length,
];

const TIMES = ['minimum', 'median', 'spread', 'rounds'];
const SPEEDS = ['GFLOP/s', '% of limit', 'at best'];

export function kernelSection({ kernels }) {
  const products = kernels.filter(({ flop }) => flop);
  const functions = kernels.filter(({ flop }) => !flop);
  return [
    '## Kernels against the limit',
    '',
    'The limit is a loop of 12 independent multiply–adds that never leave their registers (`kernels/limit.ts`).',
    'A product of m·n·k takes 2·m·n·k operations; it runs over blocks of rows, as a training does.',
    'Percentages compare medians, “at best” minima; the plain limit now and then reaches the fused one, so its minimum is high.',
    '',
    table(
      [
        'kernel',
        'binary',
        'type',
        ...SPEEDS,
        ...TIMES.map((head) => (head.startsWith('m') ? `${head}, µs` : head)),
      ],
      products.map((one) => [
        one.name,
        ...kindOf(one),
        ...speeds(one, kernels),
        ...timing(one, microseconds),
      ]),
      3,
    ),
    `Over 1,024 values in the L1 cache, ns a value:`,
    '',
    table(
      ['function', 'binary', 'type', ...TIMES],
      functions.map((one) => [one.name, ...kindOf(one), ...timing(one, nanoseconds)]),
      3,
    ),
  ].join('\n');
}

export function caseSection({ cases }) {
  const rows = cases.flatMap(({ results }) =>
    results
      .filter((one) => !isLimit(one))
      .map((one) => [one.name, ...kindOf(one), ...timing(one, microseconds), ...speeds(one, results)]),
  );
  return [
    '## Cases',
    '',
    'µs an iteration through the public interface. An iteration of training is 2·m·(2·n0·n1 + 3·n1·n2) operations,',
    'a prediction 2·m·(n0·n1 + n1·n2); exp, tanh and the update count nothing.',
    'Copying the rows in, once a call of `train`, is included, and so is every call of `predict`, which makes a new array.',
    '',
    table(['case', 'binary', 'type', ...TIMES, ...SPEEDS], rows, 3),
  ].join('\n');
}

const rowCost = ({ median, rows }) => median / rows;
const operationCost = ({ median, flop }) => median / flop;

/** How far the costs of one precision lie apart. */
export const flatness = (results, precision, cost) =>
  variation(results.filter((one) => one.precision === precision).map(cost));

function growthTable(results, head, size, costHead, cost, scale) {
  const groups = ['f64', 'f32'].map((precision) => [
    precision,
    results.filter((one) => one.precision === precision),
  ]);
  const rows = groups.flatMap(([precision, group]) =>
    group.map((one) => [
      size(one).toLocaleString('en'),
      precision,
      figure(scale * cost(one)),
      ...timing(one, microseconds),
    ]),
  );
  const flat = groups.map(([precision]) => `${precision} ${percent(flatness(results, precision, cost))}`);
  return [
    table([head, 'type', costHead, ...TIMES], rows, 2),
    `From least to greatest: ${flat.join(', ')}.`,
    '',
  ].join('\n');
}

export function growthSection({ rows, widths }) {
  return [
    '## Cost as work grows',
    '',
    'Rows of 64-32-10, ten iterations a call, µs an iteration:',
    '',
    growthTable(rows, 'm', (one) => one.rows, 'ns a row', rowCost, 1e9),
    'Hidden units n1 of 784-n1-10, m = 512, µs an iteration:',
    '',
    growthTable(widths, 'n1', (one) => one.hidden, 'ps an operation', operationCost, 1e12),
  ].join('\n');
}

const MEMORY_NAMES = {
  none: 'only makes the data set',
  'plain-js': 'plain JavaScript, f64',
  'ours-f64': 'feedforward-wasm, f64',
  'ours-f32': 'feedforward-wasm, f32',
  'ours-f64-streamed': 'feedforward-wasm, f64, rows streamed',
  'ours-f32-streamed': 'feedforward-wasm, f32, rows streamed',
};

export function memorySection({ memory: { dataSet, parameters, peaks } }) {
  const [{ bytes: least }] = peaks;
  return [
    '## Memory',
    '',
    `Peak of a process that makes mnist and trains it once. In f64 the data set is ${mebibytes(dataSet)} MiB, the parameters are ${mebibytes(parameters)} MiB.`,
    'Whoever holds the rows in an array has them twice while `train` runs, as it copies them into the core, once;',
    'in f32 the process makes them in a Float32Array. Streamed, `{ rows, columns, get }` makes each',
    'number when it is read, once and in order, and only the core holds it, to the same cost. Plain JavaScript reads its rows',
    'in every iteration, and has to hold them.',
    '',
    table(
      ['process', 'peak, MiB', 'beside making the data set in f64, MiB'],
      peaks.map(({ way, bytes }) => [MEMORY_NAMES[way], mebibytes(bytes), mebibytes(bytes - least)]),
    ),
  ].join('\n');
}
