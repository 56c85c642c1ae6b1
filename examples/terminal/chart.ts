import type { Style } from './style.js';

/** Width and height of the drawing area in characters; each holds 2 × 4 dots. */
export interface ChartSize {
  readonly columns: number;
  readonly rows: number;
}

// U+2800 + these bits: the dots of a braille character, by row and column.
const BRAILLE = 0x2800;
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/**
 * A curve of positive values over their index, in braille dots, with logarithmic y axis.
 *
 * Logarithmic, because a cost that falls from 2 to 0.01 would lie on the x axis for most of a linear chart.
 */
export function logChart(values: ArrayLike<number>, { columns, rows }: ChartSize, style: Style): string {
  const logs = Array.from(values, Math.log10);
  const top = Math.max(...logs);
  const bottom = Math.min(...logs);
  const row = (log: number): number => scale(top - log, top - bottom, rows * 4 - 1);

  const cells = Array.from({ length: rows }, () => Array<number>(columns).fill(BRAILLE));
  let last = row(logs[0]!);
  for (let x = 0; x < columns * 2; x++) {
    const y = row(logs[scale(x, columns * 2 - 1, logs.length - 1)]!);
    // Down to and including y, from below the previous dot: a steep curve stays in one piece.
    const [from, to] = y > last ? [last + 1, y] : [y, Math.max(y, last - 1)];
    for (let dot = from; dot <= to; dot++) cells[dot >> 2]![x >> 1]! |= DOTS[dot & 3]![x & 1]!;
    last = y;
  }

  const labels = yLabels(bottom, top, rows, (log) => row(log) >> 2);
  const margin = Math.max(...labels.map((label) => label.length));
  const curve = cells.map((codes, i) => {
    const label = labels[i]!;
    const axis = `${label.padStart(margin)} ${label === '' ? '│' : '┤'}`;
    return style.dim(axis) + style.good(braille(codes));
  });
  const indent = ' '.repeat(margin + 1);
  return [
    ...curve,
    style.dim(`${indent}└${'─'.repeat(columns)}`),
    style.dim(`${indent} ${xLabels(values.length, columns)}`),
  ].join('\n');
}

/** Blank cells become spaces, since some fonts draw eight circles for U+2800. */
function braille(codes: number[]): string {
  return String.fromCharCode(...codes)
    .replaceAll('\u2800', ' ')
    .trimEnd();
}

/** Where a value of 0 … `range` lies among the integers 0 … `steps`. */
function scale(value: number, range: number, steps: number): number {
  return range === 0 ? 0 : Math.round((value / range) * steps);
}

/** A label or '' for each row; of 1, 2 and 5 in each decade those that have room, the powers of ten first. */
function yLabels(bottom: number, top: number, rows: number, row: (log: number) => number): string[] {
  const labels = Array<string>(rows).fill('');
  for (const digit of [1, 2, 5])
    for (let power = Math.floor(bottom); power <= top; power++) {
      const log = Math.log10(digit) + power;
      if (log < bottom || log > top) continue;
      const i = row(log);
      if (!labels[i - 1] && !labels[i] && !labels[i + 1]) labels[i] = String(Number(`${digit}e${power}`));
    }
  return labels;
}

/** 0, the middle and the number of values, in `width` columns. */
function xLabels(count: number, width: number): string {
  const middle = String(Math.round(count / 2));
  const end = String(count);
  const half = Math.max(1, Math.floor((width - middle.length) / 2));
  return `${'0'.padEnd(half)}${middle}`.padEnd(width - end.length) + end;
}
