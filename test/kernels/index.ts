/** The core's kernels pinned to f32 and f64, so that tests can call them one by one; never shipped. */
import { exp } from '../../assembly/exp';
import { columnSums, gemmNN, gemmTN } from '../../assembly/gemm';
import { allocate, release } from '../../assembly/heap';
import { log, log1p } from '../../assembly/log';
import { gaussian, normalCdf } from '../../assembly/normal-distribution';
import { pack, packTransposed, transposedStride, unpack } from '../../assembly/pack';
import { blockBytes, blockStride } from '../../assembly/panel';
import { max, sum } from '../../assembly/simd';
import { Random } from '../../assembly/random';
import { tanh } from '../../assembly/tanh';

export { allocate, blockStride, release };

export function blockBytes_f32(rows: i32, cols: i32): f64 {
  return <f64>blockBytes(rows, cols, sizeof<f32>());
}

export function blockBytes_f64(rows: i32, cols: i32): f64 {
  return <f64>blockBytes(rows, cols, sizeof<f64>());
}

export function pack_f32(rows: i32, cols: i32, source: usize, panels: usize, stride: usize): bool {
  return pack<f32>(rows, cols, source, panels, stride);
}

export function pack_f64(rows: i32, cols: i32, source: usize, panels: usize, stride: usize): bool {
  return pack<f64>(rows, cols, source, panels, stride);
}

export function unpack_f32(rows: i32, cols: i32, panels: usize, stride: usize, target: usize): void {
  unpack(rows, cols, sizeof<f32>(), panels, stride, target);
}

export function unpack_f64(rows: i32, cols: i32, panels: usize, stride: usize, target: usize): void {
  unpack(rows, cols, sizeof<f64>(), panels, stride, target);
}

export function packTransposed_f32(rows: i32, cols: i32, w: usize, wStride: usize, transposed: usize): void {
  packTransposed<f32>(rows, cols, w, wStride, transposed, transposedStride(cols, sizeof<f32>()));
}

export function packTransposed_f64(rows: i32, cols: i32, w: usize, wStride: usize, transposed: usize): void {
  packTransposed<f64>(rows, cols, w, wStride, transposed, transposedStride(cols, sizeof<f64>()));
}

export function transposedStride_f32(cols: i32): usize {
  return transposedStride(cols, sizeof<f32>());
}

export function transposedStride_f64(cols: i32): usize {
  return transposedStride(cols, sizeof<f64>());
}

export function gemmNN_f32(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
): void {
  gemmNN<f32>(most, m, n, k, a, aStride, b, bStride, c, cStride);
}

export function gemmNN_f64(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
): void {
  gemmNN<f64>(most, m, n, k, a, aStride, b, bStride, c, cStride);
}

export function gemmTN_f32(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
  accumulate: bool,
): void {
  gemmTN<f32>(most, m, n, k, a, aStride, b, bStride, c, cStride, accumulate);
}

export function gemmTN_f64(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
  accumulate: bool,
): void {
  gemmTN<f64>(most, m, n, k, a, aStride, b, bStride, c, cStride, accumulate);
}

export function columnSums_f32(
  n: i32,
  k: i32,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
  accumulate: bool,
): void {
  columnSums<f32>(n, k, b, bStride, c, cStride, accumulate);
}

export function columnSums_f64(
  n: i32,
  k: i32,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
  accumulate: bool,
): void {
  columnSums<f64>(n, k, b, bStride, c, cStride, accumulate);
}

/** y[i] ← exp x[i], i < count, a multiple of a vector's lanes. */
export function exp_f32(x: usize, y: usize, count: i32): void {
  for (let end = x + <usize>count * sizeof<f32>(); x < end; x += 16, y += 16)
    v128.store(y, exp<f32>(v128.load(x)));
}

/** y[i] ← exp x[i], i < count, a multiple of a vector's lanes. */
export function exp_f64(x: usize, y: usize, count: i32): void {
  for (let end = x + <usize>count * sizeof<f64>(); x < end; x += 16, y += 16)
    v128.store(y, exp<f64>(v128.load(x)));
}

