"use strict";
/**
 * What a 16-byte vector does, generic over its lanes T = f32 | f64.
 * The only file that knows whether multiply–add is fused.
 */
Object.defineProperty(exports, "__esModule", { value: true });
exports.lanes = lanes;
exports.madd = madd;
exports.nmadd = nmadd;
exports.entry = entry;
exports.clamp = clamp;
exports.sum = sum;
exports.max = max;
exports.fractionBits = fractionBits;
exports.shl = shl;
exports.shr = shr;
exports.addBits = addBits;
exports.subBits = subBits;
/** How many T a vector holds. */
function lanes() {
    return 16 / sizeof();
}
/** a·b + c; rounded once where relaxed SIMD fuses, twice otherwise. */
function madd(a, b, c) {
    if (ASC_FEATURE_RELAXED_SIMD) {
        return v128.relaxed_madd(a, b, c);
    }
    else {
        return v128.add(v128.mul(a, b), c);
    }
}
/** c − a·b, rounded as `madd` is. */
function nmadd(a, b, c) {
    if (ASC_FEATURE_RELAXED_SIMD) {
        return v128.relaxed_nmadd(a, b, c);
    }
    else {
        return v128.sub(c, v128.mul(a, b));
    }
}
/** Entry k of a table of T, in every lane. */
function entry(table, k) {
    return v128.load_splat(table + k * sizeof());
}
/** min(max(x, low), high). NaN passes: pmin and pmax give back their first operand when the comparison fails. */
function clamp(x, low, high) {
    return v128.pmax(v128.pmin(x, high), low);
}
/** v₀ + v₁, in f32 (v₀ + v₂) + (v₁ + v₃): the order is part of the result. */
function sum(v) {
    v = v128.add(v, v128.shuffle(v, v, 1, 0));
    if (sizeof() == 4)
        v = v128.add(v, v128.shuffle(v, v, 1, 0, 3, 2));
    return v128.extract_lane(v, 0);
}
/** The greatest lane; NaN if any lane is. */
function max(v) {
    v = v128.max(v, v128.shuffle(v, v, 1, 0));
    if (sizeof() == 4)
        v = v128.max(v, v128.shuffle(v, v, 1, 0, 3, 2));
    return v128.extract_lane(v, 0);
}
/** Bits below the exponent field. */
function fractionBits() {
    return sizeof() == 4 ? 23 : 52;
}
/** Each lane's bits, count places up. */
function shl(v, count) {
    if (sizeof() == 4) {
        return v128.shl(v, count);
    }
    else {
        return v128.shl(v, count);
    }
}
/** Each lane's bits, count places down; zeros enter. */
function shr(v, count) {
    if (sizeof() == 4) {
        return v128.shr(v, count);
    }
    else {
        return v128.shr(v, count);
    }
}
/** a + b of the lanes' bits as integers. */
function addBits(a, b) {
    if (sizeof() == 4) {
        return v128.add(a, b);
    }
    else {
        return v128.add(a, b);
    }
}
/** a − b of the lanes' bits as integers. */
function subBits(a, b) {
    if (sizeof() == 4) {
        return v128.sub(a, b);
    }
    else {
        return v128.sub(a, b);
    }
}
