import { Job, Progress } from './job';
import { costOf } from './loss';
import { Network } from './network';
import { pack, unpack } from './pack';
import { blockStride } from './panel';
import { judgeInPieces } from './pieces';
import { forward } from './propagation';
import { Workspace } from './workspace';

/** The loops over rows that go forward only. */

/** Goes on with an evaluation for about so much work, in multiply–adds; one that came to its end begins anew. */
export function evaluate(job: Job, work: f64): Progress {
  const x = job.x;
  job.work = work;
  if (job.done >= x.rows) {
    job.done = 0;
    job.hits = 0;
    job.cost = 0;
  }
  for (; job.done < x.rows; job.done += x.blockRows) {
    const rows = min(x.blockRows, x.rows - job.done);
    judgeInPieces(job, rows);
    if (!job.isOver()) return Progress.PAUSED;
  }
  return Progress.FINISHED;
}

/**
 * Ŷ ← the network's output for X; both row-major, X (rows, n₀) with room for whole panels, Ŷ (rows, n_L).
 * A single row is a matrix in panels as it is; a copy of 784 numbers would take 2 % of 784-128-10.
 * Returns whether X is finite; where it is not, Ŷ is left as it is.
 */
export function predict<T extends number>(
  network: Network,
  space: Workspace,
  rows: i32,
  x: usize,
  yHat: usize,
): bool {
  const inputs = network.layer(1).inputs,
    outputs = network.layer(network.depth).outputs;
  const a = space.layer(network.depth).a;
  for (let done = 0; done < rows; done += space.rows) {
    const count = min(space.rows, rows - done);
    const stride = blockStride(count);
    const input = rows == 1 ? x : space.input;
    if (!pack<T>(count, inputs, x, input, stride)) return false;
    forward<T>(network, space, count, input, stride, false);
    costOf<T>(network.output, count, outputs, a, space.stride, 0, 0, 0, 1, space.loss);
    unpack(count, outputs, sizeof<T>(), a, space.stride, yHat);
    x += <usize>(count * inputs) * sizeof<T>();
    yHat += <usize>(count * outputs) * sizeof<T>();
  }
  return true;
}
