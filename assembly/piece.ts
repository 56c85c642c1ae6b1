import { activate, Slopes } from './activation';
import { Blocks, gather } from './blocks';
import { drop } from './dropout';
import { addNN, columnSums, gemmNN, gemmTN } from './gemm';
import { Job } from './job';
import { Output, costOf } from './loss';
import { optimize } from './optimizer';
import { packTransposed } from './pack';
import { PANEL_BYTES, Panel } from './panel';
import { clip, penalize, sumOfSquares } from './regularization';
import { lanes } from './simd';

/**
 * The parts of a step for rows i … i+m−1 and columns j … j+n−1, or terms of sums, of what they go through. What
 * propagation.ts does too has the same bits here, as its terms are added in the same order; columns then begin a panel.
 */

/** From PENALTY on in the order of the stages of the same names (pieces.ts). */
export const enum Piece {
  TRANSPOSE,
  GATHER_X,
  GATHER_Y,
  FORWARD,
  BACK,
  DROP,
  GRADIENT,
  HITS,
  LOSS,
  PENALTY,
  NORM,
  CLIP,
  UPDATE,
  RESTORE,
  FORGET,
}

export function doPiece<T extends number>(job: Job, piece: Piece, i: i32, m: i32, j: i32, n: i32): void {
  const network = job.network,
    from = <usize>i * PANEL_BYTES,
    bytes = <usize>m * PANEL_BYTES;
  const g = job.gradients + from;
  switch (piece) {
    case Piece.TRANSPOSE:
      return transpose<T>(job, i, m, j, n);
    case Piece.GATHER_X:
      return gatherBytes(job, job.x, job.input, from, bytes);
    case Piece.GATHER_Y:
      return gatherBytes(job, job.y, job.target, from, bytes);
    case Piece.FORWARD:
    case Piece.BACK:
      return multiply<T>(job, piece, i, m, j, n);
    case Piece.DROP:
      return dropColumns<T>(job, i, m);
    case Piece.GRADIENT:
      return differentiate<T>(job, i, m, j, n);
    case Piece.PENALTY:
      return penalizeRows<T>(job, i, m, j, n);
    case Piece.NORM:
      job.squares += sumOfSquares<T>(bytes, g);
      return;
    case Piece.CLIP:
      return clip<T>(network.clipNorm, job.squares, bytes, g);
    case Piece.UPDATE:
      if (!optimize<T>(network, job.gradients, job.rate, from, from + bytes)) job.healthy = false;
      return;
    case Piece.RESTORE:
      memory.copy(network.parameters + from, g, bytes);
      return;
    case Piece.FORGET:
      for (let k = 0; k < network.moments; k++) memory.fill(network.moment(k) + from, 0, bytes);
      return;
    case Piece.LOSS:
      return judge<T>(job, i, m, j, n);
  }
}

/** m rows from i on and n columns from j on of W_l become columns and rows of W_lᵀ. */
function transpose<T extends number>(job: Job, i: i32, m: i32, j: i32, n: i32): void {
  const layer = job.layer,
    own = job.own;
  packTransposed<T>(
    m,
    n,
    layer.parameters + <usize>(1 + i) * PANEL_BYTES + Panel.offset<T>(j, layer.stride),
    layer.stride,
    own.transposed + Panel.offset<T>(i, own.transposedStride) + <usize>j * PANEL_BYTES,
    own.transposedStride,
  );
}

/** So many bytes from there on of the batch's next rows. */
function gatherBytes(job: Job, blocks: Blocks, c: usize, from: usize, bytes: usize): void {
  const order = job.order + ((<usize>(job.first + job.done)) << 2);
  gather(blocks, order, job.rows, from, bytes, c, job.space.stride);
}

/**
 * m columns from i on of a product, with n terms from j on: of Z_l, after the last terms A_l, or on the way back of
 * dA_{l−1}, after the last dZ_{l−1}.
 */
