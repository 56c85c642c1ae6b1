import { expect, test } from 'vitest';
import { BINARIES, Kernels } from './kernels/load.js';

const MASK = (1n << 64n) - 1n;
const rotl = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (64n - k))) & MASK;

/** SplitMix64 and xoshiro256++ as their authors' C programs have them, in BigInt. */
function reference(seed: bigint): () => bigint {
  let z = seed;
  const splitMix64 = (): bigint => {
    z = (z + 0x9e3779b97f4a7c15n) & MASK;
    let x = z;
    x = ((x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
    x = ((x ^ (x >> 27n)) * 0x94d049bb133111ebn) & MASK;
    return x ^ (x >> 31n);
  };
  const s = [splitMix64(), splitMix64(), splitMix64(), splitMix64()] as [bigint, bigint, bigint, bigint];
  return () => {
    const result = (rotl((s[0] + s[3]) & MASK, 23n) + s[0]) & MASK;
    const t = (s[1] << 17n) & MASK;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45n);
    return result;
  };
}

/** Marsaglia's polar method on those bits, with the host's logarithm. */
function referenceNormals(seed: bigint, count: number): number[] {
  const next = reference(seed);
  const uniform = (): number => Number(next() >> 11n) / 2 ** 52 - 1;
  return Array.from({ length: count }, () => {
    for (;;) {
      const u = uniform();
      const v = uniform();
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
    }
  });
}

function normals(kernels: Kernels, seed: number, count: number): Float64Array {
  const target = kernels.allocate(count * 8);
  kernels.call('normals', kernels.allocate(32), seed, target, count);
  return kernels.f64(target, count).slice();
}

test.each(BINARIES)('normals of the %s binary are those of a second implementation', (binary) => {
  const kernels = new Kernels(binary, 'f64');
  for (const seed of [0, 1, 42, Number.MAX_SAFE_INTEGER]) {
    const want = referenceNormals(BigInt(seed), 200);
    const worst = normals(kernels, seed, 200).reduce(
      (most, x, i) => Math.max(most, Math.abs(x - want[i]!)),
      0,
    );
    expect(worst).toBeLessThan(1e-14);
  }
});

test('a million normals have the moments of N(0, 1) within four standard errors', () => {
  const n = 1_000_000;
  const x = normals(new Kernels('simd', 'f64'), 7, n);
  const moment = (power: number): number => x.reduce((sum, value) => sum + value ** power, 0) / n;
  // Var(Xᵏ) = E X²ᵏ − (E Xᵏ)²: 1, 2, 15 and 96 for k = 1 … 4
  for (const [power, expected, variance] of [
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
  ] as const) {
    expect(Math.abs(moment(power) - expected)).toBeLessThan(4 * Math.sqrt(variance / n));
  }
});
