import { Network } from './network';
import { unfusedMadd } from './simd';

/**
 * The updates: one flat loop over the parameter block p each, with the gradient g and the moments laid out alike. The
 * formulas are those of PyTorch's documentation of torch.optim (2.x), so that trajectories agree.
 *
 * Each loop leaves in g the parameters before the step, so that a step can be taken back, and returns whether every new
 * parameter is finite, and every v: of an infinite one the parameter would never move again. Padding has gradient 0 and moments 0, and stays 0.
 */

/** bindings/options.ts lists the optimisers in this order. */
const enum Optimizer {
  SGD,
  RMSPROP,
  ADAM,
  ADAMW,
}

/**
 * Bytes from … to of update number `network.step` by the network's optimiser, at that learning rate; false if it made a
 * parameter or a v infinite or NaN.
 */
export function optimize<T extends number>(
  network: Network,
  gradients: usize,
  rate: f64,
  from: usize,
  to: usize,
): bool {
  switch (network.optimizer) {
    case Optimizer.RMSPROP:
      return rmsprop<T>(network, gradients, rate, from, to);
    case Optimizer.ADAM:
    case Optimizer.ADAMW:
      return adam<T>(network, gradients, rate, from, to);
    default:
      if (network.moments > 0) return descendWithMomentum<T>(network, gradients, rate, from, to);
      return descend<T>(network, gradients, rate, from, to);
  }
}

/** Gradient descent: p ← p − rate·g */
function descend<T extends number>(network: Network, g: usize, rate: f64, from: usize, to: usize): bool {
  const p = network.parameters;
  const rates = v128.splat<T>(<T>rate);
  let suspect = i64x2.splat(0);
  for (let at = from; at < to; at += 16) {
    const before = v128.load(p + at);
    const after = v128.sub<T>(before, v128.mul<T>(rates, v128.load(g + at)));
    suspect = Vector.exchange<T>(p + at, g + at, before, after, suspect);
  }
  return !v128.any_true(suspect);
}

/** m ← momentum·m + g; p ← p − rate·m, or with Nesterov p − rate·(g + momentum·m) */
function descendWithMomentum<T extends number>(
  network: Network,
  g: usize,
  rate: f64,
  from: usize,
  to: usize,
): bool {
  const p = network.parameters,
    end = p + to;
  const toGradients = g - p,
    toMoments = network.moment(0) - p;
  const momentum = network.setting0;
  const nesterov = network.setting1 != 0;
  const rates = v128.splat<T>(<T>rate);
  const momenta = v128.splat<T>(<T>momentum);
  let suspect = i64x2.splat(0);
  for (let at = p + from; at < end; at += 16) {
    const gi = v128.load(at + toGradients);
    const mi = unfusedMadd<T>(momenta, v128.load(at + toMoments), gi);
    v128.store(at + toMoments, mi);
    let direction = mi;
    if (nesterov) direction = unfusedMadd<T>(momenta, mi, gi);
    const before = v128.load(at);
    const after = v128.sub<T>(before, v128.mul<T>(rates, direction));
    suspect = Vector.exchange<T>(at, at + toGradients, before, after, suspect);
  }
  return !v128.any_true(suspect);
}

/** v ← alpha·v + (1 − alpha)·g²; p ← p − rate·g / (√v + epsilon) (Tieleman and Hinton, 2012) */
function rmsprop<T extends number>(network: Network, g: usize, rate: f64, from: usize, to: usize): bool {
  const p = network.parameters,
    v = network.moment(0);
  const alpha = network.setting0,
    epsilon = network.setting1;
  const rates = v128.splat<T>(<T>rate);
  const alphas = v128.splat<T>(<T>alpha),
    rest = v128.splat<T>(<T>(1 - alpha));
  const epsilons = v128.splat<T>(<T>epsilon);
  let suspect = i64x2.splat(0);
  for (let at = from; at < to; at += 16) {
    const gi = v128.load(g + at);
    const vi = unfusedMadd<T>(alphas, v128.load(v + at), v128.mul<T>(rest, v128.mul<T>(gi, gi)));
    v128.store(v + at, vi);
    const direction = v128.div<T>(gi, v128.add<T>(v128.sqrt<T>(vi), epsilons));
    const before = v128.load(p + at);
    const after = v128.sub<T>(before, v128.mul<T>(rates, direction));
    suspect = Vector.exchange<T>(p + at, g + at, before, after, Vector.suspectIn<T>(vi, suspect));
  }
  return !v128.any_true(suspect);
}

