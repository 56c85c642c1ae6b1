"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.gemmNN = gemmNN;
exports.gemmTN = gemmTN;
exports.columnSums = columnSums;
const microkernel_1 = require("./microkernel");
const panel_1 = require("./panel");
/**
 * The products of a network, over matrices in panels (panel.ts). NT needs no loop of its own: pack.ts transposes B
 * once a step, and NN multiplies. A block of rows is small enough (network.ts) that no loop over k or n needs cutting.
 */
/**
 * C ← 1·b + A·B; A (m, k), B (1+k, n) with b its first row, C (m, n).
 * Rows of A are read, and of C written, up to the next multiple of MR; of a contiguous single row, that row only.
 */
function gemmNN(m, n, k, a, aStride, b, bStride, c, cStride) {
    if (m == 1 && aStride == panel_1.PANEL_BYTES) {
        gemvNN(n, k, a, b, bStride, c, cStride);
        return;
    }
    const tileRows = microkernel_1.MR * panel_1.PANEL_BYTES;
    // LOOP 3: panels of B and C; the panel of B stays in the L1 cache
    for (let panels = (0, panel_1.panelCount)(n); panels > 0; panels--) {
        // LOOP 2: microtiles of MR rows
        for (let i = 0, at = 0; i < m; i += microkernel_1.MR, at += tileRows) {
            (0, microkernel_1.tileNN)(k, a + at, aStride, b, c + at); // LOOP 1
        }
        b += bStride;
        c += cStride;
    }
}
/** c ← b + a·B; a (1, k) contiguous. Past the last panel the last is done again: the same bits to the same place. */
function gemvNN(n, k, a, b, bStride, c, cStride) {
    const last = (0, panel_1.panelCount)(n) - 1;
    for (let j = 0; j <= last; j += 4) {
        const j1 = min(j + 1, last), j2 = min(j + 2, last), j3 = min(j + 3, last);
        (0, microkernel_1.rowNN)(k, a, b + j * bStride, b + j1 * bStride, b + j2 * bStride, b + j3 * bStride, c + j * cStride, c + j1 * cStride, c + j2 * cStride, c + j3 * cStride);
    }
}
/**
 * C ← Aᵀ·B, or C + Aᵀ·B to accumulate; A (k, m), B (k, n), C (m, n).
 * Columns of A are read, and rows of C written, up to the next multiple of MR.
 */
function gemmTN(m, n, k, a, aStride, b, bStride, c, cStride, accumulate) {
    const panels = (0, panel_1.panelCount)(n);
    const tilesPerPanel = (0, panel_1.panelWidth)() / microkernel_1.MR;
    // LOOP 3: MR columns of A, rows of C; the slice of A stays in the L1 cache
    for (let i = 0, tile = 0; i < m; i += microkernel_1.MR, tile++) {
        const ai = a + (tile / tilesPerPanel) * aStride + ((tile % tilesPerPanel) * microkernel_1.MR) * sizeof();
        let bj = b, cj = c + i * panel_1.PANEL_BYTES;
        // LOOP 2: panels of B and C
        for (let j = 0; j < panels; j++, bj += bStride, cj += cStride) {
            (0, microkernel_1.tileTN)(k, ai, bj, cj, accumulate); // LOOP 1
        }
    }
}
/** c ← 1ᵀ·B, or c + 1ᵀ·B to accumulate: the sums of the columns; B (k, n), c (1, n). */
function columnSums(n, k, b, bStride, c, cStride, accumulate) {
    for (let panels = (0, panel_1.panelCount)(n); panels > 0; panels--, b += bStride, c += cStride) {
        let c0 = i64x2.splat(0), c1 = c0;
        if (accumulate) {
            c0 = v128.load(c);
            c1 = v128.load(c, 16);
        }
        const end = b + k * panel_1.PANEL_BYTES;
        for (let row = b; row < end; row += panel_1.PANEL_BYTES) {
            c0 = v128.add(c0, v128.load(row));
            c1 = v128.add(c1, v128.load(row, 16));
        }
        v128.store(c, c0);
        v128.store(c, c1, 16);
    }
}
