"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.SPARE_LOGIT = void 0;
exports.rowSumBytes = rowSumBytes;
exports.softmax = softmax;
exports.softmaxCrossEntropy = softmaxCrossEntropy;
exports.countHits = countHits;
const exp_1 = require("./exp");
const log_1 = require("./log");
const panel_1 = require("./panel");
const simd_1 = require("./simd");
/** The output function with its canonical cost: the error term of the output layer is Ŷ − Y. */
/**
 * Bias of the output layer's spare columns. e to it is 0, so softmax gives them probability 0 and error 0 without
 * any masking, and as a gradient of 0 never moves it, it stays.
 */
exports.SPARE_LOGIT = -1e30;
/** Bytes of scratch for the row sums of `rows` rows. */
function rowSumBytes(rows) {
    return (rows * sizeof() + 15) & ~15;
}
/** Where vector v of a row in panels lies: two of them to a panel. */
function vectorAt(row, v, stride) {
    return row + (v >> 1) * stride + ((v & 1) << 4);
}
/** Vectors of a row that hold one of cols columns, spare lanes included. */
function vectorCount(cols) {
    return (cols + (0, simd_1.lanes)() - 1) / (0, simd_1.lanes)();
}
/** One row z ← e^(z − max z), unscaled; returns its sum. */
function expRow(vectors, z, stride, greatest) {
    let total = i64x2.splat(0);
    for (let v = 0; v < vectors; v++) {
        const at = vectorAt(z, v, stride);
        const e = (0, exp_1.exp)(v128.sub(v128.load(at), greatest));
        v128.store(at, e);
        total = v128.add(total, e);
    }
    return (0, simd_1.sum)(total);
}
/** The greatest logit of a row, in every lane. */
function rowMax(vectors, z, stride) {
    let greatest = v128.load(z);
    for (let v = 1; v < vectors; v++)
        greatest = v128.max(greatest, v128.load(vectorAt(z, v, stride)));
    return v128.splat((0, simd_1.max)(greatest));
}
/** Ŷ ← softmax Z, in place: ŷ = e^(z − max z) / Σ e^(z − max z), row by row. */
function softmax(rows, cols, z, stride) {
    const vectors = vectorCount(cols);
    for (const end = z + rows * panel_1.PANEL_BYTES; z < end; z += panel_1.PANEL_BYTES) {
        const total = expRow(vectors, z, stride, rowMax(vectors, z, stride));
        const scale = v128.splat((1 / total));
        for (let v = 0; v < vectors; v++) {
            const at = vectorAt(z, v, stride);
            v128.store(at, v128.mul(v128.load(at), scale));
        }
    }
}
/**
 * Softmax with categorical cross-entropy: delta ← (softmax Z − Y)·weight, in place of Z, and the unweighted cost
 *
 *     Σ rows [ ln Σ e^(z − max z) − Σ y·(z − max z) ],   which is −Σ y·ln ŷ as each row of Y sums to 1
 *
 * is returned; from the logits, so a probability that rounds to 0 costs what it should and not infinity.
 */
function softmaxCrossEntropy(rows, cols, z, stride, y, yStride, weight, rowSums) {
    const vectors = vectorCount(cols);
    const weights = v128.splat(weight);
    let targets = i64x2.splat(0);
    for (let i = 0; i < rows; i++, z += panel_1.PANEL_BYTES, y += panel_1.PANEL_BYTES) {
        const greatest = rowMax(vectors, z, stride);
        for (let v = 0; v < vectors; v++) {
            const zv = v128.sub(v128.load(vectorAt(z, v, stride)), greatest);
            targets = (0, simd_1.madd)(v128.load(vectorAt(y, v, yStride)), zv, targets);
        }
        const total = expRow(vectors, z, stride, greatest);
        store(rowSums + i * sizeof(), total);
        const scale = v128.splat((1 / total));
        for (let v = 0; v < vectors; v++) {
            const at = vectorAt(z, v, stride);
            const error = v128.sub(v128.mul(v128.load(at), scale), v128.load(vectorAt(y, v, yStride)));
            v128.store(at, v128.mul(error, weights));
        }
        if (vectors & 1)
            v128.store(vectorAt(z, vectors, stride), i64x2.splat(0));
    }
    return sumOfLogs(rows, rowSums) - (0, simd_1.sum)(targets);
}
/** Σ ln x over count values, which are padded with ones to whole vectors. */
function sumOfLogs(count, x) {
    for (let i = count; i % (0, simd_1.lanes)() != 0; i++)
        store(x + i * sizeof(), 1);
    let total = i64x2.splat(0);
    for (const end = x + count * sizeof(); x < end; x += 16) {
        total = v128.add(total, (0, log_1.log)(v128.load(x)));
    }
    return (0, simd_1.sum)(total);
}
/** How many rows have their greatest logit where Y has its greatest value; the first on ties. */
function countHits(rows, cols, z, stride, y, yStride) {
    let hits = 0;
    for (let i = 0; i < rows; i++, z += panel_1.PANEL_BYTES, y += panel_1.PANEL_BYTES) {
        hits += i32(argmax(cols, z, stride) == argmax(cols, y, yStride));
    }
    return hits;
}
function argmax(cols, row, stride) {
    const perPanel = (0, simd_1.lanes)() * 2;
    let best = 0;
    let greatest = load(row);
    for (let j = 1; j < cols; j++) {
        const value = load(row + (j / perPanel) * stride + (j % perPanel) * sizeof());
        if (value > greatest) {
            greatest = value;
            best = j;
        }
    }
    return best;
}
