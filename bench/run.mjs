// npm run bench: the core against the machine's limit, what options cost, as it grows, and its memory. See README.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { binaries } from './binaries.mjs';
import { caseTasks, names } from './cases.mjs';
import { compileKernels } from './compile.mjs';
import { continueOnPreferredNode } from './engine.mjs';
import { rowTasks, widthTasks } from './growth.mjs';
import { kernelTasks } from './kernels.mjs';
import { measureMemory } from './memory.mjs';
import { machine } from './peers/machine.mjs';
import { RESULTS, writeReport } from './report.mjs';
import { takeTurns } from './rounds.mjs';
import { STEP_CASES, stepTasks } from './steps.mjs';

continueOnPreferredNode();

/** Seconds of measured rounds in each part; warming comes on top. */
const SECONDS = { kernels: 20, case: 14, step: 22, growth: 12 };

const { values: options } = parseArgs({ options: { cases: { type: 'string', default: names.join() } } });
const log = (line) => process.stderr.write(`${line}\n`);

function measure(tasks, seconds) {
  const results = takeTurns(tasks, seconds);
  for (const { dispose } of tasks) dispose?.();
  return results;
}

compileKernels();
const start = performance.now();
const description = machine();
log(`Node ${description.node}, binaries: ${binaries.join(', ')}`);

log('memory');
const memory = measureMemory();
log('kernels');
const kernels = measure(kernelTasks(), SECONDS.kernels);
const cases = [];
for (const name of options.cases.split(',')) {
  log(name);
  cases.push({ name, results: measure(await caseTasks(name), SECONDS.case) });
}
const steps = [];
for (const one of STEP_CASES) {
  log(`steps of ${one.name}, ${one.rows} rows`);
  steps.push(measure(await stepTasks(one), SECONDS.step));
}
log('growth');
const rows = measure(await rowTasks(), SECONDS.growth);
const widths = measure(await widthTasks(), SECONDS.growth);

const seconds = Math.round((performance.now() - start) / 1000);
mkdirSync(RESULTS, { recursive: true });
writeFileSync(
  new URL('bench.json', RESULTS),
  `${JSON.stringify({ machine: description, seconds, binaries, kernels, cases, steps, rows, widths, memory })}\n`,
);
writeReport();
log(`${seconds} s; see bench/RESULTS.md`);
