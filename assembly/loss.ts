import { Columns, To } from './columns';
import { LinearOutput, SigmoidOutput, elementwiseCost } from './elementwise-loss';
import { LossSpace, columnBytes } from './loss-space';
import { PANEL_BYTES } from './panel';
import { lanes } from './simd';
import { greatest, exponentials, shares, softmaxCrossEntropy } from './softmax';

/**
 * The output functions, each with its canonical cost, so that the error term of the output layer is Ŷ − Y;
 * bindings/options.ts lists their names in this order.
 */
export const enum Output {
  SOFTMAX,
  SIGMOID,
  LINEAR,

  // The parts of softmax, each over some columns at a time.
  GREATEST,
  EXPONENTIALS,
  SHARES,
}

/**
 * delta ← (Ŷ − Y)·scale, in place of the logits Z (rows, cols) in panels; of a part of softmax what that makes of them. At w
 * is a column of Y, 0 if it has none: the weight of each row, a factor of its delta and its cost. Rows of zeros follow to
 * whole vectors. Y at 0 is all zeros: with scale 1 then delta is Ŷ. Returns the cost without the scale, or a part's share.
 */
export function costOf<T extends number>(
  output: i32,
  rows: i32,
  cols: i32,
  z: usize,
  zStride: usize,
  y: usize,
  yStride: usize,
  w: usize,
  scale: f64,
  space: LossSpace,
): f64 {
  const stride = columnBytes(rows, sizeof<T>());
  space.stride = stride;
  let cost: f64;
  Columns.turn<T>(To.COLUMNS, rows, cols, z, zStride, space.z, stride);
  if (output == Output.GREATEST) return greatest<T>(cols, space);
  if (y) Columns.turn<T>(To.COLUMNS, rows, cols, y, yStride, space.y, stride);
  else memory.fill(space.y, 0, <usize>cols * stride);
  if (w || output != Output.SOFTMAX) readWeights<T>(rows, w, space.y + <usize>cols * stride);
  if (output == Output.SOFTMAX) cost = softmaxCrossEntropy<T>(rows, cols, w != 0, scale, space);
  else if (output == Output.EXPONENTIALS) cost = exponentials<T>(cols, space);
  else if (output == Output.SHARES) cost = shares<T>(cols, scale, space);
  else if (output == Output.SIGMOID) cost = elementwiseCost<T, SigmoidOutput<T>>(rows, cols, scale, space);
  else cost = elementwiseCost<T, LinearOutput<T>>(rows, cols, scale, space);
  Columns.turn<T>(To.PANELS, rows, cols, z, zStride, space.z, stride);
  return cost;
}

/** weights ← the column w in a panel, without one 1 for every row; 0 for those that fill the last vector. */
function readWeights<T extends number>(rows: i32, w: usize, weights: usize): void {
  for (let i = 0; i < rows || i % lanes<T>() != 0; i++, weights += sizeof<T>()) {
    store<T>(weights, i >= rows ? <T>0 : w ? load<T>(w + <usize>i * PANEL_BYTES) : <T>1);
  }
}
