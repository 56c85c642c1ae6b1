// One chart: what a peer takes for an iteration, relative to ours of the same precision; logarithmic, grouped by case.
import { caseTitle } from './peers/cases.mjs';

/** In this order, with a colour that reads on white and on near-black. */
const SERIES = [
  { id: 'jax-js', label: 'jax-js', color: '#d9772b' },
  { id: 'tfjs-wasm', label: 'TensorFlow.js wasm', color: '#c9a227' },
  { id: 'brain-js', label: 'brain.js', color: '#d05a6e' },
  { id: 'convnetjs', label: 'ConvNetJS', color: '#a06cc4' },
  { id: 'plain-js', label: 'plain JavaScript', color: '#8a8f98' },
  { id: 'c-f32', label: 'C, one thread', color: '#3f8fd2' },
  { id: 'numpy-f32', label: 'NumPy, one thread', color: '#2fa58e' },
  { id: 'pytorch-f32', label: 'PyTorch, one thread', color: '#6fae45' },
];

const WIDTH = 760,
  LEFT = 150,
  RIGHT = 60,
  TOP = 92,
  BAR = 11,
  GAP = 16,
  LEGEND_COLUMN = 150,
  LEGEND_ROW = 18;

const STYLE = `
  text { font: 11px system-ui, sans-serif; fill: #24292f; }
  .title { font-size: 14px; font-weight: 600; }
  .quiet { fill: #656d76; }
  .grid { stroke: #d0d7de; }
  .ours { stroke: #24292f; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .quiet { fill: #9198a1; }
    .grid { stroke: #30363d; }
    .ours { stroke: #e6edf3; }
  }`;

const fixed = (value) => Number(value.toFixed(1));
const digits = (value) =>
  value.toLocaleString('en', value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 2 });

const text = (x, y, content, { kind = '', anchor = 'start' } = {}) =>
  `<text x="${fixed(x)}" y="${fixed(y)}"${kind && ` class="${kind}"`} text-anchor="${anchor}">${content}</text>`;
const line = (x, y1, y2, kind) =>
  `<line x1="${fixed(x)}" x2="${fixed(x)}" y1="${y1}" y2="${y2}" class="${kind}"/>`;

/** Every case with the ratios of the series that took part in it. */
function groupsOf({ contestants, cases }) {
  const precisions = new Map(contestants.map(({ id, precision }) => [id, precision]));
  return cases.map((spec) => {
    const median = (id) => spec.results.find((one) => one.id === id)?.median;
    const bars = SERIES.map(({ id, color }) => ({
      color,
      ratio: median(id) / median(`ours-${precisions.get(id)}`),
    })).filter(({ ratio }) => Number.isFinite(ratio));
    return { title: caseTitle(spec), bars };
  });
}

/** The decimal logarithms between which all ratios and 1 lie, with room for a figure behind the longest bar. */
function rangeOf(groups) {
  const exponents = groups.flatMap(({ bars }) => bars.map(({ ratio }) => Math.log10(ratio)));
  return [Math.min(0, ...exponents) - 0.1, Math.max(1, ...exponents) + 0.1];
}

const legend = () =>
  SERIES.map(({ label, color }, i) => {
    const x = LEFT + LEGEND_COLUMN * (i % 4),
      y = 46 + LEGEND_ROW * Math.floor(i / 4);
    return `<rect x="${x - 14}" y="${y - 9}" width="10" height="10" rx="2" fill="${color}"/>${text(x, y, label)}`;
  });

function group({ title, bars }, top, xOf) {
  const [name, ...size] = title.split(' ');
  const middle = top + (bars.length * BAR) / 2;
  const labels = [
    text(LEFT - 12, middle - 1, name, { anchor: 'end' }),
    text(LEFT - 12, middle + 12, size.join(' '), { kind: 'quiet', anchor: 'end' }),
  ];
  const drawn = bars.flatMap(({ color, ratio }, i) => {
    const y = top + i * BAR,
      from = Math.min(xOf(1), xOf(ratio)),
      to = Math.max(xOf(1), xOf(ratio));
    return [
      `<rect x="${fixed(from)}" y="${y + 1}" width="${fixed(to - from)}" height="${BAR - 2}" fill="${color}"/>`,
      text(to + 5, y + BAR - 2, digits(ratio), { kind: 'quiet value' }),
    ];
  });
  return [...labels, ...drawn];
}

/** The SVG, from the raw results of the peers. */
export function chart(peers) {
  const groups = groupsOf(peers);
  const [low, high] = rangeOf(groups);
  const xOf = (ratio) => LEFT + ((Math.log10(ratio) - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
  let bottom = TOP;
  const tops = groups.map(({ bars }) => {
    const top = bottom;
    bottom += bars.length * BAR + GAP;
    return top;
  });
  const least = Math.ceil(low);
  const powers = Array.from({ length: Math.floor(high) - least + 1 }, (_, i) => 10 ** (least + i));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 24}" width="${WIDTH}" height="${bottom + 24}" role="img">`,
    `<title>Time per iteration relative to feedforward-wasm</title>`,
    `<style>${STYLE}\n  .value { font-size: 9px; }\n</style>`,
    text(
      16,
      22,
      'Time per iteration, feedforward-wasm of the same precision = 1; logarithmic, left is faster',
      {
        kind: 'title',
      },
    ),
    ...legend(),
    ...powers.map((power) => line(xOf(power), TOP - 6, bottom - 6, power === 1 ? 'ours' : 'grid')),
    ...powers.map((power) =>
      text(xOf(power), bottom + 8, power === 1 ? 'ours' : `${power.toLocaleString('en')} ×`, {
        anchor: 'middle',
      }),
    ),
    ...groups.flatMap((one, i) => group(one, tops[i], xOf)),
    '</svg>',
    '',
  ].join('\n');
}
