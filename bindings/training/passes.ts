import { DIVERGED } from '../core/exports.js';
import type { Lease } from '../core/lease.js';
import type { NetworkMemory } from '../core/network-memory.js';
import { zeros } from '../arrays.js';
import { DivergenceError } from '../errors.js';
import type { TrainResult } from '../results.js';
import { fillRates } from '../schedule.js';
import { bestOf } from './best.js';
import type { Job } from './job.js';
import { judge, type Score } from './judge.js';
import type { Learnt, Plan } from './plan.js';
import { beginReports, nextReport, report } from './reports.js';
import { PUBLISH, type Steps } from './work.js';

/**
 * The passes of a training: they run in the core, which comes back to report, to validate, or to let others have the
 * thread. The result is the same bits whoever does the work, and however often it is interrupted.
 *
 * @param learn takes what there is to learn once nothing can be refused any more
 * @throws DivergenceError, OutOfMemoryError, the signal's reason
 */
export function* passes(
  network: NetworkMemory,
  lease: Lease,
  plan: Plan,
  job: Job,
  learn: (learnt: Learnt) => void,
): Steps<TrainResult> {
  const { core } = network;
  const { iterations, learningRate, signal, earlyStopping } = plan.options;
  const costHistory = zeros('f64', iterations) as Float64Array;
  const validationCosts = plan.validation && (zeros('f64', iterations) as Float64Array);
  const best = earlyStopping && bestOf(network, lease, earlyStopping);
  const reports = beginReports(plan);
  let stopReason: TrainResult['stopReason'] = 'iterations';
  let pass = 0;

  try {
    while (pass < iterations && stopReason === 'iterations') {
      const most = Math.min(iterations - pass, nextReport(reports) + 1 - pass, job.passesAtOnce);
      const rates = new Float64Array(most);
      const wanted = fillRates(rates, learningRate, network.iteration);
      core.view('f64', job.rates, wanted).set(rates.subarray(0, wanted));
      core.exports.begin(job.training, wanted);
      learn(plan.learnt);
      const ended = yield { kind: 'train', args: [job.training] };
      const made = core.exports.passOf(job.training);
      costHistory.set(core.view('f64', job.costs, Math.min(made + 1, wanted)), pass);
      network.iteration += made;
      pass += made;
      // Aborted work may have ended in its middle, and its numbers count for nothing.
      signal?.throwIfAborted();
      if (ended === DIVERGED) throw new DivergenceError(pass, costHistory[pass]!, costHistory.slice(0, pass));

      let score: Score | undefined;
      if (job.judgedRows > 0) {
        score = yield* judge(network, job);
        signal?.throwIfAborted();
        if (validationCosts) validationCosts[pass - 1] = score.cost;
        if (best && (yield* best.after(pass - 1, score.cost))) stopReason = 'earlyStopping';
      }
      if (pass > nextReport(reports)) {
        yield PUBLISH;
        if (!(yield* report(reports, costHistory[pass - 1]!, validationCosts && score)))
          stopReason = 'stopped';
        signal?.throwIfAborted();
      }
    }
    if (iterations === 0) learn(plan.learnt);
    if (best) yield* best.restore();
  } finally {
    // However it ends, by an error of the caller's functions too, the network is what was made of it.
    yield PUBLISH;
  }
  // Of 10⁷ passes a copy takes longer than a slice.
  const ofPasses = (costs: Float64Array): Float64Array => (pass < iterations ? costs.slice(0, pass) : costs);
  return {
    costHistory: ofPasses(costHistory),
    iterations: pass,
    stopReason,
    validationCostHistory: validationCosts && ofPasses(validationCosts),
    bestIteration: best?.iteration,
  };
}
