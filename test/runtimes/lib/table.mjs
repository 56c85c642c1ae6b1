const HEADINGS = [
  'runtime',
  'setting',
  'version',
  'binary',
  'loads in ms',
  'trainAsync in',
  'result',
  'hash',
];

/** Results as aligned columns. */
export function table(results) {
  const lines = [HEADINGS, ...results.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cells({ runtime, setting, version, binary, loadMs, trainsIn, failures, hash }) {
  // A clock that stands still between events, as in Workers, measures nothing.
  const load = loadMs ? loadMs.toFixed(1) : '–';
  return [
    runtime,
    setting,
    version ?? '–',
    binary ?? '–',
    load,
    trainsIn ?? '–',
    failures.length === 0 ? 'passed' : 'FAILED',
    hash ?? '–',
  ];
}
