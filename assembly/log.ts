import { addBits, entry, fractionBits, madd, shl, shr, subBits } from './simd';

const enum k {
  NORMAL,
  SCALE,
  SCALE_LOG2,
  ONE,
  SQRT_HALF,
  TWO_TO_F,
  OFFSET,
  TWO,
  HALF,
  LN2_HI,
  LN2_LO,
  INFINITE,
  L1,
  L2,
  L3,
  L4,
  L5,
  L6,
  L7,
}

const F64 = memory.data<f64>([
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

const F32 = memory.data<f32>([
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

function at<T extends number>(i: i32): v128 {
  if (sizeof<T>() == 4) {
    return entry<T>(F32, i);
  } else {
    return entry<T>(F64, i);
  }
}

export function log<T extends number>(x: v128): v128 {
  const subnormal = v128.lt<T>(x, at<T>(k.NORMAL));
  const y = v128.bitselect(v128.mul<T>(x, at<T>(k.SCALE)), x, subnormal);

  const e = shr<T>(subBits<T>(addBits<T>(y, at<T>(k.ONE)), at<T>(k.SQRT_HALF)), fractionBits<T>());
  const m = addBits<T>(subBits<T>(y, shl<T>(e, fractionBits<T>())), at<T>(k.ONE));
  const biased = v128.sub<T>(v128.or(e, at<T>(k.TWO_TO_F)), at<T>(k.OFFSET));
  const n = v128.sub<T>(biased, v128.and(subnormal, at<T>(k.SCALE_LOG2)));

  const f = v128.sub<T>(m, at<T>(k.ONE));
  const s = v128.div<T>(f, v128.add<T>(f, at<T>(k.TWO)));
  const square = v128.mul<T>(v128.mul<T>(f, f), at<T>(k.HALF));
  const R = remainder<T>(v128.mul<T>(s, s));
  const low = madd<T>(s, v128.add<T>(square, R), v128.mul<T>(n, at<T>(k.LN2_LO)));
  const y1 = madd<T>(n, at<T>(k.LN2_HI), v128.sub<T>(f, v128.sub<T>(square, low)));

  const zero = v128.splat<T>(<T>0);
  const infinite = at<T>(k.INFINITE);
  const finite = v128.bitselect(y1, x, v128.lt<T>(x, infinite));
  const positive = v128.bitselect(v128.neg<T>(infinite), finite, v128.eq<T>(x, zero));
  return v128.or(positive, v128.lt<T>(x, zero));
}

function remainder<T extends number>(z: v128): v128 {
  let p: v128;
  if (sizeof<T>() == 4) {
    p = at<T>(k.L4);
  } else {
    p = madd<T>(z, at<T>(k.L7), at<T>(k.L6));
    p = madd<T>(z, p, at<T>(k.L5));
    p = madd<T>(z, p, at<T>(k.L4));
  }
  p = madd<T>(z, p, at<T>(k.L3));
  p = madd<T>(z, p, at<T>(k.L2));
  return v128.mul<T>(z, madd<T>(z, p, at<T>(k.L1)));
}
