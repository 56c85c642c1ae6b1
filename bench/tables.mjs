// Markdown tables and the figures in them.

const row = (cells) => `| ${cells.join(' | ')} |`;

/** A table whose first `texts` columns are text, the others figures. */
export function table(heads, rows, texts = 1) {
  const alignments = heads.map((_, column) => (column < texts ? '---' : '--:'));
  return [row(heads), row(alignments), ...rows.map(row), ''].join('\n');
}

/** Three significant digits or whole numbers: 0.352, 17.7, 1,064. */
export function figure(value) {
  return value.toLocaleString(
    'en',
    value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 },
  );
}

export const percent = (share) => `${Math.round(100 * share)} %`;
/** For what stands beside a bar, where a tenth may decide. */
export const exactPercent = (share) => `${(100 * share).toFixed(1)} %`;
export const times = (ratio) => `${figure(ratio)} ×`;
export const microseconds = (seconds) => figure(1e6 * seconds);
export const nanoseconds = (seconds) => figure(1e9 * seconds);
export const mebibytes = (bytes) => figure(bytes / 2 ** 20);
