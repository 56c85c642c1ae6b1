// The bars that the library set itself, each with what was measured: `measure` is 'median' or 'minimum' of the rounds.
import { flatness } from './sections.mjs';
import { gflops, limitOf, shareOf } from './shares.mjs';
import { figure, mebibytes, microseconds, nanoseconds, exactPercent, table, times } from './tables.mjs';

const PRECISIONS = ['f64', 'f32'];

const bar = (what, needed, measured, met) => ({ what, needed, measured, met });
const atLeast = (what, needed, value, format) =>
  bar(what, `≥ ${format(needed)}`, format(value), value >= needed);
const atMost = (what, needed, value, format) =>
  bar(what, `≤ ${format(needed)}`, format(value), value <= needed);

const TILE_SHARE = 0.9,
  PRODUCT_SHARE = 0.8;
const CASE_SHARES = { mnist: 0.8, 'mnist-b128': 0.8, wide: 0.75, 'predict-4096': 0.8 };

/** The least share of the limit among the results chosen. */
function leastShare(what, needed, results, chosen, measure) {
  const shares = chosen.map((result) => shareOf(result, results, measure));
  return atLeast(what, needed, Math.min(...shares), exactPercent);
}

function limitBars({ binaries, kernels, cases }, measure) {
  return binaries.flatMap((binary) =>
    PRECISIONS.flatMap((precision) => {
      const ofKind = (one) => one.binary === binary && one.precision === precision && one.flop;
      const kind = `${precision}, ${binary}`;
      const mine = kernels.filter(ofKind);
      const products = mine.filter(({ name }) => /^(NN|NT|TN)/.test(name));
      return [
        leastShare(
          `GEMM on packed blocks of k = 256, ${kind}`,
          TILE_SHARE,
          kernels,
          mine.filter(({ name }) => name.startsWith('tile')),
          measure,
        ),
        ...products.map((product) =>
          leastShare(`${product.name}, ${kind}`, PRODUCT_SHARE, kernels, [product], measure),
        ),
        ...cases
          .filter(({ name }) => name in CASE_SHARES)
          .map(({ name, results }) =>
            leastShare(
              `${name}, ${kind}`,
              CASE_SHARES[name],
              results,
              results.filter((one) => ofKind(one) && one.name.startsWith(`${name} `)),
              measure,
            ),
          ),
      ];
    }),
  );
}

/** Seconds on a machine of that limit, in operations a second; on another they are as many operations of its limit. */
const TIME_BARS = { xor: { f64: 0.35e-6 }, iris: { f64: 10e-6, f32: 6e-6 } };
const FUNCTION_BARS = { f64: 2.0e-9, f32: 0.7e-9 };
const THEIR_LIMIT = { f64: 29.5e9, f32: 59.1e9 };

function timeBar(what, seconds, result, results, measure, format) {
  const limit = 1e9 * gflops(limitOf(result, results), measure);
  const needed = (seconds * THEIR_LIMIT[result.precision]) / limit;
  return atMost(`${what} (${format(seconds)} there)`, needed, result[measure], format);
}

function timeBars({ binaries: [binary], kernels, cases }, measure) {
  const ofCase = Object.entries(TIME_BARS).flatMap(([name, needs]) => {
    const measured = cases.find((one) => one.name === name);
    if (!measured) return [];
    return Object.entries(needs).map(([precision, seconds]) => {
      const result = measured.results.find(
        (one) => one.binary === binary && one.precision === precision && one.name.startsWith(name),
      );
      const what = `${name}, ${precision}, µs an iteration`;
      return timeBar(what, seconds, result, measured.results, measure, microseconds);
    });
  });
  const functions = kernels.filter((one) => one.binary === binary && !one.flop);
  return [
    ...ofCase,
    ...functions.map((result) =>
      timeBar(
        `${result.name}, ${result.precision}, ns a value`,
        FUNCTION_BARS[result.precision],
        result,
        kernels,
        measure,
        nanoseconds,
      ),
    ),
  ];
}

const ROW_FLATNESS = 0.1,
  OPERATION_FLATNESS = 0.25;

const growthBars = ({ rows, widths }, measure) =>
  PRECISIONS.flatMap((precision) => [
    atMost(
      `time a row flat from m = 256 to 65,536, ${precision}`,
      ROW_FLATNESS,
      flatness(rows, precision, (one) => one[measure] / one.rows),
      exactPercent,
    ),
    atMost(
      `time an operation flat from n1 = 32 to 2,048, ${precision}`,
      OPERATION_FLATNESS,
      flatness(widths, precision, (one) => one[measure] / one.flop),
      exactPercent,
    ),
  ]);

