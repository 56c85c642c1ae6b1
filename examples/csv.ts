import { readFileSync } from 'node:fs';

/** Rows of numbers from a file of comma-separated numbers without a header. */
export function readCsv(file: URL): number[][] {
  return parseCsv(readFileSync(file, 'utf8'));
}

/** Rows of numbers from lines of comma-separated numbers. */
export function parseCsv(text: string): number[][] {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').map(Number));
}
