import { gather } from './blocks';
import {
  dropLayer,
  errorPanel,
  forwardColumns,
  gradientRows,
  outputError,
  transposeColumns,
} from './layer-parts';
import { MR } from './microkernel';
import { Network } from './network';
import { optimize } from './optimizer';
import { PANEL_BYTES, panelCount } from './panel';
import { PIECE, clipBytes, penalizePanel, penaltyOf, sumOfSquares } from './regularization';
import { Pace, Progress, Training } from './training';
import { Workspace } from './workspace';

/**
 * A step in pieces, for networks so large that a block of rows or an update would hold a thread too long: panels, groups
 * of rows of a gradient, pieces of memory. No sum is cut, so that the bits are those of a step in one go (train.ts).
 */

/** The parts of a step in their order: BLOCK for each block of the batch, the last two if something is not finite. */
const enum Stage {
  TRANSPOSE,
  BLOCK,
  PENALTY,
  NORM,
  CLIP,
  UPDATE,
  RESTORE,
  FORGET,
}

/** In multiply–adds of a product: an element of an activation or a cost, a byte of memory, a block as such. */
const ELEMENT: f64 = 50;
const BYTE: f64 = 4;
const BLOCK: f64 = 10000;

/** With fewer rows a product takes as long as with these: it waits for its weights. */
const LEAST_ROWS: i32 = 10;

/** What a product of (rows, k) and (k, n) takes. */
function product(rows: i32, k: i32, n: i32): f64 {
  return <f64>max(rows, LEAST_ROWS) * <f64>k * <f64>n;
}

/** About what a block of so many rows takes on its way through a network and back, at least what an update takes. */
export function workOfBlock(network: Network, rows: i32): f64 {
  let work = BLOCK;
  for (let l = 1; l <= network.depth; l++) {
    const layer = network.layer(l);
    work += 3 * product(rows, layer.inputs + 1, layer.outputs);
  }
  return work;
}

/** Goes on with the step of a batch of `count` rows. */
export function stepInPieces(training: Training, count: i32): Progress {
  do {
    runStage(training, count);
    if (!training.isOver()) return training.stage < Stage.UPDATE ? Progress.PAUSED : Progress.UPDATING;
  } while (nextStage(training, count));
  return training.healthy ? Progress.FINISHED : Progress.DIVERGED;
}

/** What follows on the stage that is over; false if the step is. */
function nextStage(training: Training, count: i32): bool {
  const network = training.network;
  let finite: bool = true;
  switch (training.stage) {
    case Stage.BLOCK:
      training.block++;
      training.done += training.blockRows;
      if (training.done < count) return true;
      finite = isFinite(training.cost);
      training.squares = 0;
      break;
    case Stage.PENALTY:
      training.cost += penaltyOf(network, training.squares) * <f64>count;
      finite = isFinite(training.cost);
      training.squares = 0;
      break;
    case Stage.NORM:
      finite = isFinite(training.squares);
      break;
    case Stage.CLIP:
      network.step++;
      training.healthy = true;
      break;
    case Stage.UPDATE:
      if (!training.healthy) break;
      training.stage = Stage.TRANSPOSE;
      return false;
    case Stage.FORGET:
      network.step = 0;
      training.healthy = false;
      training.stage = Stage.TRANSPOSE;
      return false;
  }
  training.stage = finite ? training.stage + 1 : Stage.FORGET;
  return true;
}

function runStage(training: Training, count: i32): void {
  switch (training.stage) {
    case Stage.TRANSPOSE:
      return transposeInPieces(training);
    case Stage.BLOCK:
      return blockInPieces(training, count);
    case Stage.PENALTY:
      return penalizeInPieces(training);
    case Stage.NORM:
    case Stage.CLIP:
      if (training.network.clipNorm == Infinity) return;
  }
  memoryInPieces(training);
}

/** W_lᵀ of every layer above the first, as many columns as a vector has lanes at a time. */
function transposeInPieces(training: Training): void {
  const network = training.network;
  const lanes = 16 / network.size;
  for (let l = 2; l <= network.depth; l++) {
    const layer = network.layer(l);
    for (let j = 0; j < layer.outputs; j += lanes) {
      if (!training.isDue(BYTE * 16 * <f64>layer.inputs)) continue;
      if (network.size == 4) transposeColumns<f32>(network, training.space, l, j, lanes);
      else transposeColumns<f64>(network, training.space, l, j, lanes);
    }
  }
}

