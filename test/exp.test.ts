import { beforeAll, describe, expect, test } from 'vitest';
import {
  expReference,
  gaussianReference,
  log1pReference,
  logReference,
  normalCdfReference,
  type Real,
  tanhReference,
  ulpError,
} from './elementary-reference.js';
import { BINARIES, Kernels, type ElementType } from './kernels/load.js';

type Name = 'exp' | 'tanh' | 'log' | 'log1p' | 'gaussian' | 'normalCdf';
/** The kernels of one binary, for both element types. */
type Probe = Readonly<Record<ElementType, Kernels>>;

const CHUNK = 1 << 14;
const probes = BINARIES.map((binary): [string, Probe] => [
  binary,
  { f32: new Kernels(binary, 'f32'), f64: new Kernels(binary, 'f64') },
]);

/** y ← f(x), any number of values. */
function map(
  probe: Probe,
  name: Name,
  float: ElementType,
  x: ArrayLike<number>,
): Float32Array | Float64Array {
  const kernels = probe[float];
  const A = float === 'f64' ? Float64Array : Float32Array;
  const from = kernels.allocate(CHUNK * kernels.bytes);
  const to = kernels.allocate(CHUNK * kernels.bytes);
  const y = new A(x.length);
  const input = kernels.view(from, CHUNK);
  const output = kernels.view(to, CHUNK);
  for (let i = 0; i < x.length; i += CHUNK) {
    const count = Math.min(CHUNK, x.length - i);
    for (let j = 0; j < count; j++) input[j] = x[i + j]!;
    kernels.call(name, from, to, CHUNK);
    y.set(output.subarray(0, count), i);
  }
  kernels.call('release', from);
  kernels.call('release', to);
  return y;
}

