import { parameterStride } from '../../assembly/dense';
import { gemmNN, gemmTN } from '../../assembly/gemm';
import { leastBlockRows } from '../../assembly/network';
import { pack, packTransposed, transposedStride } from '../../assembly/pack';
import { blockBytes, blockStride } from '../../assembly/panel';

/**
 * The three products of a layer over m rows, in tiles of up to `most` rows, block by block as training makes them: X (m, k) in blocks of rows,
 * W (k, n) with its bias row, and the block's result in a workspace that stays in the cache.
 */

/** Z ← 1·b + X·W, X in panels already, as a training holds it. */
export function productNN<T extends number>(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  x: usize,
  w: usize,
  z: usize,
): void {
  const rows = min(m, leastBlockRows(sizeof<T>())),
    stride = blockStride(rows);
  for (let i = 0; i < m; i += rows, x += <usize>blockBytes(rows, k, sizeof<T>())) {
    gemmNN<T>(most, min(rows, m - i), n, k, x, stride, w, parameterStride(k), z, stride);
  }
}

/** Z ← 1·b + X·W, X row-major and packed block by block, as a prediction finds it. */
export function packedNN<T extends number>(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  x: usize,
  w: usize,
  z: usize,
  block: usize,
): void {
  const rows = min(m, leastBlockRows(sizeof<T>())),
    stride = blockStride(rows);
  for (let i = 0; i < m; i += rows, x += <usize>(rows * k) * sizeof<T>()) {
    const count = min(rows, m - i);
    pack<T>(count, k, x, block, stride);
    gemmNN<T>(most, count, n, k, block, stride, w, parameterStride(k), z, stride);
  }
}

/** dX ← dZ·Wᵀ; dZ (m, n) in blocks. W is transposed at every call, as at every step. */
export function productNT<T extends number>(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  delta: usize,
  w: usize,
  dX: usize,
  transposed: usize,
): void {
  const rows = min(m, leastBlockRows(sizeof<T>())),
    stride = blockStride(rows);
  const transposedBytes = transposedStride(n, sizeof<T>());
  packTransposed<T>(k, n, w, parameterStride(k), transposed, transposedBytes);
  for (let i = 0; i < m; i += rows, delta += <usize>blockBytes(rows, n, sizeof<T>())) {
    gemmNN<T>(most, min(rows, m - i), k, n, delta, stride, transposed, transposedBytes, dX, stride);
  }
}

/** dW ← Xᵀ·dZ; X (m, k) and dZ (m, n) in blocks. */
export function productTN<T extends number>(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  x: usize,
  delta: usize,
  dW: usize,
): void {
  const rows = min(m, leastBlockRows(sizeof<T>())),
    stride = blockStride(rows);
  for (let i = 0; i < m; i += rows) {
    gemmTN<T>(most, k, n, min(rows, m - i), x, stride, delta, stride, dW, parameterStride(k), i > 0);
    x += <usize>blockBytes(rows, k, sizeof<T>());
    delta += <usize>blockBytes(rows, n, sizeof<T>());
  }
}