function multiply<T extends number>(job: Job, piece: Piece, i: i32, m: i32, j: i32, n: i32): void {
  const rows = job.rows,
    stride = job.space.stride;
  const at = Panel.offset<T>(i, stride);
  const a = job.a + Panel.offset<T>(j, job.aStride),
    b = job.b + Panel.offset<T>(i, job.bStride) + <usize>j * PANEL_BYTES;
  const tileRows = job.layer.tileRows;
  if (j == 0) gemmNN<T>(tileRows, rows, m, n, a, job.aStride, b, job.bStride, job.c + at, stride);
  else addNN<T>(tileRows, rows, m, n, a, job.aStride, b, job.bStride, job.c + at, stride);
  if (j + n < job.terms) return;
  if (piece == Piece.BACK) {
    Slopes.multiply<T>(rows, m, job.c + at, job.below.a + at, job.below.slope + at, stride);
  } else if (job.layer != job.network.layer(job.network.depth)) {
    activate<T>(job.layer.activation, rows, m, job.c + at, job.own.slope + at, stride);
  }
}

/** m columns from i on of A_l and S_l. */
function dropColumns<T extends number>(job: Job, i: i32, m: i32): void {
  const network = job.network,
    own = job.own;
  const stride = job.space.stride;
  const at = Panel.offset<T>(i, stride);
  drop<T>(network.random, network.dropout, job.rows, m, own.a + at, own.slope + at, stride);
}

/** m rows from i on and n columns from j on of dW_l, before the first rows also of db_l. */
function differentiate<T extends number>(job: Job, i: i32, m: i32, j: i32, n: i32): void {
  const layer = job.layer;
  const stride = job.space.stride;
  const delta = job.own.delta + Panel.offset<T>(j, stride),
    gradient = job.network.within(job.gradients, layer) + Panel.offset<T>(j, layer.stride);
  const accumulate = job.done > 0;
  if (i == 0) columnSums<T>(n, job.rows, delta, stride, gradient, layer.stride, accumulate);
  gemmTN<T>(
    layer.tileRows,
    m,
    n,
    job.rows,
    job.a + Panel.offset<T>(i, job.aStride),
    job.aStride,
    delta,
    stride,
    gradient + <usize>(1 + i) * PANEL_BYTES,
    layer.stride,
    accumulate,
  );
}

/** Of m rows from i on n columns from j on of dZ_L, or of a part of it, and their share of the cost. */
function judge<T extends number>(job: Job, i: i32, m: i32, j: i32, n: i32): void {
  const outputs = job.layer.outputs,
    stride = job.space.stride,
    yStride = job.targetStride,
    loss = job.space.loss;
  // The parts of softmax take a vector's rows.
  const atOnce = job.part > Output.LINEAR ? lanes<T>() : m;
  for (const end = i + m; i < end; i += atOnce) {
    const z = job.own.delta + <usize>i * PANEL_BYTES,
      y = job.target + <usize>i * PANEL_BYTES;
    loss.state = loss.sums + 2 * <usize>i * sizeof<T>();
    if (job.part == Output.GREATEST && j == 0) {
      v128.store(loss.state, v128.splat<T>(<T>-Infinity));
      v128.store(loss.state, i64x2.splat(0), 16);
    }
    job.cost += costOf<T>(
      job.part,
      min(atOnce, end - i),
      n,
      z + Panel.offset<T>(j, stride),
      stride,
      y + Panel.offset<T>(j, yStride),
      yStride,
      job.y.cols > outputs ? y + Panel.offset<T>(outputs, yStride) : 0,
      job.scale,
      loss,
    );
  }
}

/** n rows from j on of m panels from i on of W_l. */
function penalizeRows<T extends number>(job: Job, i: i32, m: i32, j: i32, n: i32): void {
  const layer = job.layer;
  const first = <usize>i * layer.stride + <usize>(1 + j) * PANEL_BYTES;
  let w = layer.parameters + first,
    g = job.network.within(job.gradients, layer) + first;
  for (; m > 0; m--, w += layer.stride, g += layer.stride) {
    job.squares += penalize<T>(job.network.l2, <usize>n * PANEL_BYTES, w, g);
  }
}
