import { madd } from '../../assembly/simd';

/**
 * The machine's limit: cᵢ ← cᵢ·x + y on 12 vectors that never leave their registers, 12 madds a step.
 * Zen 4 and 5 fuse two madds a cycle with a latency of 4, which 8 chains hide. Apart, a multiply and an add take 6 cycles
 * on Zen 4, and 12 chains, all that 15 registers hold, cover these without slack: V8 gets 80 % of the fused figure, now and
 * then all. On Zen 5 it gets 84 % in most rounds and all in some, so shares of the plain limit tell more by minima.
 *
 * Call it with x = 1/2 and y = 1: every c then tends to 2. As literals they would be built anew at each use, in four
 * times the time.
 */
export function limit<T extends number>(steps: i32, multiplier: T, addend: T): T {
  const x = v128.splat<T>(multiplier),
    y = v128.splat<T>(addend);
  let c0 = v128.splat<T>(<T>0),
    c1 = v128.splat<T>(<T>1),
    c2 = v128.splat<T>(<T>2),
    c3 = v128.splat<T>(<T>3),
    c4 = v128.splat<T>(<T>4),
    c5 = v128.splat<T>(<T>5),
    c6 = v128.splat<T>(<T>6),
    c7 = v128.splat<T>(<T>7),
    c8 = v128.splat<T>(<T>8),
    c9 = v128.splat<T>(<T>9),
    c10 = v128.splat<T>(<T>10),
    c11 = v128.splat<T>(<T>11);
  for (; steps > 0; steps--) {
    c0 = madd<T>(c0, x, y);
    c1 = madd<T>(c1, x, y);
    c2 = madd<T>(c2, x, y);
    c3 = madd<T>(c3, x, y);
    c4 = madd<T>(c4, x, y);
    c5 = madd<T>(c5, x, y);
    c6 = madd<T>(c6, x, y);
    c7 = madd<T>(c7, x, y);
    c8 = madd<T>(c8, x, y);
    c9 = madd<T>(c9, x, y);
    c10 = madd<T>(c10, x, y);
    c11 = madd<T>(c11, x, y);
  }
  const sum01 = v128.add<T>(v128.add<T>(c0, c1), v128.add<T>(c2, c3)),
    sum45 = v128.add<T>(v128.add<T>(c4, c5), v128.add<T>(c6, c7)),
    sum89 = v128.add<T>(v128.add<T>(c8, c9), v128.add<T>(c10, c11));
  return v128.extract_lane<T>(v128.add<T>(v128.add<T>(sum01, sum45), sum89), 0);
}
