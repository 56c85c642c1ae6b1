// The bars that the library set itself, each with what was measured.
import { flatness, operationCost, rowCost } from './sections.mjs';
import { shareOf } from './shares.mjs';
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
function leastShare(what, needed, results, chosen) {
  const shares = chosen.map((result) => shareOf(result, results));
  return atLeast(what, needed, Math.min(...shares), exactPercent);
}

function limitBars({ binaries, kernels, cases }) {
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
        ),
        ...products.map((product) =>
          leastShare(`${product.name}, ${kind}`, PRODUCT_SHARE, kernels, [product]),
        ),
        ...cases
          .filter(({ name }) => name in CASE_SHARES)
          .map(({ name, results }) =>
            leastShare(
              `${name}, ${kind}`,
              CASE_SHARES[name],
              results,
              results.filter((one) => ofKind(one) && one.name.startsWith(`${name} `)),
            ),
          ),
      ];
    }),
  );
}

const TIME_BARS = { xor: { f64: 0.35e-6 }, iris: { f64: 10e-6, f32: 6e-6 } };
const FUNCTION_BARS = { f64: 2.0e-9, f32: 0.7e-9 };

function timeBars({ binaries: [binary], kernels, cases }) {
  const ofCase = Object.entries(TIME_BARS).flatMap(([name, needs]) => {
    const measured = cases.find((one) => one.name === name);
    if (!measured) return [];
    return Object.entries(needs).map(([precision, needed]) => {
      const { median } = measured.results.find(
        (one) => one.binary === binary && one.precision === precision && one.name.startsWith(name),
      );
      return atMost(`${name}, ${precision}, µs an iteration`, needed, median, microseconds);
    });
  });
  const functions = kernels.filter((one) => one.binary === binary && !one.flop);
  return [
    ...ofCase,
    ...functions.map(({ name, precision, median }) =>
      atMost(`${name}, ${precision}, ns a value`, FUNCTION_BARS[precision], median, nanoseconds),
    ),
  ];
}

const ROW_FLATNESS = 0.1,
  OPERATION_FLATNESS = 0.25;

const growthBars = ({ rows, widths }) =>
  PRECISIONS.flatMap((precision) => [
    atMost(
      `time a row flat from m = 256 to 65,536, ${precision}`,
      ROW_FLATNESS,
      flatness(rows, precision, rowCost),
      exactPercent,
    ),
    atMost(
      `time an operation flat from n1 = 32 to 2,048, ${precision}`,
      OPERATION_FLATNESS,
      flatness(widths, precision, operationCost),
      exactPercent,
    ),
  ]);

function memoryBars({ memory: { parameters, peaks } }) {
  const peak = (id) => peaks.find((one) => one.id === id).bytes;
  const allowed = peak('plain-js') + parameters;
  return PRECISIONS.map((precision) =>
    atMost(
      `peak on mnist, ${precision}, MiB: plain JavaScript and the parameters`,
      allowed,
      peak(`ours-${precision}`),
      mebibytes,
    ),
  );
}

/** Time of a peer over ours of the same precision; null where either is missing. */
function lead(peers, caseName, peerId, precision) {
  const results = peers.cases.find(({ name }) => name === caseName)?.results ?? [];
  const median = (id) => results.find((one) => one.id === id)?.median;
  const ours = median(`ours-${precision}`),
    theirs = median(peerId);
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
function javascriptBars(peers) {
  return peers.cases.flatMap(({ name }) => {
    const rivals = peers.contestants
      .filter(({ id }) => JAVASCRIPT.includes(id))
      .map(({ id, precision }) => ({ id, ratio: lead(peers, name, id, precision) }))
      .filter(({ ratio }) => ratio !== null)
      .toSorted((a, b) => a.ratio - b.ratio);
    if (rivals.length === 0) return [];
    const [{ id, ratio }] = rivals;
    return [bar(`${name}: the closest in JavaScript, ${id}`, '> 1 ×', times(ratio), ratio > 1)];
  });
}

function peerBars(peers) {
  const leads = LEADS.flatMap(([caseName, id, precision, needed]) => {
    const ratio = lead(peers, caseName, id, precision);
    return ratio === null ? [] : [atLeast(`${caseName}: ${id} over ours`, needed, ratio, times)];
  });
  return [...leads, ...javascriptBars(peers)];
}

const barTable = (bars) =>
  table(
    ['bar', 'met', 'needed', 'measured'],
    bars.map(({ what, met, needed, measured }) => [what, met ? 'yes' : '**no**', needed, measured]),
    2,
  );

/** Met and missed, of the runs that there are. */
export function barSection(bench, peers) {
  const own = bench
    ? [...limitBars(bench), ...timeBars(bench), ...growthBars(bench), ...memoryBars(bench)]
    : [];
  const against = peers ? peerBars(peers) : [];
  const all = [...own, ...against];
  const met = all.filter((one) => one.met).length;
  return [
    '## Bars',
    '',
    `${figure(met)} of ${figure(all.length)} met, by medians. Shares are of the limit of the same binary and precision in the same rounds.`,
    '',
    ...(own.length ? [barTable(own)] : []),
    ...(against.length
      ? ['How many times our time of the same precision a peer takes:', '', barTable(against)]
      : []),
  ].join('\n');
}
