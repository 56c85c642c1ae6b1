import { InlineExp } from '../../assembly/exp';
import { From, MR, Tile, tileTN } from '../../assembly/microkernel';
import { blockStride } from '../../assembly/panel';
import { InlineTanh } from '../../assembly/tanh';

/** What the hot loops do with operands in the L1 cache, `times` times over. */

/** C ← 1·b + A·B; A (MR, k) in panels, B one panel (1+k, NR), C (MR, NR). */
export function tilesNN<T extends number>(times: i32, k: i32, a: usize, b: usize, c: usize): void {
  for (; times > 0; times--) Tile.NN<T>(From.BIAS, k, a, blockStride(MR), b, c);
}

/** C ← Aᵀ·B; A (k, MR) within one panel, B one panel (k, NR), C (MR, NR). */
export function tilesTN<T extends number>(times: i32, k: i32, a: usize, b: usize, c: usize): void {
  for (; times > 0; times--) tileTN<T>(k, a, b, c, false);
}

/** y[i] ← e^x[i], i < count, a multiple of two vectors' lanes. A turn takes as many vectors as the figures in exp.ts say. */
export function exps<T extends number>(times: i32, count: i32, x: usize, y: usize): void {
  const turn: usize = sizeof<T>() == 4 ? 32 : 16;
  for (; times > 0; times--) {
    let yi = y;
    for (let xi = x, end = x + <usize>count * sizeof<T>(); xi < end; xi += turn, yi += turn) {
      const first = InlineExp.of<T>(v128.load(xi));
      if (sizeof<T>() == 4) {
        const second = InlineExp.of<T>(v128.load(xi, 16));
        v128.store(yi, second, 16);
      }
      v128.store(yi, first);
    }
  }
}

/** y[i] ← tanh x[i], i < count, a multiple of two vectors' lanes. A turn takes as many vectors as the figures in tanh.ts say. */
export function tanhs<T extends number>(times: i32, count: i32, x: usize, y: usize): void {
  const turn: usize = sizeof<T>() == 4 ? 32 : 16;
  for (; times > 0; times--) {
    let yi = y;
    for (let xi = x, end = x + <usize>count * sizeof<T>(); xi < end; xi += turn, yi += turn) {
      const first = InlineTanh.of<T>(v128.load(xi));
      if (sizeof<T>() == 4) {
        const second = InlineTanh.of<T>(v128.load(xi, 16));
        v128.store(yi, second, 16);
      }
      v128.store(yi, first);
    }
  }
}
