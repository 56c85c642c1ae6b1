import type { Style } from './style.js';

/** counts[i][j]: how many rows of class i were predicted as class j. */
export function confusion(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): number[][] {
  const counts = Array.from({ length: classes }, () => Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]![predicted[i]!]! += 1;
  return counts;
}

/** A line per class and a column per prediction, with a dot where there is none; denser if `columns` are few. */
export function confusionTable(counts: readonly number[][], columns: number, style: Style): string {
  const margin = ' '.repeat(5);
  const digits = Math.max(...counts.flat().map((count) => String(count).length));
  const gap = margin.length + counts.length * (digits + 2) < columns ? 2 : 1;
  const width = digits + gap;
  const columnNames = counts.map((_, j) => String(j).padStart(width)).join('');
  const lines = counts.map((row, i) => {
    const rowName = `${i === 0 ? ' is' : '   '}${String(i).padStart(2)}`;
    const cells = row.map((count, j) => cell(String(count || '·').padStart(width), count, i === j, style));
    return style.dim(rowName) + cells.join('');
  });
  return [style.dim(`${margin}  read as`), style.dim(margin + columnNames), ...lines].join('\n');
}

function cell(text: string, count: number, right: boolean, { dim, bold, good, bad }: Style): string {
  if (count === 0) return dim(text);
  return bold(right ? good(text) : bad(text));
}
