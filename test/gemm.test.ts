import { describe, expect, test } from 'vitest';
import { BINARIES, ELEMENT_TYPES, Kernels, type ElementType } from './kernels/load.js';
import { multiply, uniforms, type Product } from './reference.js';

const ROUNDOFF: Readonly<Record<ElementType, number>> = { f64: 2 ** -53, f32: 2 ** -24 };

const SMALL = Array.from({ length: 18 }, (_, i) => i);
const LARGE: readonly (readonly [m: number, n: number, k: number])[] = [
  [40, 128, 784],
  [37, 131, 67],
  [1, 129, 257],
  [1, 10, 784],
  [101, 3, 33],
  [63, 65, 129],
  [5, 257, 101],
];

/** A matrix of test numbers, exact in both types: row-major, and in panels of the kernels. */
class Operand {
  readonly values: Float64Array;
  readonly address: number;
  readonly stride: number;
  readonly #kernels: Kernels;
  readonly #shape: readonly [rows: number, cols: number];

  constructor(
    kernels: Kernels,
    rows: number,
    cols: number,
    next: () => number,
    stride = kernels.call('blockStride', rows),
  ) {
    this.#kernels = kernels;
    this.#shape = [rows, cols];
    this.values = Float64Array.from({ length: rows * cols }, () => Math.fround(next()));
    this.stride = stride;
    this.address = kernels.allocate(Math.ceil(cols / (32 / kernels.bytes)) * stride);
    const source = kernels.allocate(rows * cols * kernels.bytes);
    kernels.view(source, rows * cols).set(this.values);
    kernels.call('pack', rows, cols, source, this.address, stride);
  }

