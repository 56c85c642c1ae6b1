import type { Score } from './judge.js';
import type { Plan } from './plan.js';
import type { Steps } from './work.js';

/** What a clock that has stood still is taken to have moved, in ms, so that a rate is a number. */
const LEAST = 0.001;

/** Where a training is with its reports: one after its first pass and then every `progressEvery` of them. */
export interface Reports {
  readonly plan: Plan;
  /** How many were made, the pass of the last one, and when the training went on. */
  made: number;
  pass: number;
  time: number;
}

/** None was made. */
export function beginReports(plan: Plan): Reports {
  return { plan, made: 0, pass: -1, time: performance.now() };
}

/** The pass after which the next report is due. */
export function nextReport({ plan, made }: Reports): number {
  return Math.ceil(made * plan.options.progressEvery);
}

/** Makes the report that is due; false if the caller wants the training to end. */
export function* report(reports: Reports, cost: number, score: Score | undefined): Steps<boolean> {
  const { options, rows } = reports.plan;
  const { iterations, onProgress, log } = options;
  const iteration = nextReport(reports);
  reports.made++;
  log?.(`Cost after iteration ${iteration}: ${cost}`);
  if (!onProgress) return true;
  const seconds = Math.max(LEAST, performance.now() - reports.time) / 1000;
  const rowsPerSecond = ((iteration - reports.pass) * rows.inputs.rows) / seconds;
  reports.pass = iteration;
  let goOn: unknown = onProgress({
    iteration,
    iterations,
    cost,
    rowsPerSecond,
    validationCost: score?.cost,
    validationMetric: score?.metric,
  });
  if (typeof (goOn as PromiseLike<unknown> | undefined)?.then === 'function')
    goOn = (yield { kind: 'await', promise: goOn as PromiseLike<unknown> }) !== 0;
  reports.time = performance.now();
  return goOn !== false;
}
