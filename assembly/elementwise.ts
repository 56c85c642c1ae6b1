import { exp } from './exp';
import { log1p } from './log';
import { gaussian, normalCdf } from './normal-distribution';
import { InlineTanh, tanh } from './tanh';

/**
 * The functions f of the hidden layers, each beside its derivative.
 *
 * A function is a type, so that the loop over a block (activation.ts) is compiled for each and decides nothing inside.
 * What costs time and serves both f and f′ is computed once: g.
 */
@unmanaged
export abstract class Elementwise {
  /** g(z) */
  abstract inner(z: v128): v128;
  /** f(z) */
  abstract value(z: v128, g: v128): v128;
  /** f′(z) */
  abstract slope(z: v128, g: v128): v128;
}

/** x in every lane. */
function constant<T extends number>(x: f64): v128 {
  return v128.splat<T>(<T>x);
}

/** e^x − 1 = 2t / (1 − t), t = tanh(x/2): without the cancellation of e^x − 1 near 0; for x ≤ 0. */
function expm1<T extends number>(x: v128): v128 {
  const t = tanh<T>(v128.mul<T>(x, constant<T>(0.5)));
  return v128.div<T>(v128.add<T>(t, t), v128.sub<T>(constant<T>(1), t));
}

/** 1 / (1 + e^−z) */
export function logistic<T extends number>(z: v128): v128 {
  const one = constant<T>(1);
  return v128.div<T>(one, v128.add<T>(one, exp<T>(v128.neg<T>(z))));
}

/** ln(1 + e^z), by the part that cannot overflow: max(z, 0) + ln(1 + e^−|z|). */
export function logOnePlusExp<T extends number>(z: v128): v128 {
  const rest = log1p<T>(exp<T>(v128.neg<T>(v128.abs<T>(z))));
  return v128.add<T>(v128.pmax<T>(z, constant<T>(0)), rest);
}

/** g = tanh z */
@unmanaged
@final
export class Tanh<T extends number> extends Elementwise {
  inner(z: v128): v128 {
    return InlineTanh.of<T>(z);
  }
  value(_z: v128, g: v128): v128 {
    return g;
  }
  /** 1 − g² */
  slope(z: v128, g: v128): v128 {
    return v128.sub<T>(constant<T>(1), v128.mul<T>(g, g));
  }
}

/** max(z, 0) = g·z with g = 1 above 0, else 0, as PyTorch has the slope at 0. */
@unmanaged
@final
export class Relu<T extends number> extends Elementwise {
  inner(z: v128): v128 {
    return v128.and(v128.gt<T>(z, constant<T>(0)), constant<T>(1));
  }
  value(z: v128, g: v128): v128 {
    return v128.mul<T>(z, g);
  }
  slope(z: v128, g: v128): v128 {
    return g;
  }
}

/** g·z with g = 1 above 0, else 1/100. */
@unmanaged
@final
export class LeakyRelu<T extends number> extends Elementwise {
  inner(z: v128): v128 {
    return v128.bitselect(constant<T>(1), constant<T>(0.01), v128.gt<T>(z, constant<T>(0)));
  }
  value(z: v128, g: v128): v128 {
    return v128.mul<T>(z, g);
  }
  slope(z: v128, g: v128): v128 {
    return g;
  }
}

/** g = 1 / (1 + e^−z) */
@unmanaged
@final
export class Sigmoid<T extends number> extends Elementwise {
  inner(z: v128): v128 {
    return logistic<T>(z);
  }
  value(_z: v128, g: v128): v128 {
    return g;
  }
  /** g·(1 − g) */
  slope(z: v128, g: v128): v128 {
    return v128.mul<T>(g, v128.sub<T>(constant<T>(1), g));
  }
}

/** z above 0, g = e^z − 1 below. */
@unmanaged
@final
export class Elu<T extends number> extends Elementwise {
  inner(z: v128): v128 {
    return expm1<T>(v128.pmin<T>(z, constant<T>(0)));
  }
  /** Above 0 is g = 0, below is max(z, 0) = 0. */
  value(z: v128, g: v128): v128 {
    return v128.add<T>(v128.pmax<T>(z, constant<T>(0)), g);
  }
  /** e^min(z, 0) */
  slope(z: v128, g: v128): v128 {
    return v128.add<T>(g, constant<T>(1));
  }
}

const ONE_OVER_SQRT_TWO_PI = 0.3989422804014327;

/** g·z, g = Φ(z) the standard normal distribution (Hendrycks and Gimpel, 2016), not its approximation by tanh. */
@unmanaged
@final
export class Gelu<T extends number> extends Elementwise {
  inner(z: v128): v128 {
    return normalCdf<T>(z, gaussian<T>(z));
  }
  value(z: v128, g: v128): v128 {
    return v128.mul<T>(z, g);
  }
  /** g + z·e^(−z²/2)/√(2π) */
  slope(z: v128, g: v128): v128 {
    const scaled = v128.mul<T>(z, constant<T>(ONE_OVER_SQRT_TWO_PI));
    return v128.add<T>(g, v128.mul<T>(scaled, gaussian<T>(z)));
  }
}

/** g·z with g = 1 / (1 + e^−z), also called swish. */
@unmanaged
@final
export class Silu<T extends number> extends Elementwise {
  inner(z: v128): v128 {
    return logistic<T>(z);
  }
  value(z: v128, g: v128): v128 {
    return v128.mul<T>(z, g);
  }
  /** g·(1 + z·(1 − g)) */
  slope(z: v128, g: v128): v128 {
    const one = constant<T>(1);
    return v128.mul<T>(g, v128.add<T>(one, v128.mul<T>(z, v128.sub<T>(one, g))));
  }
}

/** g = ln(1 + e^z) */
@unmanaged
@final
export class Softplus<T extends number> extends Elementwise {
  inner(z: v128): v128 {
    return logOnePlusExp<T>(z);
  }
  value(_z: v128, g: v128): v128 {
    return g;
  }
  /** 1 / (1 + e^−z) */
  slope(z: v128, _g: v128): v128 {
    return logistic<T>(z);
  }
}

/** z, with g = 1 */
@unmanaged
@final
export class Identity<T extends number> extends Elementwise {
  inner(_z: v128): v128 {
    return constant<T>(1);
  }
  value(z: v128, _g: v128): v128 {
    return z;
  }
  slope(z: v128, g: v128): v128 {
    return g;
  }
}
