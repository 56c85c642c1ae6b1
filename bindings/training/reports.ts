import type { Score } from './judge.js';
import type { Plan } from './plan.js';
import type { Steps } from './work.js';

/** What a clock that has stood still is taken to have moved, in ms, so that a rate is a number. */
const LEAST = 0.001;

/** Tells the caller how a training goes: after its first pass and then every `progressEvery` of them. */
export class Reports {
  readonly #plan: Plan;
  #count = 0;
  #pass = -1;
  #time = performance.now();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** The pass after which the next report is due. */
  get next(): number {
    return Math.ceil(this.#count * this.#plan.options.progressEvery);
  }

  /** Makes the report that is due; false if the caller wants the training to end. */
  *make(cost: number, score: Score | undefined): Steps<boolean> {
    const { options, rows } = this.#plan;
    const { iterations, onProgress, log } = options;
    const iteration = this.next;
    this.#count++;
    log?.(`Cost after iteration ${iteration}: ${cost}`);
    if (!onProgress) return true;
    const now = performance.now();
    const seconds = Math.max(LEAST, now - this.#time) / 1000;
    const rowsPerSecond = ((iteration - this.#pass) * rows.inputs.rows) / seconds;
    this.#pass = iteration;
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
    this.#time = performance.now();
    return goOn !== false;
  }
}
