import type { Precision } from '../options.js';

/**
 * A table of the layers with what they put out for m rows and how many parameters they have, then the totals.
 *
 * @param layers widths [inputs, …hidden, outputs]
 * @param activations of the hidden layers, one each
 */
export function summary(
  layers: readonly number[],
  activations: readonly string[],
  output: string,
  precision: Precision,
): string {
  const functions = ['', ...activations, output];
  const counts = layers.map((width, l) => (l === 0 ? 0 : (layers[l - 1]! + 1) * width));
  const total = counts.reduce((sum, count) => sum + count);
  const table = [
    ['Layer', 'Function', 'Output shape', 'Parameters'],
    ...layers.map((width, l) => [
      name(l, layers.length),
      functions[l]!,
      `(m, ${width})`,
      counts[l]!.toLocaleString('en'),
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) =>
    table.reduce((widest, cells) => Math.max(widest, cells[column]!.length), 0),
  );
  const lines = table.map((cells) =>
    cells.map((cell, j) => (j < 3 ? cell.padEnd(widths[j]!) : cell.padStart(widths[j]!))).join('  '),
  );
  const rule = '─'.repeat(lines[0]!.length);
  const totals = `Total: ${total.toLocaleString('en')} parameters in ${precision}`;
  return [lines[0], rule, ...lines.slice(1), rule, totals].join('\n');
}

function name(l: number, count: number): string {
  if (l === 0) return 'input';
  return l === count - 1 ? 'output' : `hidden ${l}`;
}