/** y[i] ← tanh x[i], i < count, a multiple of a vector's lanes. */
export function tanh_f32(x: usize, y: usize, count: i32): void {
  for (let end = x + <usize>count * sizeof<f32>(); x < end; x += 16, y += 16)
    v128.store(y, tanh<f32>(v128.load(x)));
}

/** y[i] ← tanh x[i], i < count, a multiple of a vector's lanes. */
export function tanh_f64(x: usize, y: usize, count: i32): void {
  for (let end = x + <usize>count * sizeof<f64>(); x < end; x += 16, y += 16)
    v128.store(y, tanh<f64>(v128.load(x)));
}

/** y[i] ← log x[i], i < count, a multiple of a vector's lanes. */
export function log_f32(x: usize, y: usize, count: i32): void {
  for (let end = x + <usize>count * sizeof<f32>(); x < end; x += 16, y += 16)
    v128.store(y, log<f32>(v128.load(x)));
}

/** y[i] ← log x[i], i < count, a multiple of a vector's lanes. */
export function log_f64(x: usize, y: usize, count: i32): void {
  for (let end = x + <usize>count * sizeof<f64>(); x < end; x += 16, y += 16)
    v128.store(y, log<f64>(v128.load(x)));
}

/** y[i] ← log(1 + x[i]), i < count, a multiple of a vector's lanes. */
export function log1p_f32(x: usize, y: usize, count: i32): void {
  for (let end = x + <usize>count * sizeof<f32>(); x < end; x += 16, y += 16)
    v128.store(y, log1p<f32>(v128.load(x)));
}

/** y[i] ← log(1 + x[i]), i < count, a multiple of a vector's lanes. */
export function log1p_f64(x: usize, y: usize, count: i32): void {
  for (let end = x + <usize>count * sizeof<f64>(); x < end; x += 16, y += 16)
    v128.store(y, log1p<f64>(v128.load(x)));
}

/** y[i] ← e^(−x[i]²/2), i < count, a multiple of a vector's lanes. */
export function gaussian_f32(x: usize, y: usize, count: i32): void {
  for (let end = x + <usize>count * sizeof<f32>(); x < end; x += 16, y += 16)
    v128.store(y, gaussian<f32>(v128.load(x)));
}

/** y[i] ← e^(−x[i]²/2), i < count, a multiple of a vector's lanes. */
export function gaussian_f64(x: usize, y: usize, count: i32): void {
  for (let end = x + <usize>count * sizeof<f64>(); x < end; x += 16, y += 16)
    v128.store(y, gaussian<f64>(v128.load(x)));
}

/** y[i] ← Φ(x[i]), i < count, a multiple of a vector's lanes. */
export function normalCdf_f32(x: usize, y: usize, count: i32): void {
  for (let end = x + <usize>count * sizeof<f32>(); x < end; x += 16, y += 16) {
    const xi = v128.load(x);
    v128.store(y, normalCdf<f32>(xi, gaussian<f32>(xi)));
  }
}

/** y[i] ← Φ(x[i]), i < count, a multiple of a vector's lanes. */
export function normalCdf_f64(x: usize, y: usize, count: i32): void {
  for (let end = x + <usize>count * sizeof<f64>(); x < end; x += 16, y += 16) {
    const xi = v128.load(x);
    v128.store(y, normalCdf<f64>(xi, gaussian<f64>(xi)));
  }
}

export function normals(random: Random, seed: f64, target: usize, count: i32): void {
  random.seed(<u64>seed);
  for (let i = 0; i < count; i++, target += 8) store<f64>(target, random.normal());
}

export function sum_f32(v: usize): f32 {
  return sum<f32>(v128.load(v));
}

export function sum_f64(v: usize): f64 {
  return sum<f64>(v128.load(v));
}

export function max_f32(v: usize): f32 {
  return max<f32>(v128.load(v));
}

export function max_f64(v: usize): f64 {
  return max<f64>(v128.load(v));
}
