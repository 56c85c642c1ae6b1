import { gather } from './blocks';
import { Job, Progress, Way } from './job';
import { costOf } from './loss';
import { optimize } from './optimizer';
import { Panel } from './panel';
import { Stage, endBlocks, lossRows, stepInPieces } from './pieces';
import { backward, forward, transposeWeights } from './propagation';
import { shuffle } from './shuffle';

/** The loops over rows: blocks make a batch, batches make a pass. */

/**
 * Goes on with a training for about so much work, in multiply–adds. costs[pass] ← the mean cost of its rows, each before
 * its batch's update; when it diverges too.
 */
export function train(job: Job, work: f64): Progress {
  const rows = job.x.rows;
  // Wide outputs are judged some rows at a time, which pieces do.
  const way = work < 2 * job.blockWork || job.blockRows > lossRows(job.network) ? Way.PIECES : Way.WHOLE;
  job.work = work;
  for (; job.pass < job.passes; job.pass++) {
    for (; job.first < rows; job.first += job.batch) {
      const count = min(job.batch, rows - job.first);
      if (job.way == Way.NONE) {
        if (!shuffle(job)) return Progress.PAUSED;
        job.way = way;
        job.done = 0;
      }
      const progress = step(job, count);
      if (progress >= Progress.PAUSED) return progress;
      job.way = Way.NONE;
      if (progress == Progress.DIVERGED || job.first + count == rows) {
        store<f64>(job.costs + ((<usize>job.pass) << 3), job.cost / <f64>rows);
      }
      if (progress == Progress.DIVERGED) return progress;
    }
    job.first = 0;
    job.shuffled = 0;
    job.block = 0;
    job.cost = 0;
  }
  return Progress.FINISHED;
}

/** Goes on with the step of a batch of `count` rows, the way that it began. */
function step(job: Job, count: i32): Progress {
  if (job.way == Way.PIECES) return stepInPieces(job, count);
  return job.network.size == 4 ? wholeStep<f32>(job, count) : wholeStep<f64>(job, count);
}

function wholeStep<T extends number>(job: Job, count: i32): Progress {
  const network = job.network;
  // Once a step: no pause lies between this and the first block.
  if (job.done == 0) transposeWeights<T>(network, job.space);
  differentiate<T>(job, count);
  if (job.done < count || job.work <= 0) return Progress.PAUSED;
  job.work -= job.blockWork;
  // The textbook's update, in one go; others go through their stages.
  if (network.l2 == 0 && network.clipNorm == Infinity && isFinite(job.cost)) {
    network.step++;
    if (optimize<T>(network, job.gradients, job.rate, 0, network.parameterBytes)) return Progress.FINISHED;
    job.stage = Stage.RESTORE;
  } else {
    endBlocks(job);
  }
  job.way = Way.PIECES;
  return stepInPieces(job, count);
}

/**
 * The next blocks of a batch of `count` rows, as long as there is work to do: their part of the gradients of the mean
 * cost, and their cost.
 */
function differentiate<T extends number>(job: Job, count: i32): void {
  const network = job.network,
    space = job.space;
  const x = job.x,
    y = job.y;
  const outputs = network.layer(network.depth).outputs;
  const delta = space.layer(network.depth).delta;
  const scale = 1 / <f64>count;
  const blockRows = job.blockRows;
  // Not in memory: kept there, they took 7 ns a block.
  let done = job.done,
    block = job.block,
    cost = job.cost,
    work = job.work;
  let xBlock = space.input,
    xStride = space.stride,
    yBlock = space.target,
    yStride = space.stride;
  for (; done < count && work > 0; done += blockRows, work -= job.blockWork) {
    const rows = min(blockRows, count - done);
    if (job.order) {
      const order = job.order + ((<usize>(job.first + done)) << 2);
      gather(x, order, rows, 0, x.blockBytes, xBlock, xStride);
      gather(y, order, rows, 0, y.blockBytes, yBlock, yStride);
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
      y.cols > outputs ? yBlock + Panel.offset<T>(outputs, yStride) : 0,
      scale,
      space.loss,
    );
    backward<T>(network, space, rows, xBlock, xStride, job.gradients, done > 0);
  }
  job.done = done;
  job.block = block;
  job.cost = cost;
  job.work = work;
}
