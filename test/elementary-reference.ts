/**
 * exp, tanh, log, log1p and Φ to at least 120 bits, in BigInt fixed point: what the vector functions are measured against.
 * A real number is value · 2^−scale.
 */
export interface Real {
  readonly value: bigint;
  readonly scale: number;
}

const BITS = 200;
const F = BigInt(BITS);
const ONE = 1n << F;

/** atanh(1/n) = Σ 1 / ((2i+1) n^(2i+1)) */
function atanhInverse(n: bigint): bigint {
  let sum = 0n;
  for (let power = ONE / n, i = 1n; power !== 0n; power /= n * n, i += 2n) sum += power / i;
  return sum;
}

/** ln 2 = 18 atanh(1/26) − 2 atanh(1/4801) + 8 atanh(1/8749) */
const LN2 = 18n * atanhInverse(26n) - 2n * atanhInverse(4801n) + 8n * atanhInverse(8749n);

/** π = 16 atan(1/5) − 4 atan(1/239), atan(1/n) = Σ (−1)^i / ((2i+1) n^(2i+1)) */
function atanInverse(n: bigint): bigint {
  let sum = 0n;
  for (let power = ONE / n, i = 1n; power !== 0n; power /= -n * n, i += 2n) sum += power / i;
  return sum;
}

/** √(2π) by Newton's iteration from 5/2 */
function sqrt2Pi(): bigint {
  const twoPi = 32n * atanInverse(5n) - 8n * atanInverse(239n);
  let root = (5n * ONE) / 2n;
  for (let i = 0; i < 7; i++) root = (root + (twoPi << F) / root) / 2n;
  return root;
}

const SQRT_2PI = sqrt2Pi();

const view = new DataView(new ArrayBuffer(8));

/** A finite double is m · 2^e, exactly. */
function decompose(x: number): { m: bigint; e: number } {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const m = field === 0 ? fraction : fraction | (1n << 52n);
  return { m: x < 0 ? -m : m, e: Math.max(field, 1) - 1075 };
}

function shift(value: bigint, places: number): bigint {
  return places >= 0 ? value << BigInt(places) : value >> BigInt(-places);
}

function fixed(x: number): bigint {
  const { m, e } = decompose(x);
  return shift(m, e + BITS);
}

/** e^x = 2^n (e^(r/256))^256, the inner one by its Taylor series. */
function expFixed(x: bigint): Real {
  const n = (2n * x + LN2) / (2n * LN2);
  const r = (x - n * LN2) >> 8n;
  let value = ONE;
  for (let term = ONE, i = 1n; (term = ((term * r) >> F) / i) !== 0n && term !== -1n; i++) value += term;
  for (let i = 0; i < 8; i++) value = (value * value) >> F;
  return { value, scale: BITS - Number(n) };
}

export function expReference(x: number): Real {
  return expFixed(fixed(x));
}

/** (e^2x − 1) / (e^2x + 1); below 2^−30 its series x (1 − x²/3 + 2x⁴/15), which is off by x⁶/20 */
export function tanhReference(x: number): Real {
  if (Math.abs(x) < 2 ** -30) {
    const { m, e } = decompose(x);
    const square = (fixed(x) * fixed(x)) >> F;
    return { value: m * (ONE - square / 3n + (2n * square * square) / (15n * ONE)), scale: BITS - e };
  }
  const { value, scale } = expFixed(2n * fixed(x));
  const one = shift(1n, scale);
  return scale >= 0
    ? { value: ((value - one) << F) / (value + one), scale: BITS }
    : { value: ONE - (2n << (F + BigInt(-scale))) / (value << BigInt(-scale)), scale: BITS };
}

/**
 * log of m · 2^e from a guess y within 2^−50: with d = m 2^e e^−y − 1 it is y + 2 atanh(d / (2 + d)), which is
 * y + 2d / (2 + d) up to d³/12.
 */
function logFixed(m: bigint, e: number, guess: number): Real {
  const y = fixed(guess);
  const inverse = expFixed(-y);
  const d = shift(m * inverse.value, e + BITS - inverse.scale) - ONE;
  return { value: y + ((2n * d) << F) / (2n * ONE + d), scale: BITS };
}

export function logReference(x: number): Real {
  const { m, e } = decompose(x);
  return logFixed(m, e, Math.log(x));
}

/** log(1 + x); below 2^−40 its series x (1 − x/2 + x²/3), which is off by x⁴/4 */
export function log1pReference(x: number): Real {
  if (Math.abs(x) < 2 ** -40) {
    const { m, e } = decompose(x);
    const f = fixed(x);
    return { value: m * (ONE - f / 2n + (f * f) / (3n * ONE)), scale: BITS - e };
  }
  return logFixed(ONE + fixed(x), -BITS, Math.log1p(x));
}

/** e^(−x²/2) */
export function gaussianReference(x: number): Real {
  return expFixed(-((fixed(x) * fixed(x)) >> (F + 1n)));
}

/** Φ(x) = ½ + φ(x) (x + x³/3 + x⁵/15 + …); from 6 on Φ(−a) = φ(a) / (a + 1/(a + 2/(a + 3/(a + …)))) */
export function normalCdfReference(x: number): Real {
  const { value, scale } = gaussianReference(x);
  // e^(−x²/2) / √(2π)
  const density = (value << F) / SQRT_2PI;
  const a = fixed(x);
  if (Math.abs(x) < 6) {
    const square = (a * a) >> F;
    let sum = a;
    for (let term = a, i = 3n; (term = ((term * square) >> F) / i) !== 0n && term !== -1n; i += 2n)
      sum += term;
    return { value: ONE / 2n + shift(density * sum, -scale), scale: BITS };
  }
  const distance = x < 0 ? -a : a;
  let fraction = distance;
  for (let i = 80n; i > 0n; i--) fraction = distance + ((i * ONE) << F) / fraction;
  const tail = { value: (density << F) / fraction, scale };
  return x < 0 ? tail : { value: ONE - shift(tail.value, BITS - scale), scale: BITS };
}

function bitLength(value: bigint): number {
  return (value < 0n ? -value : value).toString(2).length;
}

/** |y − real| in units in the last place of a double of that size (the subnormal spacing below the normal range). */
export function ulpError(y: number, real: Real): number {
  const exponent = bitLength(real.value) - 1 - real.scale;
  if (!Number.isFinite(y)) {
    // The largest finite double and half its ulp: from there on infinity is the nearest.
    return y === Infinity && real.value >= shift((1n << 54n) - 1n, 970 + real.scale) ? 0 : Infinity;
  }
  const ulp = Math.max(exponent - 52, -1074);
  const { m, e } = decompose(y);
  const scale = Math.max(real.scale, -e, 32 - ulp);
  const difference = shift(m, scale + e) - shift(real.value, scale - real.scale);
  return Math.abs(Number(difference >> BigInt(scale + ulp - 32))) / 2 ** 32;
}
