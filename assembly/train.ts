import { Blocks } from './blocks';
import { countHits, softmax, softmaxCrossEntropy } from './loss';
import { Network } from './network';
import { descend } from './optimizer';
import { pack, unpack } from './pack';
import { blockStride } from './panel';
import { backward, forward, transposeWeights } from './propagation';
import { Workspace } from './workspace';

/** The loops over rows: blocks make a batch, batches make a pass; and the same forward only. */

/**
 * `passes` passes over X and Y by gradient descent; costs[pass] ← the mean cost of its rows, each before its batch's
 * update. Returns how many passes were finished: fewer when a cost or a parameter stopped being finite, and then the
 * cost at that index is stored too and the parameters are those before the update that failed.
 */
export function train<T extends number>(
  network: Network,
  space: Workspace,
  gradients: usize,
  x: Blocks,
  y: Blocks,
  passes: i32,
  learningRate: f64,
  costs: usize,
): i32 {
  for (let pass = 0; pass < passes; pass++, costs += sizeof<f64>()) {
    let cost = 0.0;
    let healthy: bool = true;
    for (let first = 0; healthy && first < x.rows; first += x.batch) {
      cost += differentiate<T>(network, space, gradients, x, y, first);
      healthy = isFinite(cost) && update<T>(network, gradients, learningRate);
    }
    store<f64>(costs, cost / <f64>x.rows);
    if (!healthy) return pass;
  }
  return passes;
}

/** gradients ← those of the mean cost of the batch that begins at row `first`; returns the summed cost of its rows. */
function differentiate<T extends number>(
  network: Network,
  space: Workspace,
  gradients: usize,
  x: Blocks,
  y: Blocks,
  first: i32,
): f64 {
  transposeWeights<T>(network, space);
  const count = min(x.batch, x.rows - first);
  const weight = 1 / <f64>count;
  const delta = space.layer(network.depth).delta;
  let block = x.firstBlock(first);
  let cost = 0.0;
  for (let done = 0; done < count; done += x.blockRows, block++) {
    const rows = min(x.blockRows, count - done);
    const xBlock = x.at(block),
      yBlock = y.at(block);
    forward<T>(network, space, rows, xBlock, x.stride);
    cost += softmaxCrossEntropy<T>(rows, y.cols, delta, space.stride, yBlock, y.stride, weight, space.loss);
    backward<T>(network, space, rows, xBlock, x.stride, gradients, done > 0);
  }
  return cost;
}

/** One step of the optimiser; taken back, and false, if it made a parameter infinite or NaN. */
function update<T extends number>(network: Network, gradients: usize, learningRate: f64): bool {
  const finite = descend<T>(network.parameterBytes, network.parameters, gradients, learningRate);
  if (!finite) memory.copy(network.parameters, gradients, network.parameterBytes);
  return finite;
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
    forward<T>(network, space, count, space.input, stride);
    softmax<T>(count, outputs, a, space.stride, space.loss);
    unpack<T>(count, outputs, a, space.stride, yHat);
    x += <usize>(count * inputs) * sizeof<T>();
    yHat += <usize>(count * outputs) * sizeof<T>();
  }
  return -1;
}

/** result[0] ← the mean cost over X and Y, result[1] ← the share of rows whose greatest output is the right one. */
export function evaluate<T extends number>(
  network: Network,
  space: Workspace,
  x: Blocks,
  y: Blocks,
  result: usize,
): void {
  const z = space.layer(network.depth).a;
  let cost = 0.0;
  let hits = 0;
  let block = 0;
  for (let done = 0; done < x.rows; done += x.blockRows, block++) {
    const rows = min(x.blockRows, x.rows - done);
    const yBlock = y.at(block);
    forward<T>(network, space, rows, x.at(block), x.stride);
    hits += countHits<T>(rows, y.cols, z, space.stride, yBlock, y.stride);
    cost += softmaxCrossEntropy<T>(rows, y.cols, z, space.stride, yBlock, y.stride, 1, space.loss);
  }
  store<f64>(result, cost / <f64>x.rows);
  store<f64>(result, <f64>hits / <f64>x.rows, sizeof<f64>());
}
