import { exp } from '../../assembly/exp';
import { MR, tileNN, tileTN } from '../../assembly/microkernel';
import { blockStride } from '../../assembly/panel';
import { tanh } from '../../assembly/tanh';

/** What the hot loops do with operands in the L1 cache, `times` times over. */

/** C ← 1·b + A·B; A (MR, k) in panels, B one panel (1+k, NR), C (MR, NR). */
export function tilesNN<T extends number>(times: i32, k: i32, a: usize, b: usize, c: usize): void {
  for (; times > 0; times--) tileNN<T>(k, a, blockStride(MR), b, c);
}

/** C ← Aᵀ·B; A (k, MR) within one panel, B one panel (k, NR), C (MR, NR). */
export function tilesTN<T extends number>(times: i32, k: i32, a: usize, b: usize, c: usize): void {
  for (; times > 0; times--) tileTN<T>(k, a, b, c, false);
}

/** y[i] ← e^x[i], i < count, a multiple of two vectors' lanes. */
export function exps<T extends number>(times: i32, count: i32, x: usize, y: usize): void {
  for (; times > 0; times--) {
    for (let at: usize = 0; at < <usize>count * sizeof<T>(); at += 16 * vectorsATurn<T>()) {
      v128.store(y + at, exp<T>(v128.load(x + at)));
      if (vectorsATurn<T>() == 2) v128.store(y + at, exp<T>(v128.load(x + at, 16)), 16);
    }
  }
}

/** y[i] ← tanh x[i], i < count, a multiple of two vectors' lanes. */
export function tanhs<T extends number>(times: i32, count: i32, x: usize, y: usize): void {
  for (; times > 0; times--) {
    for (let at: usize = 0; at < <usize>count * sizeof<T>(); at += 16 * vectorsATurn<T>()) {
      v128.store(y + at, tanh<T>(v128.load(x + at)));
      if (vectorsATurn<T>() == 2) v128.store(y + at, tanh<T>(v128.load(x + at, 16)), 16);
    }
  }
}

/** The loops behind the figures in exp.ts and tanh.ts. */
function vectorsATurn<T extends number>(): usize {
  return sizeof<T>() == 4 ? 2 : 1;
}
