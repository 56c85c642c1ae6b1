'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
exports.blockStride = void 0;
exports.allocate = allocate;
exports.blockBytes_f32 = blockBytes_f32;
exports.blockBytes_f64 = blockBytes_f64;
exports.pack_f32 = pack_f32;
exports.pack_f64 = pack_f64;
exports.unpack_f32 = unpack_f32;
exports.unpack_f64 = unpack_f64;
exports.packTransposed_f32 = packTransposed_f32;
exports.packTransposed_f64 = packTransposed_f64;
exports.transposedStride_f32 = transposedStride_f32;
exports.transposedStride_f64 = transposedStride_f64;
exports.gemmNN_f32 = gemmNN_f32;
exports.gemmNN_f64 = gemmNN_f64;
exports.gemmTN_f32 = gemmTN_f32;
exports.gemmTN_f64 = gemmTN_f64;
exports.columnSums_f32 = columnSums_f32;
exports.columnSums_f64 = columnSums_f64;
exports.exp_f32 = exp_f32;
exports.exp_f64 = exp_f64;
exports.tanh_f32 = tanh_f32;
exports.tanh_f64 = tanh_f64;
exports.log_f32 = log_f32;
exports.log_f64 = log_f64;
exports.normals = normals;
/** The core's kernels pinned to f32 and f64, so that tests can call them one by one; never shipped. */
const exp_1 = require('../../assembly/exp');
const gemm_1 = require('../../assembly/gemm');
const log_1 = require('../../assembly/log');
const pack_1 = require('../../assembly/pack');
const panel_1 = require('../../assembly/panel');
Object.defineProperty(exports, 'blockStride', {
  enumerable: true,
  get: function () {
    return panel_1.blockStride;
  },
});
const tanh_1 = require('../../assembly/tanh');
function allocate(bytes) {
  return heap.alloc(bytes);
}
function blockBytes_f32(rows, cols) {
  return (0, panel_1.blockBytes)(rows, cols);
}
function blockBytes_f64(rows, cols) {
  return (0, panel_1.blockBytes)(rows, cols);
}
function pack_f32(rows, cols, source, panels, stride) {
  return (0, pack_1.pack)(rows, cols, source, panels, stride);
}
function pack_f64(rows, cols, source, panels, stride) {
  return (0, pack_1.pack)(rows, cols, source, panels, stride);
}
function unpack_f32(rows, cols, panels, stride, target) {
  (0, pack_1.unpack)(rows, cols, panels, stride, target);
}
function unpack_f64(rows, cols, panels, stride, target) {
  (0, pack_1.unpack)(rows, cols, panels, stride, target);
}
function packTransposed_f32(rows, cols, w, wStride, transposed) {
  (0, pack_1.packTransposed)(rows, cols, w, wStride, transposed);
}
function packTransposed_f64(rows, cols, w, wStride, transposed) {
  (0, pack_1.packTransposed)(rows, cols, w, wStride, transposed);
}
function transposedStride_f32(cols) {
  return (0, pack_1.transposedStride)(cols);
}
function transposedStride_f64(cols) {
  return (0, pack_1.transposedStride)(cols);
}
function gemmNN_f32(m, n, k, a, aStride, b, bStride, c, cStride) {
  (0, gemm_1.gemmNN)(m, n, k, a, aStride, b, bStride, c, cStride);
}
function gemmNN_f64(m, n, k, a, aStride, b, bStride, c, cStride) {
  (0, gemm_1.gemmNN)(m, n, k, a, aStride, b, bStride, c, cStride);
}
function gemmTN_f32(m, n, k, a, aStride, b, bStride, c, cStride, accumulate) {
  (0, gemm_1.gemmTN)(m, n, k, a, aStride, b, bStride, c, cStride, accumulate);
}
function gemmTN_f64(m, n, k, a, aStride, b, bStride, c, cStride, accumulate) {
  (0, gemm_1.gemmTN)(m, n, k, a, aStride, b, bStride, c, cStride, accumulate);
}
function columnSums_f32(n, k, b, bStride, c, cStride, accumulate) {
  (0, gemm_1.columnSums)(n, k, b, bStride, c, cStride, accumulate);
}
function columnSums_f64(n, k, b, bStride, c, cStride, accumulate) {
  (0, gemm_1.columnSums)(n, k, b, bStride, c, cStride, accumulate);
}
/** y[i] ← exp x[i], i < count, a multiple of a vector's lanes. */
function exp_f32(x, y, count) {
  for (let end = x + count * sizeof(); x < end; x += 16, y += 16) v128.store(y, (0, exp_1.exp)(v128.load(x)));
}
/** y[i] ← exp x[i], i < count, a multiple of a vector's lanes. */
function exp_f64(x, y, count) {
  for (let end = x + count * sizeof(); x < end; x += 16, y += 16) v128.store(y, (0, exp_1.exp)(v128.load(x)));
}
/** y[i] ← tanh x[i], i < count, a multiple of a vector's lanes. */
function tanh_f32(x, y, count) {
  for (let end = x + count * sizeof(); x < end; x += 16, y += 16)
    v128.store(y, (0, tanh_1.tanh)(v128.load(x)));
}
/** y[i] ← tanh x[i], i < count, a multiple of a vector's lanes. */
function tanh_f64(x, y, count) {
  for (let end = x + count * sizeof(); x < end; x += 16, y += 16)
    v128.store(y, (0, tanh_1.tanh)(v128.load(x)));
}
/** y[i] ← log x[i], i < count, a multiple of a vector's lanes. */
function log_f32(x, y, count) {
  for (let end = x + count * sizeof(); x < end; x += 16, y += 16) v128.store(y, (0, log_1.log)(v128.load(x)));
}
/** y[i] ← log x[i], i < count, a multiple of a vector's lanes. */
function log_f64(x, y, count) {
  for (let end = x + count * sizeof(); x < end; x += 16, y += 16) v128.store(y, (0, log_1.log)(v128.load(x)));
}
function normals(random, seed, target, count) {
  random.seed(seed);
  for (let i = 0; i < count; i++, target += 8) store(target, random.normal());
}
