import { costOf, countHits } from './loss';
import { Network } from './network';
import { pack, unpack } from './pack';
import { blockStride } from './panel';
import { forwardInPieces } from './pieces';
import { forward } from './propagation';
import { Evaluation, Progress } from './training';
import { Workspace } from './workspace';

/** The loops over rows that go forward only. */

/** Goes on with an evaluation for about so much work, in multiply–adds; one that came to its end begins anew. */
export function evaluate(evaluation: Evaluation, work: f64): Progress {
  const network = evaluation.network,
    x = evaluation.x;
  evaluation.work = work;
  if (evaluation.done >= x.rows) {
    evaluation.done = 0;
    evaluation.hits = 0;
    evaluation.cost = 0;
  }
  for (; evaluation.done < x.rows; evaluation.done += x.blockRows) {
    const rows = min(x.blockRows, x.rows - evaluation.done);
    const block = x.at(evaluation.done / x.blockRows);
    forwardInPieces(evaluation, network, evaluation.space, rows, block, x.stride, false);
    if (!evaluation.isOver()) return Progress.PAUSED;
    if (network.size == 4) judge<f32>(evaluation, rows);
    else judge<f64>(evaluation, rows);
  }
  return Progress.FINISHED;
}

/** The cost and the hits of the block that went through the network. */
function judge<T extends number>(evaluation: Evaluation, rows: i32): void {
  const network = evaluation.network,
    space = evaluation.space,
    y = evaluation.y;
  const z = space.layer(network.depth).a,
    outputs = network.layer(network.depth).outputs;
  const yBlock = y.at(evaluation.done / y.blockRows);
  evaluation.hits += countHits<T>(network.output, rows, outputs, z, space.stride, yBlock, y.stride);
  evaluation.cost += costOf<T>(
    network.output,
    rows,
    outputs,
    z,
    space.stride,
    yBlock,
    y.stride,
    y.cols,
    1,
    space.loss,
  );
}

/**
 * Ŷ ← the network's output for X; both row-major, X (rows, n₀), Ŷ (rows, n_L).
 * Returns the row-major index of the first value of X that is not finite, or −1.
 */
export function predict<T extends number>(
  network: Network,
  space: Workspace,
  rows: i32,
  x: usize,
  yHat: usize,
): i32 {
  const inputs = network.layer(1).inputs,
    outputs = network.layer(network.depth).outputs;
  const a = space.layer(network.depth).a;
  for (let done = 0; done < rows; done += space.rows) {
    const count = min(space.rows, rows - done);
    const stride = blockStride(count);
    const bad = pack<T>(count, inputs, x, space.input, stride);
    if (bad >= 0) return done * inputs + bad;
    forward<T>(network, space, count, space.input, stride, false);
    costOf<T>(network.output, count, outputs, a, space.stride, 0, 0, outputs, 1, space.loss);
    unpack<T>(count, outputs, a, space.stride, yHat);
    x += <usize>(count * inputs) * sizeof<T>();
    yHat += <usize>(count * outputs) * sizeof<T>();
  }
  return -1;
}
