import { copyDataSet } from './core/data-set.js';
import { leasing } from './core/lease.js';
import type { NetworkMemory } from './core/network-memory.js';
import { zeros } from './core/staging.js';
import { DivergenceError } from './errors.js';
import type { ResolvedTrainOptions } from './options.js';
import type { TrainResult } from './results.js';
import type { RowSource } from './row-source.js';

/** Passes that one call into the core makes at most, so that their costs need little room. */
const PASSES_AT_ONCE = 4096;

/**
 * Gradient descent: every buffer is allocated once, then passes run in the core, which comes back to report.
 *
 * @throws DivergenceError, OutOfMemoryError, RangeError for a NaN or an infinity in the data
 */
export function train(
  network: NetworkMemory,
  inputs: RowSource,
  targets: RowSource,
  options: ResolvedTrainOptions,
): TrainResult {
  const { core, kernels, address } = network;
  const { iterations, learningRate, batchSize, progressEvery, onProgress, log } = options;
  const costHistory = zeros('f64', iterations) as Float64Array;
  return leasing(core, (lease) => {
    const data = copyDataSet(network, lease, inputs, targets, batchSize);
    const space = lease.allocate(kernels.workspaceBytes(address, data.blockRows, true));
    kernels.layWorkspace(space, address, data.blockRows, true);
    const gradients = lease.allocate(core.exports.parameterBytesOf(address));
    const costs = lease.allocate(Math.min(iterations, PASSES_AT_ONCE) * Float64Array.BYTES_PER_ELEMENT);

    let reports = 0;
    for (let pass = 0; pass < iterations;) {
      const nextReport = Math.ceil(reports * progressEvery);
      const until = Math.min(iterations, nextReport + 1, pass + PASSES_AT_ONCE);
      const wanted = until - pass;
      const done = kernels.train(address, space, gradients, data.x, data.y, wanted, learningRate, costs);
      costHistory.set(core.view('f64', costs, wanted).subarray(0, Math.min(done + 1, wanted)), pass);
      if (done < wanted) throw new DivergenceError(pass + done, costHistory[pass + done]!);
      pass = until;
      if (pass > nextReport) {
        reports++;
        const cost = costHistory[nextReport]!;
        log?.(`Cost after iteration ${nextReport}: ${cost}`);
        if (onProgress?.({ iteration: nextReport, iterations, cost }) === false) {
          return { costHistory: costHistory.slice(0, pass), iterations: pass, stopReason: 'stopped' };
        }
      }
    }
    return { costHistory, iterations, stopReason: 'iterations' };
  });
}
