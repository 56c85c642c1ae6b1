"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.log = log;
const simd_1 = require("./simd");
const F64 = memory.data([
    2.2250738585072014e-308,
    4503599627370496,
    52,
    1,
    0.70710678118654752,
    4503599627370496,
    4503599627370496 + 1023,
    2,
    0.5,
    6.931471805601177e-1,
    -1.7239445256214835e-13,
    Infinity,
    6.6666666666666696e-1,
    3.9999999999989983e-1,
    2.8571428625936401e-1,
    2.2222211134559172e-1,
    1.8182889368251703e-1,
    1.5331709579795574e-1,
    1.4616625475387829e-1,
]);
const F32 = memory.data([
    1.1754943508222875e-38,
    8388608,
    23,
    1,
    0.70710678118654752,
    8388608,
    8388608 + 127,
    2,
    0.5,
    6.93145751953125e-1,
    1.428606765330187e-6,
    Infinity,
    6.6666668653488159e-1,
    3.9999550580978394e-1,
    2.8589671850204468e-1,
    2.2575786709785461e-1,
]);
function at(i) {
    if (sizeof() == 4) {
        return (0, simd_1.entry)(F32, i);
    }
    else {
        return (0, simd_1.entry)(F64, i);
    }
}
function log(x) {
    const subnormal = v128.lt(x, at(0 /* k.NORMAL */));
    const y = v128.bitselect(v128.mul(x, at(1 /* k.SCALE */)), x, subnormal);
    const e = (0, simd_1.shr)((0, simd_1.subBits)((0, simd_1.addBits)(y, at(3 /* k.ONE */)), at(4 /* k.SQRT_HALF */)), (0, simd_1.fractionBits)());
    const m = (0, simd_1.addBits)((0, simd_1.subBits)(y, (0, simd_1.shl)(e, (0, simd_1.fractionBits)())), at(3 /* k.ONE */));
    const biased = v128.sub(v128.or(e, at(5 /* k.TWO_TO_F */)), at(6 /* k.OFFSET */));
    const n = v128.sub(biased, v128.and(subnormal, at(2 /* k.SCALE_LOG2 */)));
    const f = v128.sub(m, at(3 /* k.ONE */));
    const s = v128.div(f, v128.add(f, at(7 /* k.TWO */)));
    const square = v128.mul(v128.mul(f, f), at(8 /* k.HALF */));
    const R = remainder(v128.mul(s, s));
    const low = (0, simd_1.madd)(s, v128.add(square, R), v128.mul(n, at(10 /* k.LN2_LO */)));
    const y1 = (0, simd_1.madd)(n, at(9 /* k.LN2_HI */), v128.sub(f, v128.sub(square, low)));
    const zero = v128.splat(0);
    const infinite = at(11 /* k.INFINITE */);
    const finite = v128.bitselect(y1, x, v128.lt(x, infinite));
    const positive = v128.bitselect(v128.neg(infinite), finite, v128.eq(x, zero));
    return v128.or(positive, v128.lt(x, zero));
}
function remainder(z) {
    let p;
    if (sizeof() == 4) {
        p = at(15 /* k.L4 */);
    }
    else {
        p = (0, simd_1.madd)(z, at(18 /* k.L7 */), at(17 /* k.L6 */));
        p = (0, simd_1.madd)(z, p, at(16 /* k.L5 */));
        p = (0, simd_1.madd)(z, p, at(15 /* k.L4 */));
    }
    p = (0, simd_1.madd)(z, p, at(14 /* k.L3 */));
    p = (0, simd_1.madd)(z, p, at(13 /* k.L2 */));
    return v128.mul(z, (0, simd_1.madd)(z, p, at(12 /* k.L1 */)));
}
