import { Columns, To } from './columns';
import { LinearOutput, SigmoidOutput, elementwiseCost } from './elementwise-loss';
import { LossSpace, columnBytes } from './loss-space';
import { PANEL_BYTES, Panel } from './panel';
import { softmaxCrossEntropy } from './softmax';

/**
 * The output functions, each with its canonical cost, so that the error term of the output layer is Ŷ − Y;
 * bindings/options.ts lists their names in this order.
 */
const enum Output {
  SOFTMAX,
  SIGMOID,
  LINEAR,
}

/**
 * delta ← (Ŷ − Y)·scale, in place of the logits Z (rows, cols) in panels; Y has yCols columns, cols of targets and, if it
 * has one more, w: the weight of each row, a factor of its delta and its cost; rows of zeros follow to whole vectors.
 * Y at 0 is all zeros: with scale 1 then delta is Ŷ. Returns the cost without the scale.
 */
export function costOf<T extends number>(
  output: i32,
  rows: i32,
  cols: i32,
  z: usize,
  zStride: usize,
  y: usize,
  yStride: usize,
  yCols: i32,
  scale: f64,
  space: LossSpace,
): f64 {
  const stride = columnBytes(rows, sizeof<T>());
  space.stride = stride;
  const weighted = yCols > cols;
  let cost: f64;
  Columns.turn<T>(To.COLUMNS, rows, cols, z, zStride, space.z, stride);
  if (y) Columns.turn<T>(To.COLUMNS, rows, yCols, y, yStride, space.y, stride);
  else memory.fill(space.y, 0, <usize>cols * stride);
  if (output == Output.SOFTMAX) cost = softmaxCrossEntropy<T>(rows, cols, weighted, scale, space);
  else if (output == Output.SIGMOID)
    cost = elementwiseCost<T, SigmoidOutput<T>>(rows, cols, weighted, scale, space);
  else cost = elementwiseCost<T, LinearOutput<T>>(rows, cols, weighted, scale, space);
  Columns.turn<T>(To.PANELS, rows, cols, z, zStride, space.z, stride);
  return cost;
}

/**
 * How many rows are classified right: of softmax those with their greatest logit where Y has its greatest value, the
 * first on ties; else those with every output on the side of ½ where its target is.
 */
export function countHits<T extends number>(
  output: i32,
  rows: i32,
  cols: i32,
  z: usize,
  stride: usize,
  y: usize,
  yStride: usize,
): i32 {
  let hits = 0;
  for (let i = 0; i < rows; i++, z += PANEL_BYTES, y += PANEL_BYTES) {
    const hit =
      output == Output.SOFTMAX
        ? argmax<T>(cols, z, stride) == argmax<T>(cols, y, yStride)
        : sameSides<T>(cols, z, stride, y, yStride);
    hits += i32(hit);
  }
  return hits;
}

/** Whether 1 / (1 + e^−z) > ½ just where y > ½. */
function sameSides<T extends number>(cols: i32, z: usize, stride: usize, y: usize, yStride: usize): bool {
  for (let j = 0; j < cols; j++) {
    const above = load<T>(z + Panel.offset<T>(j, stride)) > 0;
    if (above != load<T>(y + Panel.offset<T>(j, yStride)) > <T>0.5) return false;
  }
  return true;
}

function argmax<T extends number>(cols: i32, row: usize, stride: usize): i32 {
  let best = 0;
  let greatest = load<T>(row);
  for (let j = 1; j < cols; j++) {
    const value = load<T>(row + Panel.offset<T>(j, stride));
    if (value > greatest) {
      greatest = value;
      best = j;
    }
  }
  return best;
}