function memoryBars({ memory: { parameters, peaks } }) {
  const peak = (way) => peaks.find((one) => one.way === way).bytes;
  const allowed = peak('plain-js') + parameters;
  return [
    ['rows in an array', ''],
    ['rows streamed', '-streamed'],
  ].flatMap(([title, ending]) =>
    PRECISIONS.map((precision) =>
      atMost(
        `peak on mnist, ${precision}, ${title}, MiB: plain JavaScript and the parameters`,
        allowed,
        peak(`ours-${precision}${ending}`),
        mebibytes,
      ),
    ),
  );
}

/** Time of a peer over ours of the same precision; null where either is missing. */
function lead(peers, caseName, peerId, precision, measure) {
  const results = peers.cases.find(({ name }) => name === caseName)?.results ?? [];
  const time = (id) => results.find((one) => one.id === id)?.[measure];
  const ours = time(`ours-${precision}`),
    theirs = time(peerId);
  return ours && theirs ? theirs / ours : null;
}

/** How many times as long as ours each has to take. */
const LEADS = [
  ['digits', 'numpy-f64', 'f64', 1.5],
  ['digits', 'c-f64', 'f64', 1],
  ['digits', 'numpy-f32', 'f32', 1],
  ['iris', 'c-f64', 'f64', 1],
  ['iris', 'c-f32', 'f32', 1],
  ['xor', 'c-f64', 'f64', 1],
  ['predict-1', 'c-f64', 'f64', 1 / 1.15],
  ['predict-1', 'c-f32', 'f32', 1 / 1.3],
  ['mnist', 'jax-js', 'f32', 1.8],
  ['mnist-b128', 'jax-js', 'f32', 1.8],
  ['wide', 'jax-js', 'f32', 1.8],
  ['predict-4096', 'jax-js', 'f32', 1.8],
  ['iris', 'jax-js', 'f32', 30],
  ['xor', 'jax-js', 'f32', 100],
];

const JAVASCRIPT = ['plain-js', 'brain-js', 'convnetjs', 'tfjs-cpu', 'tfjs-wasm', 'jax-js'];

/** Ahead of every library that trains in JavaScript: the closest of them counts. */
function javascriptBars(peers, measure) {
  return peers.cases.flatMap(({ name }) => {
    const rivals = peers.contestants
      .filter(({ id }) => JAVASCRIPT.includes(id))
      .map(({ id, precision }) => ({ id, ratio: lead(peers, name, id, precision, measure) }))
      .filter(({ ratio }) => ratio !== null)
      .toSorted((a, b) => a.ratio - b.ratio);
    if (rivals.length === 0) return [];
    const [{ id, ratio }] = rivals;
    return [bar(`${name}: the closest in JavaScript, ${id}`, '> 1 ×', times(ratio), ratio > 1)];
  });
}

function peerBars(peers, measure) {
  const leads = LEADS.flatMap(([caseName, id, precision, needed]) => {
    const ratio = lead(peers, caseName, id, precision, measure);
    return ratio === null ? [] : [atLeast(`${caseName}: ${id} over ours`, needed, ratio, times)];
  });
  return [...leads, ...javascriptBars(peers, measure)];
}

const ownBars = (bench, measure) =>
  [limitBars, timeBars, growthBars, memoryBars].flatMap((bars) => bars(bench, measure));

/** Whether a bar is met is decided by the medians. */
const barTable = (bars, best) =>
  table(
    ['bar', 'met', 'needed', 'measured', 'at best'],
    bars.map(({ what, met, needed, measured }, i) => [
      what,
      met ? 'yes' : '**no**',
      needed,
      measured,
      best[i].measured,
    ]),
    2,
  );

/** Met and missed, of the runs that there are. */
export function barSection(bench, peers) {
  const of = (measure) => [bench ? ownBars(bench, measure) : [], peers ? peerBars(peers, measure) : []];
  const [own, against] = of('median');
  const [ownBest, againstBest] = of('minimum');
  const all = [...own, ...against],
    best = [...ownBest, ...againstBest];
  const met = (bars) => figure(bars.filter((one) => one.met).length);
  return [
    '## Bars',
    '',
    `${met(all)} of ${figure(all.length)} met, by medians; ${met(best)} by minima (at best), where the limit counts at its best too:`,
    'of the plain binary that is now and then a quarter above its median (kernels/limit.ts). Shares are of the limit of the same',
    'binary and precision in the same rounds. Times are bars of a machine with a limit of 29.5 GFLOP/s in f64 and 59.1 in f32;',
    'here they are as many operations of the limit of the same rounds, and “there” is what they were on that machine.',
    '',
    ...(own.length ? [barTable(own, ownBest)] : []),
    ...(against.length
      ? ['How many times our time of the same precision a peer takes:', '', barTable(against, againstBest)]
      : []),
  ].join('\n');
}
