// The most memory that a process holds which trains mnist once, each contestant in a process of its own.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PRECISIONS } from './binaries.mjs';
import { makeCase } from './peers/cases.mjs';

const child = fileURLToPath(new URL('memory-child.mjs', import.meta.url));
const WAYS = ['none', 'plain-js', 'ours-f64', 'ours-f32', 'ours-f64-streamed', 'ours-f32-streamed'];

const runWay = (way) => ({
  way,
  ...JSON.parse(execFileSync(process.execPath, [child, way], { encoding: 'utf8' })),
});

/** Bytes: of the data set and the parameters in f64, and the peak of each way; `none` has only made the data. */
export function measureMemory() {
  const { x, weights } = makeCase('mnist');
  const parameters = Object.values(weights).reduce((sum, { byteLength }) => sum + byteLength, 0);
  const peaks = WAYS.map(runWay);
  for (const precision of PRECISIONS) {
    const [held, streamed] = ['', '-streamed'].map((ending) => costOf(peaks, `ours-${precision}${ending}`));
    if (held !== streamed) throw new Error(`${precision}: streamed rows cost ${streamed}, held ones ${held}`);
  }
  return { dataSet: x.byteLength, parameters, peaks };
}

const costOf = (peaks, way) => peaks.find((one) => one.way === way).cost;