/** The next block of a batch of `count` rows: its part of the gradients of the mean cost, and its cost. */
function blockInPieces(training: Training, count: i32): void {
  const network = training.network,
    space = training.space;
  const x = training.x,
    y = training.y;
  const rows = min(training.blockRows, count - training.done);
  let xBlock = x.at(training.block),
    xStride = x.stride,
    yBlock = y.at(training.block),
    yStride = y.stride;
  if (training.order) {
    xBlock = space.input;
    yBlock = space.target;
    xStride = yStride = space.stride;
    if (training.isDue(<f64>rows * <f64>x.cols)) {
      const order = training.order + ((<usize>(training.first + training.done)) << 2);
      gather(x, order, rows, xBlock, xStride);
      gather(y, order, rows, yBlock, yStride);
    }
  }
  forwardInPieces(training, network, space, rows, xBlock, xStride, network.dropout > 0);
  if (training.isDue(ELEMENT * <f64>rows * <f64>y.cols)) {
    const scale = 1 / <f64>count;
    training.cost +=
      network.size == 4
        ? outputError<f32>(network, space, rows, yBlock, yStride, y.cols, scale)
        : outputError<f64>(network, space, rows, yBlock, yStride, y.cols, scale);
  }
  for (let l = network.depth; l > 0; l--) {
    const layer = network.layer(l);
    const a = l > 1 ? space.layer(l - 1).a : xBlock,
      aStride = l > 1 ? space.stride : xStride;
    for (let i = 0; i < layer.inputs; i += MR) {
      if (!training.isDue(product(rows, MR, layer.outputs))) continue;
      if (network.size == 4) gradientRows<f32>(training, l, i, rows, a, aStride);
      else gradientRows<f64>(training, l, i, rows, a, aStride);
    }
    const panels = l > 1 ? panelCount(layer.inputs, network.size) : 0;
    for (let panel = 0; panel < panels; panel++) {
      if (!training.isDue(product(rows, layer.outputs, panelColumns(network)))) continue;
      if (network.size == 4) errorPanel<f32>(network, space, l, panel, rows);
      else errorPanel<f64>(network, space, l, panel, rows);
    }
  }
}

/** `forward`, panel by panel; of a single row, for which four are read at once, four by four. */
export function forwardInPieces(
  pace: Pace,
  network: Network,
  space: Workspace,
  rows: i32,
  x: usize,
  xStride: usize,
  dropping: bool,
): void {
  const columns = (rows == 1 ? 4 : 1) * panelColumns(network);
  for (let l = 1; l <= network.depth; l++) {
    const layer = network.layer(l);
    for (let j = 0; j < layer.outputs; j += columns) {
      if (!pace.isDue(product(rows, layer.inputs, columns) + ELEMENT * <f64>(rows * columns))) continue;
      const n = min(columns, layer.outputs - j);
      if (network.size == 4) forwardColumns<f32>(network, space, l, j, n, rows, x, xStride);
      else forwardColumns<f64>(network, space, l, j, n, rows, x, xStride);
    }
    x = space.layer(l).a;
    xStride = space.stride;
    if (!dropping || l == network.depth || !pace.isDue(ELEMENT * <f64>rows * <f64>layer.outputs)) continue;
    if (network.size == 4) dropLayer<f32>(network, space, l, rows);
    else dropLayer<f64>(network, space, l, rows);
  }
}

function panelColumns(network: Network): i32 {
  return <i32>PANEL_BYTES / network.size;
}

function penalizeInPieces(training: Training): void {
  const network = training.network;
  for (let l = 1; l <= network.depth && network.l2 > 0; l++) {
    const layer = network.layer(l);
    const panels = panelCount(layer.outputs, network.size);
    for (let panel = 0; panel < panels; panel++) {
      if (!training.isDue(BYTE * <f64>layer.stride)) continue;
      training.squares +=
        network.size == 4
          ? penalizePanel<f32>(network, training.gradients, l, panel)
          : penalizePanel<f64>(network, training.gradients, l, panel);
    }
  }
}

/** What goes through gradients, parameters or moments from end to end. */
function memoryInPieces(training: Training): void {
  const end = training.network.parameterBytes;
  for (let from: usize = 0; from < end; from += PIECE) {
    if (!training.isDue(BYTE * <f64>PIECE)) continue;
    const bytes = min(PIECE, end - from);
    if (training.network.size == 4) memoryPiece<f32>(training, from, bytes);
    else memoryPiece<f64>(training, from, bytes);
  }
}

function memoryPiece<T extends number>(training: Training, from: usize, bytes: usize): void {
  const network = training.network,
    g = training.gradients + from;
  switch (training.stage) {
    case Stage.NORM:
      training.squares += sumOfSquares<T>(bytes, g);
      break;
    case Stage.CLIP:
      clipBytes<T>(network, training.squares, bytes, g);
      break;
    case Stage.UPDATE:
      if (!optimize<T>(network, training.gradients, training.rate, from, from + bytes))
        training.healthy = false;
      break;
    case Stage.RESTORE:
      memory.copy(network.parameters + from, g, bytes);
      break;
    case Stage.FORGET:
      for (let k = 0; k < network.moments; k++) memory.fill(network.moment(k) + from, 0, bytes);
  }
}
