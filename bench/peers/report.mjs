// The tables, in Markdown.
import { caseTitle } from './cases.mjs';

const row = (cells) => `| ${cells.join(' | ')} |`;

const table = (heads, alignments, rows) => [row(heads), row(alignments), ...rows.map(row), ''].join('\n');

/** Three significant digits or whole µs: 0.352, 17.7, 1,064. */
function microseconds(value) {
  return value.toLocaleString(
    'en',
    value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 },
  );
}

const label = ({ name, precision, threads }) =>
  `${name}, ${precision}${threads > 1 ? `, ${threads} threads` : ''}`;

/** How many times our time of the same precision; over 1 the peer is slower. */
function ratio({ contestant, median }, results) {
  const ours = results.find(({ contestant: { id } }) => id === `ours-${contestant.precision}`);
  return ours ? (median / ours.median).toLocaleString('en', { maximumSignificantDigits: 3 }) : '–';
}

function caseTable({ spec, results, failures }) {
  const rows = results.map((result) => [
    label(result.contestant),
    microseconds(result.minimum),
    microseconds(result.median),
    `${Math.round(100 * result.spread)} %`,
    ratio(result, results),
    `${result.samples.length} × ${result.iterations}`,
    result.check.remark,
  ]);
  const failed = failures.map(({ contestant, remark }) => [
    label(contestant),
    '–',
    '–',
    '–',
    '–',
    '–',
    remark,
  ]);
  const unit = spec.kind === 'train' ? 'iteration' : 'call';
  return [
    `### ${caseTitle(spec)}`,
    '',
    table(
      [`µs per ${unit}`, 'minimum', 'median', 'spread', '× ours', 'rounds × iterations', 'result'],
      ['---', '--:', '--:', '--:', '--:', '--:', '---'],
      [...rows, ...failed],
    ),
  ].join('\n');
}

/** All cases side by side; `measure` is 'median' or 'minimum'. */
function overview(measure, cases, contestants) {
  const value = (id, { results }) => {
    const result = results.find(({ contestant }) => contestant.id === id);
    return result ? microseconds(result[measure]) : '–';
  };
  return table(
    [`${measure}, µs`, ...cases.map(({ spec }) => caseTitle(spec))],
    ['---', ...cases.map(() => '--:')],
    contestants.map((contestant) => [label(contestant), ...cases.map((one) => value(contestant.id, one))]),
  );
}

function versions(contestants) {
  const known = new Map(
    contestants.filter(({ version }) => version).map(({ name, version }) => [name, version]),
  );
  return [...known].map(([name, version]) => `${name} ${version}`).join(', ');
}

export function report({ machine, contestants, missing, cases, seconds }) {
  return [
    '## Peers',
    '',
    `${machine.processor}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}; load average ${machine.loadAverage.toFixed(2)} at the start; ${Math.round(seconds)} s.`,
    `Versions: ${versions(contestants)}.`,
    ...(missing.length
      ? [`Left out: ${missing.map(({ peer, reason }) => `${peer} (${reason})`).join(', ')}.`]
      : []),
    '',
    'Contestants take turns of at least 50 ms or one iteration, round after round; slow ones have fewer rounds.',
    'Spread is the interquartile range over the median; × ours compares medians of the same precision, more than 1 being slower.',
    'Predictions of ours, of plain JavaScript and of C write to the same array each time; ours with a new one are under “Cases”.',
    'One thread unless said. “checked”: from the same weights the cost is the reference’s, to 1e-9 in f64 and 1e-3 in f32.',
    '',
    overview('median', cases, contestants),
    'The minimum is what is left when other work on the machine stood aside:',
    '',
    overview('minimum', cases, contestants),
    ...cases.map(caseTable),
  ].join('\n');
}
