import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseCsv } from '../examples/csv.js';
import { holdOutFifth } from '../examples/digit-set.js';
import { logChart } from '../examples/terminal/chart.js';
import { confusion, confusionTable } from '../examples/terminal/confusion-table.js';
import { card, CARD_WIDTH, picture, sideBySide } from '../examples/terminal/picture.js';
import { ProgressBar, progressLine } from '../examples/terminal/progress-bar.js';
import { COLOURED, PLAIN, styleFor } from '../examples/terminal/style.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const ESC = '\x1b';

function node(...args: string[]): string {
  return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
}

describe('examples/digits.ts', () => {
  let output = '';
  let lines: string[] = [];
  beforeAll(() => {
    output = node('--import', 'tsx', 'examples/digits.ts');
    lines = output.split('\n');
  }, 60_000);

  test('reads at least 96 % of the held-out drawings right', () => {
    const accuracy = Number(/^([\d.]+) % of the held-out drawings read right$/m.exec(output)?.[1]);
    expect(accuracy).toBeGreaterThanOrEqual(96);
  });

  test('logs ten lines of falling cost', () => {
    const costs = lines.flatMap((line) => /^ +\d+ % ━*─* cost ([\d.]+)$/.exec(line)?.[1] ?? []).map(Number);
    expect(costs).toHaveLength(10);
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
    expect(costs[0]).toBeCloseTo(Math.log(10), 4);
  });

  test('writes a log without control codes, in 80 columns', () => {
    expect(output).not.toContain(ESC);
    expect(output).not.toContain('\r');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('shows a wrong reading among three', () => {
    expect(output.match(/[✓✗] a \d read as \d/g)?.map((title) => title[0])).toEqual(['✓', '✓', '✗']);
  });
});

// As plain JavaScript, which is what it is to a reader of the README.
test('examples/iris.ts, of at most 20 lines, reads at least 95 % of the held-out flowers right', () => {
  const source = readFileSync(new URL('../examples/iris.ts', import.meta.url), 'utf8');
  expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  const output = node('--input-type=module', '--eval', source);
  expect(Number(/^accuracy ([\d.]+)$/m.exec(output)?.[1])).toBeGreaterThanOrEqual(0.95);
  expect(output).toMatch(/^setosa [\d.]+, versicolor [\d.]+, virginica [\d.]+$/m);
});

test('parseCsv reads lines of either ending', () => {
  expect(parseCsv('1,2.5\r\n-3,4\n')).toEqual([
    [1, 2.5],
    [-3, 4],
  ]);
});

test('holdOutFifth sets apart every fifth drawing of each digit, with pixels 0 … 1', () => {
  const drawing = (shade: number, label: number): number[] => [...Array<number>(64).fill(shade), label];
  const rows = Array.from({ length: 10 }, (_, i) => [drawing(i, 7), drawing(16, i % 2)]).flat();
  const { training, heldOut } = holdOutFifth(rows);
  expect(heldOut.labels).toEqual([7, 0, 7, 1]);
  expect(heldOut.pixels.map((pixels) => pixels[0])).toEqual([4 / 16, 1, 9 / 16, 1]);
  expect(heldOut.pixels[0]).toHaveLength(64);
  expect(training.labels).toHaveLength(16);
});

describe('progress', () => {
  const half = { iteration: 50, iterations: 100, cost: 0.25 };

  test('is a line as wide as asked', () => {
    expect(progressLine({ ...half, iteration: 0 }, 32, PLAIN)).toBe('    0 % ────────── cost 0.250000');
    expect(progressLine(half, 32, PLAIN)).toBe('   50 % ━━━━━───── cost 0.250000');
    expect(progressLine({ ...half, iteration: 100 }, 32, PLAIN)).toBe('  100 % ━━━━━━━━━━ cost 0.250000');
  });

  test('keeps a short bar where there is no room', () => {
    expect(progressLine(half, 0, PLAIN)).toBe('   50 % ━━── cost 0.250000');
  });

  test.each([
    [
      true,
      '\r    0 % ────────── cost 0.250000\r   50 % ━━━━━───── cost 0.250000\r  100 % ━━━━━━━━━━ cost 0.125000\n',
    ],
    [false, '    0 % ────────── cost 0.250000\n   50 % ━━━━━───── cost 0.250000\n'],
  ])('on a terminal (%s) is drawn in place, in a log line by line', (isTTY, expected) => {
    let written = '';
    const bar = new ProgressBar({ isTTY, write: (text) => (written += text) }, 33, PLAIN);
    bar.update({ ...half, iteration: 0 });
    bar.update(half);
    bar.end(100, 0.125);
    expect(written).toBe(expected);
  });

  test('is drawn a hundred times on a terminal, and as often as train likes in a log', () => {
    const every = (isTTY: boolean, iterations: number): number | undefined =>
      new ProgressBar({ isTTY, write: () => true }, 80, PLAIN).every(iterations);
    expect([every(true, 1000), every(true, 3), every(false, 1000)]).toEqual([10, 1, undefined]);
  });
});

describe('style', () => {
  test.each([
    ['a terminal', { isTTY: true }, {}, COLOURED],
    ['a terminal with an empty NO_COLOR', { isTTY: true }, { NO_COLOR: '' }, COLOURED],
    ['a terminal with NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, PLAIN],
    ['a terminal without escape codes', { isTTY: true }, { TERM: 'dumb' }, PLAIN],
    ['a log', {}, {}, PLAIN],
  ])('for %s', (_, stream, env, expected) => {
    expect(styleFor(stream, env)).toBe(expected);
  });
});

describe('logChart', () => {
  test('draws an exponential fall as a straight line', () => {
    const values = Array.from({ length: 9 }, (_, i) => 10 ** (-i / 4));
    expect(logChart(values, { columns: 10, rows: 3 }, PLAIN).split('\n')).toEqual([
      '   1 ┤⠉⠒⣄',
      '     │   ⠉⠱⢄⣀',
      '0.01 ┤       ⠉⠦⣀',
      '     └──────────',
      '      0   5    9',
    ]);
  });

  test('keeps a rising and falling curve in one piece', () => {
    expect(logChart([1, 100, 1], { columns: 10, rows: 2 }, PLAIN).split('\n')).toEqual([
      '  │  ⢸⠉⠉⠉⠉⢱',
      '1 ┤⣀⣀⡸    ⢸⣀⣀',
      '  └──────────',
      '   0   2    3',
    ]);
  });

  test('draws a single value', () => {
    expect(logChart([2], { columns: 10, rows: 2 }, PLAIN).split('\n')).toEqual([
      '2 ┤⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉',
      '  │',
      '  └──────────',
      '   0   1    1',
    ]);
  });
});

describe('confusion table', () => {
  const counts = confusion([0, 0, 1, 2, 2], [0, 1, 1, 2, 2], 3);

  test('counts predictions by class', () => {
    expect(counts).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [0, 0, 2],
    ]);
  });

  test('has a line per class and dots for zeros', () => {
    expect(confusionTable(counts, 80, PLAIN).split('\n')).toEqual([
      '       read as',
      '       0  1  2',
      ' is 0  1  1  ·',
      '    1  ·  1  ·',
      '    2  ·  ·  2',
    ]);
  });

  test('is denser in few columns', () => {
    expect(confusionTable(counts, 14, PLAIN).split('\n')[2]).toBe(' is 0 1 1 ·');
  });

  test('highlights the diagonal and the errors', () => {
    const bold = (code: number, text: string): string =>
      `${ESC}[1m${ESC}[${code}m${text}${ESC}[39m${ESC}[22m`;
    const dim = (text: string): string => `${ESC}[2m${text}${ESC}[22m`;
    expect(confusionTable(counts, 80, COLOURED).split('\n')[2]).toBe(
      dim(' is 0') + bold(32, '  1') + bold(31, '  1') + dim('  ·'),
    );
  });
});

describe('picture', () => {
  test('has five shades, and blank for 0 only', () => {
    expect(picture([0, 0.01, 0.25, 0.26, 0.5, 0.51, 0.75, 0.76, 1])).toEqual(['  ░░░░', '▒▒▒▒▓▓', '▓▓████']);
  });

  test('stands in a card beside the three most probable digits', () => {
    expect(card([0, 1, 1, 0, 1, 0, 0, 1, 1], 1, [0.0004, 0.9, 0.0596, 0.04], PLAIN)).toEqual([
      '✓ a 1 read as 1',
      '  ████ 1 90.0 %',
      '  ██   2  5.9 %',
      '  ████ 3  4.0 %',
    ]);
  });

  test('says so when it is misread, and 100 % of a certainty alone', () => {
    const lines = card(Array<number>(64).fill(0), 2, [0, 1, 0, 0.9999], PLAIN);
    expect(lines[0]).toBe('✗ a 2 read as 1          ');
    expect(lines.slice(3, 5)).toEqual([`${' '.repeat(17)}1  100 %`, `${' '.repeat(17)}3 99.9 %`]);
    expect(lines.map((line) => line.length)).toEqual(Array<number>(9).fill(CARD_WIDTH));
  });

  test('goes side by side as far as there is room, then below', () => {
    const blocks = [
      ['a1', 'a2'],
      ['b1', 'b2'],
      ['c1', 'c '],
    ];
    expect(sideBySide(blocks, 2, 10)).toBe('a1  b1  c1\na2  b2  c');
    expect(sideBySide(blocks, 2, 9)).toBe('a1  b1\na2  b2\n\nc1\nc');
    expect(sideBySide(blocks, 2, 1)).toBe('a1\na2\n\nb1\nb2\n\nc1\nc');
  });
});
