/**
 * What a 16-byte vector does, generic over its lanes T = f32 | f64.
 * The only file with relaxed operations: from the binary that has them the plain one is made (bindings/core/unfuse.ts).
 */

/** How many T a vector holds. */
export function lanes<T extends number>(): i32 {
  return 16 / sizeof<T>();
}

/** a·b + c; rounded once where the engine fuses it, twice in the plain binary. */
export function madd<T extends number>(a: v128, b: v128, c: v128): v128 {
  return v128.relaxed_madd<T>(a, b, c);
}

/** a·b + c, rounded twice: where memory is the limit, fusing gains nothing, and there the two binaries are alike. */
export function unfusedMadd<T extends number>(a: v128, b: v128, c: v128): v128 {
  return v128.add<T>(v128.mul<T>(a, b), c);
}

/** Entry k of a table of T, in every lane. */
export function entry<T extends number>(table: usize, k: i32): v128 {
  return v128.load_splat<T>(table + k * sizeof<T>());
}

/** min(max(x, low), high). NaN passes: pmin and pmax give back their first operand when the comparison fails. */
export function clamp<T extends number>(x: v128, low: v128, high: v128): v128 {
  return v128.pmax<T>(v128.pmin<T>(x, high), low);
}

/** v₀ + v₁, in f32 (v₀ + v₂) + (v₁ + v₃): the order is part of the result. */
export function sum<T extends number>(v: v128): T {
  v = v128.add<T>(v, v128.shuffle<u64>(v, v, 1, 0));
  if (sizeof<T>() == 4) v = v128.add<T>(v, v128.shuffle<u32>(v, v, 1, 0, 3, 2));
  return v128.extract_lane<T>(v, 0);
}

/** The greatest lane; NaN if any lane is. */
export function max<T extends number>(v: v128): T {
  v = v128.max<T>(v, v128.shuffle<u64>(v, v, 1, 0));
  if (sizeof<T>() == 4) v = v128.max<T>(v, v128.shuffle<u32>(v, v, 1, 0, 3, 2));
  return v128.extract_lane<T>(v, 0);
}

/** Bits below the exponent field. */
export function fractionBits<T extends number>(): i32 {
  return sizeof<T>() == 4 ? 23 : 52;
}

/** Each lane's bits, count places up. */
export function shl<T extends number>(v: v128, count: i32): v128 {
  if (sizeof<T>() == 4) {
    return v128.shl<u32>(v, count);
  } else {
    return v128.shl<u64>(v, count);
  }
}

/** Each lane's bits, count places down; zeros enter. */
export function shr<T extends number>(v: v128, count: i32): v128 {
  if (sizeof<T>() == 4) {
    return v128.shr<u32>(v, count);
  } else {
    return v128.shr<u64>(v, count);
  }
}

/** a + b of the lanes' bits as integers. */
export function addBits<T extends number>(a: v128, b: v128): v128 {
  if (sizeof<T>() == 4) {
    return v128.add<u32>(a, b);
  } else {
    return v128.add<u64>(a, b);
  }
}

/** a − b of the lanes' bits as integers. */
export function subBits<T extends number>(a: v128, b: v128): v128 {
  if (sizeof<T>() == 4) {
    return v128.sub<u32>(a, b);
  } else {
    return v128.sub<u64>(a, b);
  }
}
