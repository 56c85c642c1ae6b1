import { clamp, entry, fractionBits, madd, shl, shr, subBits } from './simd';

const enum k {
  LOWEST,
  HIGHEST,
  LOG2E,
  ROUND,
  LN2_HI,
  LN2_LO,
  C2,
  C3,
  C4,
  C5,
  C6,
  C7,
  C8,
  C9,
  C10,
  C11,
}

const F64 = memory.data<f64>([
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

const F32 = memory.data<f32>([
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

function at<T extends number>(i: i32): v128 {
  if (sizeof<T>() == 4) {
    return entry<T>(F32, i);
  } else {
    return entry<T>(F64, i);
  }
}

export function exp<T extends number>(x: v128): v128 {
  x = clamp<T>(x, at<T>(k.LOWEST), at<T>(k.HIGHEST));

  const round = at<T>(k.ROUND);
  const N = madd<T>(x, at<T>(k.LOG2E), round);
  const n = v128.sub<T>(N, round);
  const r = madd<T>(n, at<T>(k.LN2_LO), madd<T>(n, at<T>(k.LN2_HI), x));

  const z = v128.mul<T>(r, r);
  const u = curvature<T>(r, z);

  const s1 = shl<T>(shr<T>(N, 1), fractionBits<T>());
  const s2 = subBits<T>(shl<T>(N, fractionBits<T>()), s1);
  return v128.mul<T>(madd<T>(v128.mul<T>(s1, z), u, madd<T>(s1, r, s1)), s2);
}

function curvature<T extends number>(r: v128, z: v128): v128 {
  const c23 = madd<T>(r, at<T>(k.C3), at<T>(k.C2));
  const c45 = madd<T>(r, at<T>(k.C5), at<T>(k.C4));
  if (sizeof<T>() == 4) {
    return madd<T>(z, madd<T>(z, at<T>(k.C6), c45), c23);
  } else {
    const c67 = madd<T>(r, at<T>(k.C7), at<T>(k.C6));
    const c89 = madd<T>(r, at<T>(k.C9), at<T>(k.C8));
    const c1011 = madd<T>(r, at<T>(k.C11), at<T>(k.C10));
    const zz = v128.mul<T>(z, z);
    return madd<T>(zz, madd<T>(zz, c1011, madd<T>(z, c89, c67)), madd<T>(z, c45, c23));
  }
}
