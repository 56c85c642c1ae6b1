"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.tanh = tanh;
const simd_1 = require("./simd");
const F64 = memory.data([
    -20,
    20,
    -2.8853900817779268,
    6755399441055744 + 1023,
    3.4657359028005885e-1,
    -8.6197222628074174e-14,
    -1,
    -4.4443269331981583e-1,
    -1.5868315990195978e-2,
    1.1109935998648832e-1,
    1.0574182150487712e-3,
]);
const F32 = memory.data([
    -10,
    10,
    -2.8853900817779268,
    12582912 + 127,
    3.465728759765625e-1,
    7.1430338266509352e-7,
    -1,
    -3.3333310484886169e-1,
    2.2159155458211899e-2,
]);
function at(i) {
    if (sizeof() == 4) {
        return (0, simd_1.entry)(F32, i);
    }
    else {
        return (0, simd_1.entry)(F64, i);
    }
}
function tanh(x) {
    x = (0, simd_1.clamp)(x, at(0 /* k.LOWEST */), at(1 /* k.HIGHEST */));
    const round = at(3 /* k.ROUND */);
    const N = (0, simd_1.madd)(x, at(2 /* k.TWO_LOG2E */), round);
    const n = v128.sub(N, round);
    const h = (0, simd_1.madd)(n, at(5 /* k.HALF_LN2_LO */), (0, simd_1.madd)(n, at(4 /* k.HALF_LN2_HI */), x));
    const z = v128.mul(h, h);
    const minusOne = at(6 /* k.MINUS_ONE */);
    const p = numerator(h, z);
    const q = (0, simd_1.madd)(z, (0, simd_1.madd)(z, at(8 /* k.Q2 */), at(7 /* k.Q1 */)), minusOne);
    const s = (0, simd_1.shl)(N, (0, simd_1.fractionBits)());
    const S = v128.div(v128.add(s, minusOne), v128.sub(minusOne, s));
    return (0, simd_1.madd)((0, simd_1.madd)(S, S, minusOne), v128.div(p, (0, simd_1.nmadd)(S, p, q)), S);
}
function numerator(h, z) {
    if (sizeof() == 4) {
        return h;
    }
    else {
        return (0, simd_1.madd)(v128.mul(h, z), (0, simd_1.madd)(z, at(10 /* k.P2 */), at(9 /* k.P1 */)), h);
    }
}
