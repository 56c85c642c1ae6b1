"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.exp = exp;
const simd_1 = require("./simd");
const F64 = memory.data([
    -746,
    710,
    1.4426950408889634,
    6755399441055744 + 2046,
    -6.931471805601177e-1,
    1.7239445256214835e-13,
    5.0000000000000006e-1,
    1.6666666666666594e-1,
    4.1666666666573563e-2,
    8.3333333333862475e-3,
    1.3888888932386465e-3,
    1.9841269727174608e-4,
    2.4801504422499842e-5,
    2.7557399465409665e-6,
    2.762634173685431e-7,
    2.5056550275090638e-8,
]);
const F32 = memory.data([
    -104,
    89,
    1.4426950408889634,
    12582912 + 254,
    -6.93145751953125e-1,
    -1.428606765330187e-6,
    4.9999997019767761e-1,
    1.6666543483734131e-1,
    4.1667506098747253e-2,
    8.3665559068322182e-3,
    1.3864287174325138e-3,
]);
function at(i) {
    if (sizeof() == 4) {
        return (0, simd_1.entry)(F32, i);
    }
    else {
        return (0, simd_1.entry)(F64, i);
    }
}
function exp(x) {
    x = (0, simd_1.clamp)(x, at(0 /* k.LOWEST */), at(1 /* k.HIGHEST */));
    const round = at(3 /* k.ROUND */);
    const N = (0, simd_1.madd)(x, at(2 /* k.LOG2E */), round);
    const n = v128.sub(N, round);
    const r = (0, simd_1.madd)(n, at(5 /* k.LN2_LO */), (0, simd_1.madd)(n, at(4 /* k.LN2_HI */), x));
    const z = v128.mul(r, r);
    const u = curvature(r, z);
    const s1 = (0, simd_1.shl)((0, simd_1.shr)(N, 1), (0, simd_1.fractionBits)());
    const s2 = (0, simd_1.subBits)((0, simd_1.shl)(N, (0, simd_1.fractionBits)()), s1);
    return v128.mul((0, simd_1.madd)(v128.mul(s1, z), u, (0, simd_1.madd)(s1, r, s1)), s2);
}
function curvature(r, z) {
    const c23 = (0, simd_1.madd)(r, at(7 /* k.C3 */), at(6 /* k.C2 */));
    const c45 = (0, simd_1.madd)(r, at(9 /* k.C5 */), at(8 /* k.C4 */));
    if (sizeof() == 4) {
        return (0, simd_1.madd)(z, (0, simd_1.madd)(z, at(10 /* k.C6 */), c45), c23);
    }
    else {
        const c67 = (0, simd_1.madd)(r, at(11 /* k.C7 */), at(10 /* k.C6 */));
        const c89 = (0, simd_1.madd)(r, at(13 /* k.C9 */), at(12 /* k.C8 */));
        const c1011 = (0, simd_1.madd)(r, at(15 /* k.C11 */), at(14 /* k.C10 */));
        const zz = v128.mul(z, z);
        return (0, simd_1.madd)(zz, (0, simd_1.madd)(zz, c1011, (0, simd_1.madd)(z, c89, c67)), (0, simd_1.madd)(z, c45, c23));
    }
}
