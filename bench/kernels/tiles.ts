import { InlineExp } from '../../assembly/exp';
import { From, TALL, Tile, tileTN } from '../../assembly/microkernel';
import { PANEL_BYTES, Panel, blockStride } from '../../assembly/panel';
import { tallNN, tallTN } from '../../assembly/tall-microkernel';
import { InlineTanh } from '../../assembly/tanh';

/** What the hot loops do with operands in the L1 cache, `times` times over. */

/** C ← 1·b + A·B; A (rows, k) in panels, B one panel (1+k, NR), C (rows, NR), with the rows of a tile, MR or TALL. */
export function tilesNN<T extends number>(rows: i32, times: i32, k: i32, a: usize, b: usize, c: usize): void {
  const stride = blockStride(TALL);
  if (rows == TALL) for (; times > 0; times--) tallNN<T>(k, a, stride, b + PANEL_BYTES, c, b, 0);
  else for (; times > 0; times--) Tile.NN<T>(From.BIAS, k, a, stride, b, c);
}

/** C ← Aᵀ·B; A (k, rows) in panels, B one panel (k, NR), C (rows, NR). */
export function tilesTN<T extends number>(rows: i32, times: i32, k: i32, a: usize, b: usize, c: usize): void {
  const stride = blockStride(k);
  const a2 = a + Panel.offset<T>(2, stride),
    a4 = a + Panel.offset<T>(4, stride);
  if (rows == TALL) for (; times > 0; times--) tallTN<T>(k, a, a2, a4, b, c, false);
  else for (; times > 0; times--) tileTN<T>(k, a, b, c, false);
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
