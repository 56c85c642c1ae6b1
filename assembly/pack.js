"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.pack = pack;
exports.unpack = unpack;
exports.transposedStride = transposedStride;
exports.transposedBytes = transposedBytes;
exports.packTransposed = packTransposed;
const simd_1 = require("./simd");
const panel_1 = require("./panel");
const microkernel_1 = require("./microkernel");
/**
 * Between row-major matrices, as callers have them, and panels, as the kernels read them.
 */
/**
 * panels ← row-major source (rows, cols) of T; the last panel's spare columns become 0.
 * Returns the row-major index of the first value that is not finite, or −1.
 */
function pack(rows, cols, source, panels, stride) {
    const whole = cols / (0, panel_1.panelWidth)();
    const rest = cols % (0, panel_1.panelWidth)();
    for (let i = 0; i < rows; i++) {
        const first = source;
        let to = panels + i * panel_1.PANEL_BYTES;
        // x − x is 0 for finite x and NaN for the others
        let suspect = i64x2.splat(0);
        for (let j = 0; j < whole; j++) {
            const x0 = v128.load(source), x1 = v128.load(source, 16);
            suspect = v128.or(suspect, v128.or(v128.sub(x0, x0), v128.sub(x1, x1)));
            v128.store(to, x0);
            v128.store(to, x1, 16);
            source += panel_1.PANEL_BYTES;
            to += stride;
        }
        if (rest > 0) {
            v128.store(to, i64x2.splat(0));
            v128.store(to, i64x2.splat(0), 16);
            memory.copy(to, source, rest * sizeof());
            const x0 = v128.load(to), x1 = v128.load(to, 16);
            suspect = v128.or(suspect, v128.or(v128.sub(x0, x0), v128.sub(x1, x1)));
            source += rest * sizeof();
        }
        if (v128.any_true(suspect))
            return i * cols + firstNotFinite(first);
    }
    return -1;
}
/** The offset of the first value that is not finite; there is one. */
function firstNotFinite(x) {
    let j = 0;
    while (isFinite(load(x + j * sizeof())))
        j++;
    return j;
}
/** row-major target (rows, cols) of T ← panels. */
function unpack(rows, cols, panels, stride, target) {
    const whole = cols / (0, panel_1.panelWidth)();
    const rest = (cols % (0, panel_1.panelWidth)()) * sizeof();
    for (let i = 0; i < rows; i++) {
        let from = panels + i * panel_1.PANEL_BYTES;
        for (let j = 0; j < whole; j++) {
            v128.store(target, v128.load(from));
            v128.store(target, v128.load(from, 16), 16);
            target += panel_1.PANEL_BYTES;
            from += stride;
        }
        if (rest > 0) {
            memory.copy(target, from, rest);
            target += rest;
        }
    }
}
/** Bytes from one panel of Wᵀ to the next, as packTransposed lays them: a row for the bias (0), then the columns of W. */
function transposedStride(cols) {
    return (1 + (0, panel_1.roundUp)(cols, (0, simd_1.lanes)())) * panel_1.PANEL_BYTES;
}
/** Bytes of Wᵀ for W (rows, cols). */
function transposedBytes(rows, cols) {
    return (0, panel_1.panelCount)(rows) * transposedStride(cols);
}
/**
 * panels of Wᵀ (1+cols, rows), first row 0 ← panels of W (rows, cols), whose rows go on in zeros to a multiple of MR.
 * What it does not write is 0 from the start: the first row, and columns past the last.
 */
function packTransposed(rows, cols, w, wStride, transposed) {
    const stride = transposedStride(cols);
    const rowsAll = (0, panel_1.roundUp)(rows, microkernel_1.MR), colsAll = (0, panel_1.roundUp)(cols, (0, simd_1.lanes)());
    for (let j = 0; j < colsAll; j += (0, simd_1.lanes)()) {
        const from = w + (j / (0, panel_1.panelWidth)()) * wStride + (j % (0, panel_1.panelWidth)()) * sizeof();
        const to = transposed + (1 + j) * panel_1.PANEL_BYTES;
        for (let i = 0; i < rowsAll; i += (0, simd_1.lanes)()) {
            transposeSquare(from + i * panel_1.PANEL_BYTES, to + (i / (0, panel_1.panelWidth)()) * stride + (i % (0, panel_1.panelWidth)()) * sizeof());
        }
    }
}
/** target ← sourceᵀ, a square of one vector's lanes within a panel of each. */
function transposeSquare(source, target) {
    if (sizeof() == 8) {
        const r0 = v128.load(source), r1 = v128.load(source, 32);
        v128.store(target, v128.shuffle(r0, r1, 0, 2));
        v128.store(target, v128.shuffle(r0, r1, 1, 3), 32);
    }
    else {
        const r0 = v128.load(source), r1 = v128.load(source, 32), r2 = v128.load(source, 64), r3 = v128.load(source, 96);
        const even01 = v128.shuffle(r0, r1, 0, 4, 2, 6), odd01 = v128.shuffle(r0, r1, 1, 5, 3, 7), even23 = v128.shuffle(r2, r3, 0, 4, 2, 6), odd23 = v128.shuffle(r2, r3, 1, 5, 3, 7);
        v128.store(target, v128.shuffle(even01, even23, 0, 2));
        v128.store(target, v128.shuffle(odd01, odd23, 0, 2), 32);
        v128.store(target, v128.shuffle(even01, even23, 1, 3), 64);
        v128.store(target, v128.shuffle(odd01, odd23, 1, 3), 96);
    }
}
