/**
 * The standard normal distribution, lane by lane: what gelu x = x Φ(x) and its slope Φ(x) + x e^(−x²/2) / √(2π) need.
 * Largest error of Φ, plain and relaxed SIMD alike: f64 3.65 ULP from −20 on, 55 ULP before; f32 3.62 ULP everywhere;
 * subnormal results included. Φ(±0) = ½, and Φ(x) = 1 − Φ(−x) to the bit where x > 0; Φ is 0 below −38.49 (f32 −14.18)
 * and 1 from 8.3 (f32 5.42) on; NaN stays NaN.
 *
 * Method: with a = |x|, Φ(−a) = e^(−a²/2) / m(a), where m(a) = 2 + 2a + a R(a) is √(2π) over Mills' ratio and R a
 * minimax rational function, 9 over 9 in degree (f32 5 over 5), in f64 tighter up to 8 than beyond. a R is at most a
 * fifth of m, so its roundings count little. a² = square + d exactly: e^(−a²/2) is taken of the square, and m (1 + d/2)
 * gives the d back.
 *
 * Zen 4, Node 24, relaxed, with its gaussian: 6.5 ns a value in f64, 2.2 ns in f32, one vector a turn. Refused:
 * e^(−a²/2) P(a) / Q(a) with one division, 6.7 ULP; √(2π) a in place of 2a, 3.9 ULP; d given back before the division,
 * 0.6 ULP more; in f64 Horner's rule, 12 % slower; the pairs written out, no faster and 126 bytes longer.
 */
import { exp } from './exp';
import { entry, fractionBits, madd, shl, shr } from './simd';

const enum k {
  FARTHEST,
  MINUS_HALF,
  ONE,
  TWO,
  PAIRS,
}

// From FARTHEST on, Φ(−a) rounds to 0. The pairs are p₂ᵢ, p₂ᵢ₊₁, q₂ᵢ, q₂ᵢ₊₁, i rising.
const F64 = memory.data<f64>([
  39, -0.5, 1, 2,

  -4.0423087839427e-1, -3.419223434723426e-1, 1, 1.5218082563390356,

  -9.613137166412393e-2, 1.7848094265886166e-2, 1.1478629799870672, 5.500877629118466e-1,

  2.3921822191966736e-2, 9.403568532908491e-3, 1.8264256519958094e-1, 4.33702131981445e-2,

  2.1626477910175333e-3, 3.153438180846734e-4, 7.3608486648154255e-3, 8.634084130552622e-4,

  2.777878968446249e-5, 1.16786296417691e-6, 6.393074774825916e-5, 2.305167363457174e-6,
]);

const F32 = memory.data<f32>([
  15, -0.5, 1, 2,

  -4.0423089265823364e-1, -1.363806575536728e-1, 1, 1.0133328437805176,

  2.6980474591255188e-2, 3.0076729133725166e-2, 4.9959811568260193e-1, 1.4196348190307617e-1,

  8.195114322006702e-3, 8.935837540775537e-4, 2.3139361292123795e-2, 1.7637741984799504e-3,
]);

/** Constant i in every lane. */
function at<T extends number>(i: i32): v128 {
  if (sizeof<T>() == 4) {
    return entry<T>(F32, i);
  } else {
    return entry<T>(F64, i);
  }
}

/** e^(−x²/2) of x² as it rounds: relatively off by x²/2 · 2^−53 (f32: 2^−24) at most, beside the error of exp. */
export function gaussian<T extends number>(x: v128): v128 {
  return exp<T>(v128.mul<T>(v128.mul<T>(x, x), at<T>(k.MINUS_HALF)));
}

/** Φ(x), given e = gaussian(x) */
export function normalCdf<T extends number>(x: v128, e: v128): v128 {
  const a = v128.pmin<T>(v128.abs<T>(x), at<T>(k.FARTHEST));
  const square = v128.mul<T>(a, a);

  const doubled = v128.add<T>(a, a);
  const rest = madd<T>(a, quotient<T>(a, square), at<T>(k.TWO));
  const m = v128.add<T>(doubled, rest);
  const halfD = v128.mul<T>(squareError<T>(a, square), at<T>(k.MINUS_HALF));
  const tail = v128.div<T>(e, v128.add<T>(doubled, madd<T>(m, halfD, rest)));

  const negative = v128.lt<T>(x, v128.splat<T>(<T>0));
  return v128.bitselect(tail, v128.sub<T>(at<T>(k.ONE), tail), negative);
}

/** −d = square − a²: with h the leading half of the bits of a, h² is exact, and so is a² = h² + (a + h) (a − h). */
function squareError<T extends number>(a: v128, square: v128): v128 {
  const trailing = fractionBits<T>() / 2 + 1;
  const h = shl<T>(shr<T>(a, trailing), trailing);
  const error = v128.sub<T>(square, v128.mul<T>(h, h));
  return madd<T>(v128.add<T>(a, h), v128.sub<T>(h, a), error);
}

/** R(a) = (p₀ + p₁a + …) / (q₀ + q₁a + …), by pairs; square = a² */
function quotient<T extends number>(a: v128, square: v128): v128 {
  const first = (sizeof<T>() == 4 ? F32 : F64) + k.PAIRS * sizeof<T>();
  let pair = first + (sizeof<T>() == 4 ? 8 : 16) * sizeof<T>();
  let p = madd<T>(a, entry<T>(pair, 1), entry<T>(pair, 0));
  let q = madd<T>(a, entry<T>(pair, 3), entry<T>(pair, 2));
  do {
    pair -= 4 * sizeof<T>();
    p = madd<T>(square, p, madd<T>(a, entry<T>(pair, 1), entry<T>(pair, 0)));
    q = madd<T>(square, q, madd<T>(a, entry<T>(pair, 3), entry<T>(pair, 2)));
  } while (pair > first);
  return v128.div<T>(p, q);
}
