import { logOnePlusExp, logistic } from './elementwise';
import { LossSpace } from './loss-space';
import { lanes, madd, sum } from './simd';

/** The outputs whose columns know nothing of each other. */
@unmanaged
export abstract class ElementwiseOutput {
  /** ŷ of a logit. */
  abstract value(z: v128): v128;
  /** The cost of a logit whose target is y. */
  abstract cost(z: v128, y: v128): v128;
}

/** ŷ = 1 / (1 + e^−z) with binary cross-entropy −y·ln ŷ − (1 − y)·ln(1 − ŷ) = ln(1 + e^z) − y·z. */
@unmanaged
@final
export class SigmoidOutput<T extends number> extends ElementwiseOutput {
  value(z: v128): v128 {
    return logistic<T>(z);
  }
  cost(z: v128, y: v128): v128 {
    return v128.sub<T>(logOnePlusExp<T>(z), v128.mul<T>(y, z));
  }
}

/** ŷ = z with half the squared error ½·(ŷ − y)². */
@unmanaged
@final
export class LinearOutput<T extends number> extends ElementwiseOutput {
  value(z: v128): v128 {
    return z;
  }
  cost(z: v128, y: v128): v128 {
    const error = v128.sub<T>(z, y);
    return v128.mul<T>(v128.mul<T>(error, error), v128.splat<T>(<T>0.5));
  }
}

/**
 * delta ← (Ŷ − Y)·scale, in place of Z, all in the space's columns. Y has one more column, w, and each row of delta a
 * factor w. Returns the cost without the scale, Σ rows w·Σ.
 */
export function elementwiseCost<T extends number, F extends ElementwiseOutput>(
  rows: i32,
  cols: i32,
  scale: f64,
  space: LossSpace,
): f64 {
  const stride = space.stride;
  const toTargets = space.y - space.z;
  const weights = space.y + <usize>cols * stride;
  const scales = v128.splat<T>(<T>scale);
  let costs = i64x2.splat(0);
  for (let i = 0, at = space.z; i < rows; i += lanes<T>(), at += 16) {
    const w = v128.load(weights + (at - space.z));
    const factor = v128.mul<T>(w, scales);
    let cost = i64x2.splat(0);
    for (let j = 0, zj = at; j < cols; j++, zj += stride) {
      const zi = v128.load(zj),
        yi = v128.load(zj + toTargets);
      cost = v128.add<T>(cost, changetype<F>(0).cost(zi, yi));
      v128.store(zj, v128.mul<T>(v128.sub<T>(changetype<F>(0).value(zi), yi), factor));
    }
    costs = madd<T>(w, cost, costs);
  }
  return <f64>sum<T>(costs);
}