  /** Element (i, j) as it was at first. */
  readonly at = (i: number, j: number): number => this.values[i * this.#shape[1] + j]!;

  /** What the panels hold now, row-major. */
  read(): Float64Array {
    const [rows, cols] = this.#shape;
    // Its rows may lie past the end of memory.
    if (cols === 0) return new Float64Array();
    const target = this.#kernels.allocate(rows * cols * this.#kernels.bytes);
    this.#kernels.call('unpack', rows, cols, this.address, this.stride, target);
    return Float64Array.from(this.#kernels.view(target, rows * cols));
  }
}

/** Panels of parameters: one row for the bias, k rows, zeros to a multiple of 4 more. */
function parameterStride(k: number): number {
  return (1 + Math.ceil(k / 4) * 4) * 32;
}

/** The largest error as a share of what so many roundings may do at worst: n·u·Σ|terms|. */
function worstShare(got: Float64Array, want: Product, roundings: number, type: ElementType): number {
  let worst = 0;
  for (const [i, value] of want.value.entries()) {
    const error = Math.abs(got[i]! - value);
    const share = error === 0 ? 0 : error / (roundings * ROUNDOFF[type] * want.magnitude[i]!);
    if (!(share <= worst)) worst = share;
  }
  return worst;
}

/** How far a product of tiles of up to `most` rows errs. */
type Check = (kernels: Kernels, most: number, m: number, n: number, k: number, next: () => number) => number;

/** Rows of a microtile: short ones only, or tall ones too. */
const TILE_ROWS = [4, 6];

const zero = (): number => 0;

/** C ← 1·b + A·B */
const checkNN: Check = (kernels, most, m, n, k, next) => {
  const a = new Operand(kernels, m, k, next);
  const b = new Operand(kernels, 1 + k, n, next, parameterStride(k));
  const c = new Operand(kernels, m, n, next);
  kernels.call('gemmNN', most, m, n, k, a.address, a.stride, b.address, b.stride, c.address, c.stride);
  const B = (p: number, j: number): number => b.at(1 + p, j);
  const want = multiply(m, n, k, a.at, B, (_, j) => b.at(0, j));
  return worstShare(c.read(), want, 2 * k + 2, kernels.type);
};

/** C ← A·Bᵀ: B is transposed into panels of its own, then NN */
const checkNT: Check = (kernels, most, m, n, k, next) => {
  const a = new Operand(kernels, m, k, next);
  const b = new Operand(kernels, Math.ceil(n / 4) * 4, k, next);
  const stride = kernels.call('transposedStride', k);
  const bytes = Math.ceil(n / (32 / kernels.bytes)) * stride;
  const transposed = kernels.allocate(bytes);
  kernels.view(transposed, bytes / kernels.bytes).fill(0);
  kernels.call('packTransposed', n, k, b.address, b.stride, transposed);
  const c = new Operand(kernels, m, n, next);
  kernels.call('gemmNN', most, m, n, k, a.address, a.stride, transposed, stride, c.address, c.stride);
  const want = multiply(m, n, k, a.at, (p, j) => b.at(j, p), zero);
  return worstShare(c.read(), want, 2 * k + 2, kernels.type);
};

/** C ← Aᵀ·B, or C + Aᵀ·B; A (k, m), B (k, n) */
const checkTN =
  (accumulate: boolean): Check =>
  (kernels, most, m, n, k, next) => {
    const a = new Operand(kernels, k, m, next);
    const b = new Operand(kernels, k, n, next);
    const c = new Operand(kernels, m, n, next, parameterStride(m));
    const places = [a.address, a.stride, b.address, b.stride, c.address, c.stride];
    kernels.call('gemmTN', most, m, n, k, ...places, accumulate);
    const want = multiply(m, n, k, (i, p) => a.at(p, i), b.at, accumulate ? c.at : zero);
    return worstShare(c.read(), want, 2 * k + 2, kernels.type);
  };

/** c ← 1ᵀ·B, or c + 1ᵀ·B; B (k, n), whatever m */
const checkSums =
  (accumulate: boolean): Check =>
  (kernels, _most, _m, n, k, next) => {
    const b = new Operand(kernels, k, n, next);
    const c = new Operand(kernels, 1, n, next, parameterStride(1));
    kernels.call('columnSums', n, k, b.address, b.stride, c.address, c.stride, accumulate);
    const want = multiply(1, n, k, () => 1, b.at, accumulate ? c.at : zero);
    return worstShare(c.read(), want, 2 * k + 2, kernels.type);
  };

describe.each(BINARIES)('in the %s binary', (binary) => {
  describe.each(ELEMENT_TYPES)('in %s', (type) => {
    test.each<[name: string, check: Check]>([
      ['NN', checkNN],
      ['NT', checkNT],
      ['TN', checkTN(false)],
      ['TN accumulating', checkTN(true)],
      ['column sums', checkSums(false)],
      ['column sums accumulating', checkSums(true)],
    ])('%s errs by no more than its roundings at every small and some large sizes', (_, check) => {
      const next = uniforms(1);
      const failures: string[] = [];
      let kernels = new Kernels(binary, type);
      const attempt = (m: number, n: number, k: number): void => {
        for (const most of TILE_ROWS) {
          const share = check(kernels, most, m, n, k, next);
          if (!(share <= 1)) failures.push(`${m}×${n}×${k} in tiles of ${most}: ${share}`);
        }
      };
      for (const m of SMALL) {
        kernels = new Kernels(binary, type);
        for (const n of SMALL) for (const k of SMALL) attempt(m, n, k);
      }
      for (const [m, n, k] of LARGE) attempt(m, n, k);
      expect(failures).toEqual([]);
    });

    test('tall tiles give the bits of short ones', () => {
      const next = uniforms(5);
      for (const [m, n, k] of LARGE.filter(([rows]) => rows > 1)) {
        const kernels = new Kernels(binary, type);
        const a = new Operand(kernels, m, k, next);
        const b = new Operand(kernels, 1 + k, n, next, parameterStride(k));
        const delta = new Operand(kernels, m, n, next);
        const [short, tall] = TILE_ROWS.map((most) => {
          const c = new Operand(kernels, m, n, zero);
          kernels.call(
            'gemmNN',
            most,
            m,
            n,
            k,
            a.address,
            a.stride,
            b.address,
            b.stride,
            c.address,
            c.stride,
          );
          const dW = new Operand(kernels, k, n, zero, parameterStride(k));
          const places = [a.address, a.stride, delta.address, delta.stride, dW.address, dW.stride];
          kernels.call('gemmTN', most, k, n, m, ...places, true);
          return [c.read(), dW.read()];
        });
        expect(tall).toEqual(short);
      }
    });

    test('one row alone has the bits it has among others', () => {
      const next = uniforms(3);
      const kernels = new Kernels(binary, type);
      for (const [n, k] of [
        [10, 784],
        [129, 33],
        [3, 1],
      ] as const) {
        const a = new Operand(kernels, 8, k, next);
        const b = new Operand(kernels, 1 + k, n, next, parameterStride(k));
        const c = new Operand(kernels, 8, n, next);
        kernels.call('gemmNN', 4, 8, n, k, a.address, a.stride, b.address, b.stride, c.address, c.stride);
        const row = kernels.allocate(k * kernels.bytes);
        kernels.view(row, k).set(a.values.subarray(5 * k, 6 * k));
        const alone = new Operand(kernels, 1, n, next);
        kernels.call('gemmNN', 4, 1, n, k, row, 32, b.address, b.stride, alone.address, alone.stride);
        expect(alone.read()).toEqual(c.read().slice(5 * n, 6 * n));
      }
    });
  });
});
