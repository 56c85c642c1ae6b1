import { countHits } from './hits';
import { Job, Progress } from './job';
import { Output } from './loss';
import { Network } from './network';
import { PANEL_BYTES, panelCount } from './panel';
import { Piece, doPiece } from './piece';

/**
 * A step in pieces, for networks so large that a block of rows or an update would hold a thread too long: what each of its
 * stages has to do is cut into pieces (piece.ts) of like work, the same ones however often it pauses between them.
 */

/**
 * The parts of a step in their order: BLOCK for each block of the batch, the last two if something is not finite. The
 * moments are forgotten then, as they hold what led to it, and may be infinite themselves.
 */
export const enum Stage {
  TRANSPOSE,
  BLOCK,
  PENALTY,
  NORM,
  CLIP,
  UPDATE,
  RESTORE,
  FORGET,
}

/** In multiply–adds of a product: a number that goes through a function, a byte of memory, a block as such, a piece. */
const ELEMENT: f64 = 50;
const BYTE: f64 = 4;
const BLOCK: f64 = 10000;
const AT_ONCE: f64 = 131072;

/** With fewer rows a product takes as long as with these: it waits for its weights. */
const LEAST_ROWS: i32 = 10;

/** What a product takes for each of its weights. */
function product(rows: i32): f64 {
  return <f64>max(rows, LEAST_ROWS);
}

/** About what a block of so many rows takes on its way through a network and back, at least what an update takes. */
export function workOfBlock(network: Network, rows: i32): f64 {
  let work = BLOCK;
  for (let l = 1; l <= network.depth; l++) {
    const layer = network.layer(l);
    work += 3 * product(rows) * <f64>(layer.inputs + 1) * <f64>layer.outputs;
  }
  return work;
}

/**
 * How many rows are judged at once, whole vectors of them: about 524,288 numbers, which takes 5 ms. Smaller groups made
 * networks of many classes up to 14 % slower. 0 if a vector's are more: then some columns are.
 */
export function lossRows(network: Network): i32 {
  return (524288 / network.layer(network.depth).outputs) & -(16 / network.size);
}

/** Goes on with the step of a batch of `count` rows. */
export function stepInPieces(job: Job, count: i32): Progress {
  do {
    runStage(job, count);
    if (!job.isOver()) return job.stage < Stage.UPDATE ? Progress.PAUSED : Progress.UPDATING;
  } while (nextStage(job, count));
  return job.healthy ? Progress.FINISHED : Progress.DIVERGED;
}

/** Gradients ← those of the mean cost over all rows, with the term of l2; returns that cost. Nothing else changes. */
export function gradient(job: Job): f64 {
  const rows = job.x.rows;
  job.cost = 0;
  job.block = 0;
  job.done = 0;
  job.work = Infinity;
  for (job.stage = Stage.TRANSPOSE; job.stage < Stage.NORM; nextStage(job, rows)) {
    runStage(job, rows);
    job.isOver();
  }
  return job.cost / <f64>rows;
}

/** What follows on the stage that is over; false if the step is. */
function nextStage(job: Job, count: i32): bool {
  const network = job.network;
  switch (job.stage) {
    case Stage.BLOCK:
      job.block++;
      job.done += job.blockRows;
      if (job.done >= count) endBlocks(job);
      return true;
    case Stage.PENALTY:
      job.cost += 0.5 * network.l2 * job.squares * <f64>count;
      job.squares = 0;
      break;
    case Stage.CLIP:
      network.step++;
      job.healthy = true;
      break;
    case Stage.UPDATE:
      if (!job.healthy) break;
      job.stage = Stage.TRANSPOSE;
      return false;
    case Stage.FORGET:
      network.step = 0;
      job.healthy = false;
      job.stage = Stage.TRANSPOSE;
      return false;
  }
  job.stage = isFinite(job.cost + job.squares) ? job.stage + 1 : Stage.FORGET;
  return true;
}

/** What follows on the last block of a batch. */
export function endBlocks(job: Job): void {
  job.squares = 0;
  job.stage = isFinite(job.cost) ? Stage.PENALTY : Stage.FORGET;
}

function runStage(job: Job, count: i32): void {
  switch (job.stage) {
    case Stage.TRANSPOSE:
      return transposeInPieces(job);
    case Stage.BLOCK:
      return blockInPieces(job, count);
    case Stage.PENALTY:
      return penalizeInPieces(job);
    case Stage.NORM:
    case Stage.CLIP:
      if (job.network.clipNorm == Infinity) return;
  }
  bytesInPieces(job, Piece.NORM + (job.stage - Stage.NORM), job.network.parameterBytes, 1);
}

/** W_lᵀ of every layer above the first. */
function transposeInPieces(job: Job): void {
  for (let l = 2; l <= job.network.depth; l++) {
    job.enter(l);
    weightsInPieces(job, Piece.TRANSPOSE, BYTE * <f64>job.network.size);
  }
}

