// The naive twins of the fast kernels, in plain float64.

/** mulberry32: uniform numbers in [−1, 1) for test data, the same in every run. */
export function uniforms(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** A product beside the sum of its terms' magnitudes, by which its rounding errors are bounded. */
export interface Product {
  readonly value: Float64Array;
  readonly magnitude: Float64Array;
}

/** C + op(A)·op(B), row-major; op(A) (m, k), op(B) (k, n) and C (m, n), each given by its element. */
export function multiply(
  m: number,
  n: number,
  k: number,
  a: (i: number, p: number) => number,
  b: (p: number, j: number) => number,
  c: (i: number, j: number) => number,
): Product {
  const value = new Float64Array(m * n);
  const magnitude = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = c(i, j);
      let terms = Math.abs(sum);
      for (let p = 0; p < k; p++) {
        sum += a(i, p) * b(p, j);
        terms += Math.abs(a(i, p) * b(p, j));
      }
      value[i * n + j] = sum;
      magnitude[i * n + j] = terms;
    }
  return { value, magnitude };
}
