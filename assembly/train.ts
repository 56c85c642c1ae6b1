import { gather } from './blocks';
import { costOf, countHits, outputOf } from './loss';
import { Network } from './network';
import { optimize } from './optimizer';
import { pack, unpack } from './pack';
import { blockStride } from './panel';
import { backward, forward, transposeWeights } from './propagation';
import { clip, penalize } from './regularization';
import { Evaluation, Training } from './training';
import { Workspace } from './workspace';

/** The loops over rows: blocks make a batch, batches make a pass; and the same forward only. */

/** How a call of `train` or `evaluate` ended. */
export const enum Progress {
  /** All is done. */
  FINISHED,
  /** As many blocks were done as were asked for; call again to go on. */
  PAUSED,
  /** A cost or a parameter stopped being finite; the parameters are those before the update that failed, the moments 0. */
  DIVERGED,
}

/**
 * Goes on with a training for at most that many blocks of rows; an update counts as one, as it takes about as long in a
 * large network. costs[pass] ← the mean cost of its rows, each before its batch's update; when it diverges too.
 */
export function train<T extends number>(training: Training, blocks: i32): Progress {
  const rows = training.x.rows;
  for (; training.pass < training.passes; training.pass++) {
    for (; training.first < rows; training.first += training.batch, training.done = 0) {
      const count = min(training.batch, rows - training.first);
      if (training.done == 0) {
        // A batch is begun only with its first block, so that no pause lies between and nothing is drawn twice.
        if (blocks <= 0) return Progress.PAUSED;
        if (training.order && training.first == 0) shuffle(training);
        transposeWeights<T>(training.network, training.space);
      }
      blocks = differentiate<T>(training, count, blocks);
      if (training.done < count || blocks-- <= 0) return Progress.PAUSED;
      const healthy = isFinite(training.cost) && update<T>(training, count);
      if (!healthy || training.first + count == rows) {
        store<f64>(training.costs + ((<usize>training.pass) << 3), training.cost / <f64>rows);
      }
      if (!healthy) {
        // The moments hold what led to it, and may be infinite themselves.
        training.network.forget();
        return Progress.DIVERGED;
      }
    }
    training.first = 0;
    training.block = 0;
    training.cost = 0;
  }
  return Progress.FINISHED;
}

/** The rows' numbers in a new order, drawn from the network's generator (Fisher and Yates; Durstenfeld, 1964). */
function shuffle(training: Training): void {
  const random = training.network.random;
  const order = training.order;
  const rows = training.x.rows;
  for (let i = 0; i < rows; i++) {
    const j = random.below(i + 1);
    store<u32>(order + ((<usize>i) << 2), load<u32>(order + ((<usize>j) << 2)));
    store<u32>(order + ((<usize>j) << 2), i);
  }
}

/**
 * The next blocks of a batch of `count` rows, at most so many: their part of the gradients of the mean cost, and their
 * cost. Returns how many of `blocks` are left.
 */
function differentiate<T extends number>(training: Training, count: i32, blocks: i32): i32 {
  const network = training.network,
    space = training.space;
  const x = training.x,
    y = training.y;
  const outputs = network.layer(network.depth).outputs;
  const delta = space.layer(network.depth).delta;
  const scale = 1 / <f64>count;
  const blockRows = training.blockRows;
  // Not in memory: kept there, they took 7 ns a block.
  let done = training.done,
    block = training.block,
    cost = training.cost;
  let xBlock = space.input,
    xStride = space.stride,
    yBlock = space.target,
    yStride = space.stride;
  for (; done < count && blocks > 0; done += blockRows, blocks--) {
    const rows = min(blockRows, count - done);
    if (training.order) {
      const order = training.order + ((<usize>(training.first + done)) << 2);
      gather(x, order, rows, xBlock, xStride);
      gather(y, order, rows, yBlock, yStride);
    } else {
      xBlock = x.at(block);
      xStride = x.stride;
      yBlock = y.at(block);
      yStride = y.stride;
      block++;
    }
    forward<T>(network, space, rows, xBlock, xStride, network.dropout > 0);
    cost += costOf<T>(
      network.output,
      rows,
      outputs,
      delta,
      space.stride,
      yBlock,
      yStride,
      y.cols,
      scale,
      space.loss,
    );
    backward<T>(network, space, rows, xBlock, xStride, training.gradients, done > 0);
  }
  training.done = done;
  training.block = block;
  training.cost = cost;
  return blocks;
}

/** One step of the optimiser; taken back, and false, if it made anything infinite or NaN. */
function update<T extends number>(training: Training, count: i32): bool {
  const network = training.network,
    gradients = training.gradients;
  if (network.l2 > 0) {
    training.cost += penalize<T>(network, gradients) * <f64>count;
    if (!isFinite(training.cost)) return false;
  }
  if (network.clipNorm < Infinity && !clip<T>(network, gradients)) return false;
  const rate = load<f64>(training.rates + ((<usize>training.pass) << 3));
  if (optimize<T>(network, gradients, rate)) return true;
  memory.copy(network.parameters, gradients, network.parameterBytes);
  return false;
}

/** Gradients ← those of the mean cost over all rows, with the term of l2; returns that cost. Nothing else changes. */
export function gradient<T extends number>(training: Training): f64 {
  const network = training.network;
  transposeWeights<T>(network, training.space);
  const rows = training.x.rows;
  training.cost = 0;
  training.block = 0;
  training.done = 0;
  differentiate<T>(training, rows, i32.MAX_VALUE);
  const penalty = network.l2 > 0 ? penalize<T>(network, training.gradients) : 0;
  return training.cost / <f64>rows + penalty;
}

/** Goes on with an evaluation for at most that many blocks of rows; one that came to its end begins anew. */
export function evaluate<T extends number>(evaluation: Evaluation, blocks: i32): Progress {
  const network = evaluation.network,
    space = evaluation.space;
  const x = evaluation.x,
    y = evaluation.y;
  const z = space.layer(network.depth).a;
  if (evaluation.done >= x.rows) {
    evaluation.done = 0;
    evaluation.hits = 0;
    evaluation.cost = 0;
  }
  for (; evaluation.done < x.rows; evaluation.done += x.blockRows) {
    if (blocks-- <= 0) return Progress.PAUSED;
    const block = evaluation.done / x.blockRows;
    const rows = min(x.blockRows, x.rows - evaluation.done);
    const yBlock = y.at(block);
    const outputs = network.layer(network.depth).outputs;
    forward<T>(network, space, rows, x.at(block), x.stride, false);
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
  return Progress.FINISHED;
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
    outputOf<T>(network.output, count, outputs, a, space.stride, space.loss);
    unpack<T>(count, outputs, a, space.stride, yHat);
    x += <usize>(count * inputs) * sizeof<T>();
    yHat += <usize>(count * outputs) * sizeof<T>();
  }
  return -1;
}
