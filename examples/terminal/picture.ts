import type { Style } from './style.js';

const SHADES = [' ', '░', '▒', '▓', '█'] as const;
const SHOWN = 3;
const NOTE_WIDTH = '5 97.5 %'.length;

/** Columns that the card of an 8×8 picture takes. */
export const CARD_WIDTH: number = 8 * 2 + 1 + NOTE_WIDTH;

/** A square picture of pixels 0 … 1, two characters a pixel since those are twice as high as wide. */
export function picture(pixels: ArrayLike<number>): string[] {
  const side = Math.sqrt(pixels.length);
  return Array.from({ length: side }, (_, i) =>
    Array.from({ length: side }, (__, j) => shade(pixels[i * side + j]!).repeat(2)).join(''),
  );
}

/** A picture beside the most probable classes, under a line that says whether the first of them is right. */
export function card(
  pixels: ArrayLike<number>,
  label: number,
  probabilities: ArrayLike<number>,
  style: Style,
): string[] {
  const ranking = Array.from(probabilities, (probability, digit) => ({ digit, probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, SHOWN);
  const right = ranking[0]!.digit === label;
  const verdict = right ? style.good : style.bad;
  const notes = ranking.map(({ digit, probability }, place) => {
    const note = `${digit} ${percent(probability)}`;
    return place === 0 ? style.bold(verdict(note)) : style.dim(note);
  });

  const lines = picture(pixels);
  const above = Math.floor((lines.length - notes.length) / 2);
  const width = lines[0]!.length + 1 + NOTE_WIDTH;
  const title = `${right ? '✓' : '✗'} a ${label} read as ${ranking[0]!.digit}`;
  return [
    verdict(title.padEnd(width)),
    ...lines.map((line, i) => `${line} ${notes[i - above] ?? ' '.repeat(NOTE_WIDTH)}`),
  ];
}

/** Equally high blocks, each `width` wide, as many next to each other as `columns` have room for. */
export function sideBySide(blocks: readonly string[][], width: number, columns: number): string {
  const gap = 2;
  const perRow = Math.max(1, Math.floor((columns + gap) / (width + gap)));
  const rows: string[] = [];
  for (let first = 0; first < blocks.length; first += perRow) {
    const row = blocks.slice(first, first + perRow);
    const lines = row[0]!.map((_, i) => row.map((block) => block[i]).join(' '.repeat(gap)));
    rows.push(lines.map((line) => line.trimEnd()).join('\n'));
  }
  return rows.join('\n\n');
}

function shade(pixel: number): string {
  return SHADES[Math.ceil(pixel * (SHADES.length - 1))]!;
}

/** Rounded down, so that only a certainty is shown as 100 %. */
function percent(probability: number): string {
  const tenths = Math.floor(probability * 1000) / 10;
  return `${(tenths === 100 ? '100' : tenths.toFixed(1)).padStart(4)} %`;
}
