import { clamp, entry, fractionBits, madd, nmadd, shl } from './simd';

const enum k {
  LOWEST,
  HIGHEST,
  TWO_LOG2E,
  ROUND,
  HALF_LN2_HI,
  HALF_LN2_LO,
  MINUS_ONE,
  Q1,
  Q2,
  P1,
  P2,
}

const F64 = memory.data<f64>([
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

const F32 = memory.data<f32>([
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

function at<T extends number>(i: i32): v128 {
  if (sizeof<T>() == 4) {
    return entry<T>(F32, i);
  } else {
    return entry<T>(F64, i);
  }
}

export function tanh<T extends number>(x: v128): v128 {
  x = clamp<T>(x, at<T>(k.LOWEST), at<T>(k.HIGHEST));

  const round = at<T>(k.ROUND);
  const N = madd<T>(x, at<T>(k.TWO_LOG2E), round);
  const n = v128.sub<T>(N, round);
  const h = madd<T>(n, at<T>(k.HALF_LN2_LO), madd<T>(n, at<T>(k.HALF_LN2_HI), x));

  const z = v128.mul<T>(h, h);
  const minusOne = at<T>(k.MINUS_ONE);
  const p = numerator<T>(h, z);
  const q = madd<T>(z, madd<T>(z, at<T>(k.Q2), at<T>(k.Q1)), minusOne);

  const s = shl<T>(N, fractionBits<T>());
  const S = v128.div<T>(v128.add<T>(s, minusOne), v128.sub<T>(minusOne, s));
  return madd<T>(madd<T>(S, S, minusOne), v128.div<T>(p, nmadd<T>(S, p, q)), S);
}

function numerator<T extends number>(h: v128, z: v128): v128 {
  if (sizeof<T>() == 4) {
    return h;
  } else {
    return madd<T>(v128.mul<T>(h, z), madd<T>(z, at<T>(k.P2), at<T>(k.P1)), h);
  }
}
