import { gather } from './blocks';
import { costOf } from './loss';
import { optimize } from './optimizer';
import { stepInPieces } from './pieces';
import { backward, forward, transposeWeights } from './propagation';
import { clip, penalize } from './regularization';
import { shuffle } from './shuffle';
import { Progress, Training, Way } from './training';

/** The loops over rows: blocks make a batch, batches make a pass. */

/**
 * Goes on with a training for about so much work, in multiply–adds. costs[pass] ← the mean cost of its rows, each before
 * its batch's update; when it diverges too.
 */
export function train(training: Training, work: f64): Progress {
  const rows = training.x.rows;
  const way = work < 2 * training.blockWork ? Way.PIECES : Way.WHOLE;
  training.work = work;
  for (; training.pass < training.passes; training.pass++) {
    for (; training.first < rows; training.first += training.batch) {
      const count = min(training.batch, rows - training.first);
      if (training.way == Way.NONE) {
        if (!shuffle(training)) return Progress.PAUSED;
        training.way = way;
        training.done = 0;
      }
      const progress = step(training, count);
      if (progress >= Progress.PAUSED) return progress;
      training.way = Way.NONE;
      if (progress == Progress.DIVERGED || training.first + count == rows) {
        store<f64>(training.costs + ((<usize>training.pass) << 3), training.cost / <f64>rows);
      }
      if (progress == Progress.DIVERGED) return progress;
    }
    training.first = 0;
    training.shuffled = 0;
    training.block = 0;
    training.cost = 0;
  }
  return Progress.FINISHED;
}

/** Goes on with the step of a batch of `count` rows, the way that it began. */
function step(training: Training, count: i32): Progress {
  if (training.way == Way.PIECES) return stepInPieces(training, count);
  return training.network.size == 4 ? wholeStep<f32>(training, count) : wholeStep<f64>(training, count);
}

function wholeStep<T extends number>(training: Training, count: i32): Progress {
  // Once a step: no pause lies between this and the first block.
  if (training.done == 0) transposeWeights<T>(training.network, training.space);
  differentiate<T>(training, count);
  if (training.done < count || training.work <= 0) return Progress.PAUSED;
  training.work -= training.blockWork;
  if (isFinite(training.cost) && update<T>(training, count)) return Progress.FINISHED;
  // The moments hold what led to it, and may be infinite themselves.
  training.network.forget();
  return Progress.DIVERGED;
}

/**
 * The next blocks of a batch of `count` rows, as long as there is work to do: their part of the gradients of the mean
 * cost, and their cost.
 */
function differentiate<T extends number>(training: Training, count: i32): void {
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
    cost = training.cost,
    work = training.work;
  let xBlock = space.input,
    xStride = space.stride,
    yBlock = space.target,
    yStride = space.stride;
  for (; done < count && work > 0; done += blockRows, work -= training.blockWork) {
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
  training.work = work;
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
  const bytes = network.parameterBytes;
  network.step++;
  if (optimize<T>(network, gradients, training.rate, 0, bytes)) return true;
  memory.copy(network.parameters, gradients, bytes);
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
  training.work = Infinity;
  differentiate<T>(training, rows);
  const penalty = network.l2 > 0 ? penalize<T>(network, training.gradients) : 0;
  return training.cost / <f64>rows + penalty;
}
