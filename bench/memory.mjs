// The most memory that a process holds which trains mnist once, each contestant in a process of its own.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { makeCase } from './peers/cases.mjs';

const child = fileURLToPath(new URL('memory-child.mjs', import.meta.url));
const IDS = ['none', 'plain-js', 'ours-f64', 'ours-f32'];

const peakOf = (id) => Number(execFileSync(process.execPath, [child, id], { encoding: 'utf8' }));

/** Bytes: of the data set and the parameters in f64, and the peak for each; `none` has only made the data. */
export function measureMemory() {
  const { x, weights } = makeCase('mnist');
  const parameters = Object.values(weights).reduce((sum, { byteLength }) => sum + byteLength, 0);
  return {
    dataSet: x.byteLength,
    parameters,
    peaks: IDS.map((id) => ({ id, bytes: peakOf(id) })),
  };
}
