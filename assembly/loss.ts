import { exp } from './exp';
import { log } from './log';
import { PANEL_BYTES } from './panel';
import { lanes, madd, max, sum } from './simd';

/** The output function with its canonical cost: the error term of the output layer is Ŷ − Y. */

/**
 * Bias of the output layer's spare columns. e to it is 0, so softmax gives them probability 0 and error 0 without
 * any masking, and as a gradient of 0 never moves it, it stays.
 */
export const SPARE_LOGIT: f64 = -1e30;

/** Bytes of scratch for the row sums of `rows` rows. */
export function rowSumBytes<T extends number>(rows: i32): usize {
  return (<usize>rows * sizeof<T>() + 15) & ~15;
}

/** Where vector v of a row in panels lies: two of them to a panel. */
function vectorAt(row: usize, v: i32, stride: usize): usize {
  return row + <usize>(v >> 1) * stride + <usize>((v & 1) << 4);
}

/** Vectors of a row that hold one of cols columns, spare lanes included. */
function vectorCount<T extends number>(cols: i32): i32 {
  return (cols + lanes<T>() - 1) / lanes<T>();
}

/** One row z ← e^(z − max z), unscaled; returns its sum. */
function expRow<T extends number>(vectors: i32, z: usize, stride: usize, greatest: v128): T {
  let total = i64x2.splat(0);
  for (let v = 0; v < vectors; v++) {
    const at = vectorAt(z, v, stride);
    const e = exp<T>(v128.sub<T>(v128.load(at), greatest));
    v128.store(at, e);
    total = v128.add<T>(total, e);
  }
  return sum<T>(total);
}

/** The greatest logit of a row, in every lane. */
function rowMax<T extends number>(vectors: i32, z: usize, stride: usize): v128 {
  let greatest = v128.load(z);
  for (let v = 1; v < vectors; v++) greatest = v128.max<T>(greatest, v128.load(vectorAt(z, v, stride)));
  return v128.splat<T>(max<T>(greatest));
}

/** Ŷ ← softmax Z, in place: ŷ = e^(z − max z) / Σ e^(z − max z), row by row. */
export function softmax<T extends number>(rows: i32, cols: i32, z: usize, stride: usize): void {
  const vectors = vectorCount<T>(cols);
  for (const end = z + <usize>rows * PANEL_BYTES; z < end; z += PANEL_BYTES) {
    const total = expRow<T>(vectors, z, stride, rowMax<T>(vectors, z, stride));
    const scale = v128.splat<T>(<T>(<T>1 / total));
    for (let v = 0; v < vectors; v++) {
      const at = vectorAt(z, v, stride);
      v128.store(at, v128.mul<T>(v128.load(at), scale));
    }
  }
}

/**
 * Softmax with categorical cross-entropy: delta ← (softmax Z − Y)·weight, in place of Z, and the unweighted cost
 *
 *     Σ rows [ ln Σ e^(z − max z) − Σ y·(z − max z) ],   which is −Σ y·ln ŷ as each row of Y sums to 1
 *
 * is returned; from the logits, so a probability that rounds to 0 costs what it should and not infinity.
 */
export function softmaxCrossEntropy<T extends number>(
  rows: i32,
  cols: i32,
  z: usize,
  stride: usize,
  y: usize,
  yStride: usize,
  weight: f64,
  rowSums: usize,
): f64 {
  const vectors = vectorCount<T>(cols);
  const weights = v128.splat<T>(<T>weight);
  let targets = i64x2.splat(0);
  for (let i = 0; i < rows; i++, z += PANEL_BYTES, y += PANEL_BYTES) {
    const greatest = rowMax<T>(vectors, z, stride);
    for (let v = 0; v < vectors; v++) {
      const zv = v128.sub<T>(v128.load(vectorAt(z, v, stride)), greatest);
      targets = madd<T>(v128.load(vectorAt(y, v, yStride)), zv, targets);
    }
    const total = expRow<T>(vectors, z, stride, greatest);
    store<T>(rowSums + <usize>i * sizeof<T>(), total);
    const scale = v128.splat<T>(<T>(<T>1 / total));
    for (let v = 0; v < vectors; v++) {
      const at = vectorAt(z, v, stride);
      const error = v128.sub<T>(v128.mul<T>(v128.load(at), scale), v128.load(vectorAt(y, v, yStride)));
      v128.store(at, v128.mul<T>(error, weights));
    }
    if (vectors & 1) v128.store(vectorAt(z, vectors, stride), i64x2.splat(0));
  }
  return sumOfLogs<T>(rows, rowSums) - <f64>sum<T>(targets);
}

/** Σ ln x over count values, which are padded with ones to whole vectors. */
function sumOfLogs<T extends number>(count: i32, x: usize): f64 {
  for (let i = count; i % lanes<T>() != 0; i++) store<T>(x + <usize>i * sizeof<T>(), <T>1);
  let total = i64x2.splat(0);
  for (const end = x + <usize>count * sizeof<T>(); x < end; x += 16) {
    total = v128.add<T>(total, log<T>(v128.load(x)));
  }
  return <f64>sum<T>(total);
}

/** How many rows have their greatest logit where Y has its greatest value; the first on ties. */
export function countHits<T extends number>(
  rows: i32,
  cols: i32,
  z: usize,
  stride: usize,
  y: usize,
  yStride: usize,
): i32 {
  let hits = 0;
  for (let i = 0; i < rows; i++, z += PANEL_BYTES, y += PANEL_BYTES) {
    hits += i32(argmax<T>(cols, z, stride) == argmax<T>(cols, y, yStride));
  }
  return hits;
}

function argmax<T extends number>(cols: i32, row: usize, stride: usize): i32 {
  const perPanel = lanes<T>() * 2;
  let best = 0;
  let greatest = load<T>(row);
  for (let j = 1; j < cols; j++) {
    const value = load<T>(row + <usize>(j / perPanel) * stride + <usize>(j % perPanel) * sizeof<T>());
    if (value > greatest) {
      greatest = value;
      best = j;
    }
  }
  return best;
}
