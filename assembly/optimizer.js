"use strict";
/** One flat loop over the parameter block each. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.descend = descend;
/**
 * Gradient descent: p ← p − rate·g over `bytes` bytes; g is left holding the parameters before the step, so that a
 * step can be taken back. Returns whether every new parameter is finite.
 */
function descend(bytes, p, g, rate) {
    const rates = v128.splat(rate);
    // x − x is 0 for finite x and NaN for the others
    let suspect = i64x2.splat(0);
    for (let at = 0; at < bytes; at += 16) {
        const before = v128.load(p + at);
        const after = v128.sub(before, v128.mul(rates, v128.load(g + at)));
        suspect = v128.or(suspect, v128.sub(after, after));
        v128.store(p + at, after);
        v128.store(g + at, before);
    }
    return !v128.any_true(suspect);
}