function random(seed: number): () => number {
  let low = seed >>> 0;
  const next = () => (low = (Math.imul(low, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return () => next() + next() / 2 ** 32;
}

function points(count: number, draw: ((u: () => number) => number)[]): Float64Array {
  const u = random(1);
  return Float64Array.from({ length: count }, (_, i) => draw[i % draw.length]!(u));
}

const sign = (u: () => number) => (u() < 0.5 ? -1 : 1);
const LN2 = Math.LN2;

/** Where the error of each function is tried in f64: all of its range, and densely where a reduction ends. */
const SWEEPS: Record<Name, { reference: (x: number) => Real; x: Float64Array }> = {
  exp: {
    reference: expReference,
    x: points(150_000, [
      (u) => 2 * u() - 1,
      (u) => -745.2 + 1455 * u(),
      (u) => -745.2 + 40 * u(),
      (u) => (Math.floor(200 * u()) - 99.5) * LN2 + 0.01 * (u() - 0.5),
      (u) => sign(u) * 2 ** (-1074 * u()),
    ]),
  },
  tanh: {
    reference: tanhReference,
    x: points(150_000, [
      (u) => 0.174 * sign(u) * u(),
      (u) => 0.173 + 0.08 * u(),
      (u) => 2 * u(),
      (u) => sign(u) * 22 * u(),
      (u) => 17 + 3 * u(),
      (u) => (Math.floor(30 * u()) + 0.5) * (LN2 / 2) + 0.01 * (u() - 0.5),
      (u) => sign(u) * 2 ** (-1074 * u()),
    ]),
  },
  log: {
    reference: logReference,
    x: points(100_000, [
      (u) => 2 * u(),
      (u) => 0.7 + 0.8 * u(),
      (u) => 2 ** (-1074 + 2098 * u()),
      (u) => 1 + sign(u) * 2 ** (-1 - 51 * u()),
      (u) => Math.max(u() * 2 ** -1022, 5e-324),
    ]),
  },
  log1p: {
    reference: log1pReference,
    x: points(60_000, [
      (u) => u(),
      (u) => 0.25 + 0.2 * u(),
      (u) => 2 ** (-60 * u()),
      (u) => 2 ** (-1074 * u()),
    ]),
  },
  gaussian: {
    reference: gaussianReference,
    x: points(60_000, [(u) => 2 * u() - 1, (u) => -8 * u(), (u) => 38.7 * u(), (u) => 2 ** (-1074 * u())]),
  },
  normalCdf: {
    reference: normalCdfReference,
    x: points(90_000, [
      (u) => 2 * u() - 1,
      (u) => -8 * u(),
      (u) => 10 * u(),
      (u) => -20 * u(),
      (u) => -20 - 18.7 * u(),
      // Where Φ is just below a power of two and e^(−x²/2) just above one, the error is largest.
      (u) => -1.14 - 0.03 * u(),
      (u) => sign(u) * 2 ** (-1074 * u()),
    ]),
  },
};

const references = new Map<Name, Real[]>();

/** The largest error in ULP, of those points of the sweep that are asked for, above what is allowed at each. */
function errorF64(
  probe: Probe,
  name: Name,
  among: (x: number) => boolean = () => true,
  allowed: (x: number) => number = () => 0,
): number {
  const { x } = SWEEPS[name];
  const y = map(probe, name, 'f64', x);
  const real = references.get(name)!;
  let worst = 0;
  for (let i = 0; i < x.length; i++) {
    if (!among(x[i]!)) continue;
    const error = ulpError(y[i]!, real[i]!) - allowed(x[i]!);
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

/** f(x) in double precision, which has 29 bits to spare; Φ by our own f64, which is within 60 ULP. */
function inDouble(probe: Probe, name: Name, x: Float32Array): ArrayLike<number> {
  if (name === 'normalCdf') return map(probe, name, 'f64', x);
  const f = name === 'gaussian' ? (v: number) => Math.exp((-v * v) / 2) : Math[name];
  return Float64Array.from(x, f);
}

/** As errorF64, but against double precision, at every 1021st of all bit patterns. */
function errorF32(
  probe: Probe,
  name: Name,
  among: (x: number) => boolean = () => true,
  allowed: (x: number) => number = () => 0,
): number {
  const bits = new Uint32Array(Math.floor(2 ** 32 / 1021));
  for (let i = 0; i < bits.length; i++) bits[i] = 1021 * i;
  const x = new Float32Array(bits.buffer).filter(among);
  const y = map(probe, name, 'f32', x);
  const reals = inDouble(probe, name, x);
  let worst = 0;
  for (let i = 0; i < x.length; i++) {
    const real = reals[i]!;
    const rounded = Math.fround(real);
    if (Object.is(y[i], rounded)) continue;
    const ulp = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(real))), -126) - 23);
    // NaN or infinity where the other has none never compares as smaller.
    const error = Math.abs(y[i]! - real) / ulp - allowed(x[i]!);
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

beforeAll(() => {
  for (const name of Object.keys(SWEEPS) as Name[]) {
    references.set(name, Array.from(SWEEPS[name].x, SWEEPS[name].reference));
  }
}, 30_000);

test('the reference knows e, tanh 1, log 10, log 1.5, Φ(−1) and Φ(−6) to 100 bits', () => {
  const bits = ({ value, scale }: Real) => value >> BigInt(scale - 100);
  const decimal = (digits: string) =>
    (BigInt(digits.replace('.', '')) << 100n) / 10n ** BigInt(digits.split('.')[1]!.length);
  // Digits of A001113, A073744 and A002392; the others by mpmath.
  expect(bits(expReference(1)) - decimal('2.7182818284590452353602874713526624977572')).toBeLessThan(2n);
  expect(bits(tanhReference(1)) - decimal('0.7615941559557648881194582826047935904127')).toBeLessThan(2n);
  expect(bits(logReference(10)) - decimal('2.3025850929940456840179914546843642076011')).toBeLessThan(2n);
  expect(bits(log1pReference(0.5)) - decimal('0.4054651081081643819780131154643491365720')).toBeLessThan(2n);
  expect(bits(normalCdfReference(-1)) - decimal('0.1586552539314570514147674543679620775221')).toBeLessThan(
    2n,
  );
  expect(bits(normalCdfReference(-6)) - decimal('0.0000000009865876450376981407008641323980')).toBeLessThan(
    2n,
  );
});

describe.each(probes)('%s', (_flavour, probe) => {
  test('exp f64 has an error below 1.35 ULP', () => expect(errorF64(probe, 'exp')).toBeLessThan(1.35));
  test('exp f32 has an error below 1.35 ULP', () => expect(errorF32(probe, 'exp')).toBeLessThan(1.35));
  test('tanh f64 has an error below 1.9 ULP', () => expect(errorF64(probe, 'tanh')).toBeLessThan(1.9));
  test('tanh f32 has an error below 1.95 ULP', () => expect(errorF32(probe, 'tanh')).toBeLessThan(1.95));
  test('log f64 has an error below 0.85 ULP', () => expect(errorF64(probe, 'log')).toBeLessThan(0.85));
  test('log f32 has an error below 0.85 ULP', () => expect(errorF32(probe, 'log')).toBeLessThan(0.85));

  test('log1p f64 has an error below 1.25 ULP in [0, 1]', () =>
    expect(errorF64(probe, 'log1p')).toBeLessThan(1.25));
  test('log1p f32 has an error below 1.25 ULP in [0, 1]', () =>
    expect(errorF32(probe, 'log1p', (x) => x >= 0 && x <= 1)).toBeLessThan(1.25));

  test.each([
    ['f64', errorF64],
    ['f32', errorF32],
  ])('gaussian %s has an error below 1.35 + x²/2 ULP', (_float, error) =>
    expect(
      error(
        probe,
        'gaussian',
        () => true,
        (x) => (x * x) / 2,
      ),
    ).toBeLessThan(1.35),
  );

  test('normalCdf f64 has an error below 3.7 ULP from −20 on', () =>
    expect(errorF64(probe, 'normalCdf', (x) => x >= -20)).toBeLessThan(3.7));
  test('normalCdf f64 has an error below 60 ULP before −20, subnormal results included', () =>
    expect(errorF64(probe, 'normalCdf', (x) => x < -20)).toBeLessThan(60));
  test('normalCdf f32 has an error below 3.7 ULP, subnormal results included', () =>
    expect(errorF32(probe, 'normalCdf')).toBeLessThan(3.7));

  test.each(['f32', 'f64'] as const)('%s: limits of exp', (float) => {
    const [lastFinite, firstInfinite, firstZero, lastZero] =
      float === 'f64'
        ? [709.782712893384, 709.7827128933841, -745.1332191019411, -745.1332191019412]
        : [88.72283172607422, 88.72283935546875, -103.97207641601562, -103.97208404541016];
    const y = map(probe, 'exp', float, [
      0,
      -0,
      Infinity,
      -Infinity,
      NaN,
      1e30,
      -1e30,
      lastFinite,
      firstInfinite,
      firstZero,
      lastZero,
      5e-324,
    ]);
    const least = float === 'f64' ? 2 ** -1074 : 2 ** -149;
    expect([...y.subarray(0, 7)]).toEqual([1, 1, Infinity, 0, NaN, Infinity, 0]);
    expect(y[7]).toBeLessThan(Infinity);
    expect([...y.subarray(8)]).toEqual([Infinity, least, 0, 1]);
  });

  test.each(['f32', 'f64'] as const)(
    '%s: tanh is x for tiny x, ±1 from far out, and never beyond',
    (float) => {
      const tiny =
        float === 'f64'
          ? [5e-324, -5e-324, 1e-310, 2 ** -1022, 1e-200, -1e-20]
          : [2 ** -149, -(2 ** -149), 2 ** -130, 2 ** -126, 2 ** -100, -(2 ** -20)];
      expect([...map(probe, 'tanh', float, [0, -0, ...tiny])]).toEqual([0, -0, ...tiny]);
      expect([...map(probe, 'tanh', float, [Infinity, -Infinity, NaN, 1e30, -1e30, 20, -20])]).toEqual([
        1,
        -1,
        NaN,
        1,
        -1,
        1,
        -1,
      ]);
      const x = Float64Array.from({ length: 100_000 }, (_, i) => i / 4000);
      expect(map(probe, 'tanh', float, x).every((y) => y <= 1)).toBe(true);
    },
  );

  test.each(['f32', 'f64'] as const)('%s: tanh(−x) = −tanh(x), to the bit', (float) => {
    const x = SWEEPS.tanh.x;
    const y = map(probe, 'tanh', float, x);
    expect(
      map(
        probe,
        'tanh',
        float,
        x.map((v) => -v),
      ),
    ).toEqual(y.map((v) => -v));
  });

  test.each(['f32', 'f64'] as const)('%s: limits of log', (float) => {
    const y = map(probe, 'log', float, [1, 0, -0, Infinity, -Infinity, -1, -1e-320, NaN]);
    expect([...y]).toEqual([
      0,
      -Infinity,
      -Infinity,
      Infinity,
      NaN,
      NaN,
      float === 'f64' ? NaN : -Infinity,
      NaN,
    ]);
  });

  test.each(['f32', 'f64'] as const)('%s: log1p is x for tiny x, and passes NaN', (float) => {
    const tiny =
      float === 'f64' ? [5e-324, 2 ** -1022, 1e-200, 1e-17] : [2 ** -149, 2 ** -126, 2 ** -100, 2 ** -26];
    expect([...map(probe, 'log1p', float, [0, ...tiny, NaN])]).toEqual([0, ...tiny, NaN]);
  });

  test.each(['f32', 'f64'] as const)('%s: Φ(0) = ½, Φ(−∞) = 0, Φ(∞) = 1, and NaN passes', (float) => {
    const x = [0, -0, Infinity, -Infinity, NaN, 1e30, -1e30, 39, -39, 5e-324, -5e-324];
    expect([...map(probe, 'normalCdf', float, x)]).toEqual([0.5, 0.5, 1, 0, NaN, 1, 0, 1, 0, 0.5, 0.5]);
  });

  test.each(['f32', 'f64'] as const)(
    '%s: Φ(x) = 1 − Φ(−x) for x > 0, to the bit, and between ½ and 1',
    (float) => {
      const x = SWEEPS.normalCdf.x.map(Math.abs);
      const right = map(probe, 'normalCdf', float, x);
      const left = map(
        probe,
        'normalCdf',
        float,
        x.map((v) => -v),
      );
      expect(right).toEqual(left.map((v) => 1 - v));
      expect(right.every((v) => v >= 0.5 && v <= 1)).toBe(true);
    },
  );

  test('sum and max take the lanes in their stated order, and max passes NaN', () => {
    const { f32, f64 } = probe;
    const four = f32.allocate(16);
    f32.view(four, 4).set([1e8, 1, -1e8, 1]);
    expect(f32.call('sum', four)).toBe(2);
    f32.view(four, 4).set([1, -2, 7, 3]);
    expect(f32.call('max', four)).toBe(7);
    f32.view(four, 4)[3] = NaN;
    expect(f32.call('max', four)).toBe(NaN);
    const two = f64.allocate(16);
    f64.view(two, 2).set([1, 0.5]);
    expect([f64.call('sum', two), f64.call('max', two)]).toEqual([1.5, 1]);
  });
});