/** The next block of a batch of `count` rows: its part of the gradients of the mean cost, and its cost. */
function blockInPieces(job: Job, count: i32): void {
  const network = job.network,
    space = job.space;
  job.rows = min(job.blockRows, count - job.done);
  job.scale = 1 / <f64>count;
  if (job.order) {
    job.input = space.input;
    job.target = space.target;
    job.inputStride = job.targetStride = space.stride;
    bytesInPieces(job, Piece.GATHER_X, job.x.blockBytes, job.rows);
    bytesInPieces(job, Piece.GATHER_Y, job.y.blockBytes, job.rows);
  } else {
    job.takeBlock(job.block);
  }
  forwardInPieces(job);
  for (let l = network.depth; l > 0; l--) {
    job.enter(l);
    const layer = job.layer;
    weightsInPieces(job, Piece.GRADIENT, product(job.rows));
    if (l == 1) return;
    job.a = job.own.delta;
    job.aStride = space.stride;
    job.b = job.own.transposed;
    job.bStride = job.own.transposedStride;
    job.c = job.below.delta;
    productInPieces(job, Piece.BACK, layer.inputs, layer.outputs);
  }
}

/** A block of rows forward, and how good that is. */
export function judgeInPieces(job: Job, rows: i32): void {
  job.rows = rows;
  job.scale = 1;
  job.takeBlock(job.done / job.x.blockRows);
  forwardInPieces(job);
}

/** The block at hand as far as the error term of the last layer. */
function forwardInPieces(job: Job): void {
  const network = job.network;
  for (let l = 1; l <= network.depth; l++) {
    job.enter(l);
    const layer = job.layer;
    job.b = layer.parameters;
    job.bStride = layer.stride;
    job.c = job.own.a;
    productInPieces(job, Piece.FORWARD, layer.outputs, layer.inputs);
    if (l == network.depth) lossInPieces(job);
    else if (network.dropout > 0 && job.gradients)
      inPieces(job, Piece.DROP, layer.outputs, panelColumns(job), 1, 1, ELEMENT * <f64>job.rows);
  }
}

/** dZ_L and the cost, of an evaluation hits too; if of some columns at a time, softmax goes over them part by part. */
function lossInPieces(job: Job): void {
  const output = job.network.output;
  if (!job.gradients) outputsInPieces(job, Piece.HITS, output);
  if (output != Output.SOFTMAX || lossRows(job.network) > 0) return outputsInPieces(job, Piece.LOSS, output);
  for (let part = Output.GREATEST; part <= Output.SHARES; part++) outputsInPieces(job, Piece.LOSS, part);
}

function outputsInPieces(job: Job, piece: Piece, part: i32): void {
  const outputs = job.layer.outputs,
    rows = lossRows(job.network);
  job.part = part;
  // Of some columns four rows, as they share their cache lines.
  inPieces(job, piece, job.rows, rows || 4, outputs, rows ? outputs : panelColumns(job), ELEMENT);
}

/** dW_l ← dW_l + λ·W_l for every layer, and ΣW². Biases have no part in it. */
function penalizeInPieces(job: Job): void {
  const network = job.network;
  for (let l = 1; l <= network.depth && network.l2 > 0; l++) {
    job.enter(l);
    const panels = panelCount(job.layer.outputs, network.size),
      rows = <i32>(job.layer.stride / PANEL_BYTES) - 1;
    inPieces(job, Piece.PENALTY, panels, 1, rows, 1, BYTE * <f64>PANEL_BYTES);
  }
}

/** Columns of a product, with its terms, that go through a function; of a single row four panels are read at once. */
function productInPieces(job: Job, piece: Piece, columns: i32, terms: i32): void {
  const unit = panelColumns(job);
  job.terms = terms;
  const work = product(job.rows) + (ELEMENT * <f64>job.rows) / <f64>terms;
  inPieces(job, piece, columns, job.rows == 1 ? 4 * unit : unit, terms, unit, work);
}

/** Rows and columns of W_l or its gradient. */
function weightsInPieces(job: Job, piece: Piece, work: f64): void {
  const unit = panelColumns(job);
  inPieces(job, piece, job.layer.inputs, unit, job.layer.outputs, unit, work);
}

/** Memory from end to end, so many times. */
function bytesInPieces(job: Job, piece: Piece, bytes: usize, times: i32): void {
  inPieces(job, piece, <i32>(bytes / PANEL_BYTES), 1, 1, 1, BYTE * <f64>PANEL_BYTES * <f64>times);
}

/** Columns of a panel. */
function panelColumns(job: Job): i32 {
  return <i32>PANEL_BYTES / job.network.size;
}

/**
 * Does what is due of a matrix (rows, cols) of things to do, each so much work: in pieces of about AT_ONCE, of some rows
 * whole or of some columns of a unit of rows; they begin at multiples of these units.
 */
function inPieces(job: Job, piece: Piece, rows: i32, rowUnit: i32, cols: i32, colUnit: i32, work: f64): void {
  const m0 = share(work * <f64>cols, rowUnit),
    n0 = share(work * <f64>m0, colUnit);
  for (let i = 0; i < rows; i += m0) {
    const m = min(m0, rows - i);
    for (let j = 0; j < cols; j += n0) {
      const n = min(n0, cols - j);
      if (!job.isDue(work * <f64>m * <f64>n)) continue;
      if (piece == Piece.HITS) countHits(job, i, m, j, n);
      else if (job.network.size == 4) doPiece<f32>(job, piece, i, m, j, n);
      else doPiece<f64>(job, piece, i, m, j, n);
    }
  }
}

/** How many things of so much work a piece takes: a multiple of the unit. */
function share(work: f64, unit: i32): i32 {
  const units = <i32>(AT_ONCE / work) / unit;
  return max(units, 1) * unit;
}
