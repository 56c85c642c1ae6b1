import { InlineExp } from './exp';
import { log } from './log';
import { LOGS_AT_ONCE, LossSpace, sumBytes } from './loss-space';
import { lanes, madd, sum } from './simd';

/**
 * The greatest of each row of several, z its first column. On x86 pmax is one instruction where max is several:
 * 0.1 against 0.35 µs for 40 rows of 10 columns in f64.
 */
@unmanaged
@final
class Greatest {
  @inline
  static of<T extends number>(cols: i32, z: usize, stride: usize): v128 {
    let max = v128.load(z);
    for (let j = 1; j < cols; j++) max = v128.pmax<T>(max, v128.load((z += stride)));
    return max;
  }
}

/**
 * Softmax with categorical cross-entropy, ŷ = e^(z − max z) / Σ e^(z − max z) row by row: delta ← (Ŷ − Y)·scale, in place
 * of Z, all in the space's columns.
 * Weighted, Y has one more column, w, and each row of delta a factor w. Returns the cost without the scale
 *
 *     Σ rows w·[ ln Σ e^(z − max z) − Σ y·(z − max z) ],   which is −Σ w·y·ln ŷ as each row of Y sums to 1
 *
 * from the logits, so that a probability that rounds to 0 costs what it should and not infinity.
 */
export function softmaxCrossEntropy<T extends number>(
  rows: i32,
  cols: i32,
  weighted: bool,
  scale: f64,
  space: LossSpace,
): f64 {
  const stride = space.stride;
  const toTargets = space.y - space.z;
  const weights = space.y + <usize>cols * stride;
  const scales = v128.splat<T>(<T>scale);
  let targets = i64x2.splat(0);
  for (let i = 0, at = space.z, sums = space.sums; i < rows; i += lanes<T>(), at += 16, sums += 16) {
    const max = Greatest.of<T>(cols, at, stride);
    let total = i64x2.splat(0),
      target = i64x2.splat(0);
    for (let j = 0, zj = at; j < cols; j++, zj += stride) {
      const centred = v128.sub<T>(v128.load(zj), max);
      const e = InlineExp.of<T>(centred);
      v128.store(zj, e);
      total = v128.add<T>(total, e);
      target = madd<T>(v128.load(zj + toTargets), centred, target);
    }
    v128.store(sums, total);
    let factor = scales;
    if (weighted) {
      const w = v128.load(weights + (at - space.z));
      target = v128.mul<T>(v128.sub<T>(target, log<T>(total)), w);
      factor = v128.mul<T>(factor, w);
    }
    targets = v128.add<T>(targets, target);
    const share = v128.div<T>(v128.splat<T>(<T>1), total);
    for (let j = 0, zj = at; j < cols; j++, zj += stride) {
      const error = v128.sub<T>(v128.mul<T>(v128.load(zj), share), v128.load(zj + toTargets));
      v128.store(zj, v128.mul<T>(error, factor));
    }
  }
  const cost = -(<f64>sum<T>(targets));
  return weighted ? cost : cost + sumOfLogs<T>(rows, space.sums);
}

/*
 * The same of as many rows as a vector has lanes with their columns some at a time, for outputs that would take too long at
 * once: all columns go through each of three parts, and what is known of the rows so far is kept between.
 */

/** max ← the greatest of it and of these columns. */
export function greatest<T extends number>(cols: i32, space: LossSpace): f64 {
  const state = space.state;
  v128.store(state, v128.pmax<T>(v128.load(state), Greatest.of<T>(cols, space.z, space.stride)));
  return 0;
}

/** Z ← e^(z − max), Σ ← Σ + these; returns −Σ w·y·(z − max). */
export function exponentials<T extends number>(cols: i32, space: LossSpace): f64 {
  const state = space.state,
    stride = space.stride;
  const toTargets = space.y - space.z;
  const max = v128.load(state);
  let total = v128.load(state, 16),
    target = i64x2.splat(0),
    zj = space.z;
  for (let j = 0; j < cols; j++, zj += stride) {
    const centred = v128.sub<T>(v128.load(zj), max);
    const e = InlineExp.of<T>(centred);
    v128.store(zj, e);
    total = v128.add<T>(total, e);
    target = madd<T>(v128.load(zj + toTargets), centred, target);
  }
  v128.store(state, total, 16);
  return -(<f64>sum<T>(v128.mul<T>(target, v128.load(zj + toTargets))));
}

/** Z ← (Ŷ − Y)·scale; returns Σ w·y·ln Σ e^(z − max z), all of it as each row of Y sums to 1. */
export function shares<T extends number>(cols: i32, scale: f64, space: LossSpace): f64 {
  const state = space.state,
    stride = space.stride;
  const toTargets = space.y - space.z;
  const total = v128.load(state, 16);
  const share = v128.div<T>(v128.splat<T>(<T>1), total);
  const w = v128.load(space.y + <usize>cols * stride);
  const factor = v128.mul<T>(w, v128.splat<T>(<T>scale));
  let targets = i64x2.splat(0);
  for (let j = 0, zj = space.z; j < cols; j++, zj += stride) {
    const y = v128.load(zj + toTargets);
    targets = v128.add<T>(targets, y);
    const error = v128.sub<T>(v128.mul<T>(v128.load(zj), share), y);
    v128.store(zj, v128.mul<T>(error, factor));
  }
  return <f64>sum<T>(v128.mul<T>(v128.mul<T>(targets, w), log<T>(total)));
}

/** Σ ln x over count values; what is missing to whole groups is filled with ones. */
function sumOfLogs<T extends number>(count: i32, x: usize): f64 {
  const end = x + sumBytes(count, sizeof<T>());
  let spare = x + <usize>count * sizeof<T>();
  for (; spare & 15; spare += sizeof<T>()) store<T>(spare, <T>1);
  // Whole vectors, as a load waits for the cache if several stores hold what it reads.
  for (; spare < end; spare += 16) v128.store(spare, v128.splat<T>(<T>1));
  let total = i64x2.splat(0);
  for (; x < end; x += (<usize>LOGS_AT_ONCE) << 4) {
    const product = v128.mul<T>(
      v128.mul<T>(v128.load(x), v128.load(x, 16)),
      v128.mul<T>(v128.load(x, 32), v128.load(x, 48)),
    );
    total = v128.add<T>(total, log<T>(product));
  }
  return <f64>sum<T>(total);
}
