import type { Matrix } from '../matrix.js';
import type { RowSource } from '../row-source.js';

/** Row by row, what was predicted and what was wanted; both arrays hold only until the next row. */
export function* pairs(
  yHat: Matrix,
  y: RowSource,
): Generator<[predicted: ArrayLike<number>, actual: ArrayLike<number>], void, undefined> {
  const actual = new Float64Array(y.cols);
  for (let i = 0; i < y.rows; i++) {
    y.copyTo(actual, i, 1, 0, y.cols);
    yield [yHat.row(i), actual];
  }
}
