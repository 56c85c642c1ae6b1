"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.tanhForward = tanhForward;
exports.tanhBackward = tanhBackward;
const tanh_1 = require("./tanh");
const panel_1 = require("./panel");
/** The hidden activations, each beside its derivative, written in terms of the output a = f(z). */
/** A ← tanh Z, in place; Z (rows, cols) in panels. */
function tanhForward(rows, cols, z, stride) {
    for (let panels = (0, panel_1.panelCount)(cols); panels > 0; panels--, z += stride) {
        const end = z + rows * panel_1.PANEL_BYTES;
        for (let zi = z; zi < end; zi += 16)
            v128.store(zi, (0, tanh_1.tanh)(v128.load(zi)));
    }
}
/** dZ ← dA ∘ (1 − A²), in place of dA; both (rows, cols) in panels of one stride. */
function tanhBackward(rows, cols, a, delta, stride) {
    const one = v128.splat(1);
    for (let panels = (0, panel_1.panelCount)(cols); panels > 0; panels--, a += stride, delta += stride) {
        for (let at = 0; at < rows * panel_1.PANEL_BYTES; at += 16) {
            const ai = v128.load(a + at);
            const slope = v128.sub(one, v128.mul(ai, ai));
            v128.store(delta + at, v128.mul(v128.load(delta + at), slope));
        }
    }
}