/**
 * m ← beta1·m + (1 − beta1)·g; v ← beta2·v + (1 − beta2)·g²; with m̂ = m / (1 − beta1ᵗ) and v̂ = v / (1 − beta2ᵗ)
 * p ← decay·p − rate·m̂ / (√v̂ + epsilon), decay = 1 for Adam (Kingma and Ba, 2015) and 1 − rate·weightDecay for AdamW
 * (Loshchilov and Hutter, 2019); t counts updates, from 1.
 */
function adam<T extends number>(network: Network, g: usize, rate: f64, from: usize, to: usize): bool {
  const p = network.parameters,
    m = network.moment(0),
    v = network.moment(1);
  const beta1 = network.setting0,
    beta2 = network.setting1,
    epsilon = network.setting2,
    decay = 1 - rate * network.setting3;
  const rates = v128.splat<T>(<T>(rate / (1 - power(beta1, network.step))));
  const roots = v128.splat<T>(<T>(1 / sqrt<f64>(1 - power(beta2, network.step))));
  const betas1 = v128.splat<T>(<T>beta1),
    rest1 = v128.splat<T>(<T>(1 - beta1));
  const betas2 = v128.splat<T>(<T>beta2),
    rest2 = v128.splat<T>(<T>(1 - beta2));
  const epsilons = v128.splat<T>(<T>epsilon),
    decays = v128.splat<T>(<T>decay);
  let suspect = i64x2.splat(0);
  for (let at = from; at < to; at += 16) {
    const gi = v128.load(g + at);
    const mi = unfusedMadd<T>(betas1, v128.load(m + at), v128.mul<T>(rest1, gi));
    const vi = unfusedMadd<T>(betas2, v128.load(v + at), v128.mul<T>(rest2, v128.mul<T>(gi, gi)));
    v128.store(m + at, mi);
    v128.store(v + at, vi);
    const spread = unfusedMadd<T>(v128.sqrt<T>(vi), roots, epsilons);
    const before = v128.load(p + at);
    const after = v128.sub<T>(v128.mul<T>(decays, before), v128.div<T>(v128.mul<T>(rates, mi), spread));
    suspect = Vector.exchange<T>(p + at, g + at, before, after, Vector.suspectIn<T>(vi, suspect));
  }
  return !v128.any_true(suspect);
}

/**
 * Methods, as only these are inlined without fail: V8 goes on calling functions of a loop that was not hot when it first
 * compiled it, and a step with momentum takes 170 µs in place of 53 (784-128-10, f64).
 */
@unmanaged
@final
class Vector {
  /** One vector of p ← after, g ← before; in `suspect` bits are set once a parameter is not finite. */
  @inline
  static exchange<T extends number>(p: usize, g: usize, before: v128, after: v128, suspect: v128): v128 {
    v128.store(p, after);
    v128.store(g, before);
    return Vector.suspectIn<T>(after, suspect);
  }

  /** `suspect` with bits set if a lane of x is not finite: x − x is 0 for finite x and NaN for the others. */
  @inline
  static suspectIn<T extends number>(x: v128, suspect: v128): v128 {
    return v128.or(suspect, v128.sub<T>(x, x));
  }
}

/** xⁿ by squaring: the same bits everywhere, and nothing to keep from step to step. */
function power(x: f64, n: u64): f64 {
  let result = 1.0;
  for (; n > 0; n >>= 1, x *= x) if (n & 1) result *= x;
  return result;
}
