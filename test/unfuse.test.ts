import { readFileSync } from 'node:fs';
import binaryen from 'binaryen';
import { expect, test } from 'vitest';
import { unfuse } from '../bindings/core/unfuse.js';

const built = (file: string): Buffer => readFileSync(new URL(`../build/${file}.wasm`, import.meta.url));

const MULTIPLY_ADD = /f\d\dx\d\.relaxed_madd/g;
const RELAXED = /relaxed/g;
const PRODUCT = /f\d\dx\d\.mul/g;

/** How often the text of a module, as Binaryen reads it, has a pattern; and its constants. */
function read(bytes: Uint8Array): { count: (pattern: RegExp) => number; constants: string[] } {
  const text = binaryen.readBinary(bytes).emitText();
  return {
    count: (pattern) => text.match(pattern)?.length ?? 0,
    constants: text.match(/\w+\.const [^)]*/g) ?? [],
  };
}

test.each(['relaxed-simd', 'kernels.relaxed-simd'])(
  'all multiply–adds of %s are taken apart, and nothing else changes',
  (file) => {
    const fused = read(built(file));
    const plain = read(unfuse(built(file)));
    const multiplyAdds = fused.count(MULTIPLY_ADD);
    expect(multiplyAdds).toBeGreaterThan(50);
    expect(fused.count(RELAXED)).toBe(multiplyAdds);
    expect(plain.count(RELAXED)).toBe(0);
    expect(plain.count(PRODUCT)).toBe(fused.count(PRODUCT) + multiplyAdds);
    expect(plain.constants).toEqual(fused.constants);
  },
);

/** A module of one function f(a, b, c, …) = a·b + c in the first lane, with so many parameters and locals. */
function moduleOf(parameters: number, locals: number, type: 'f64x2' | 'f32x4'): Uint8Array {
  const scalar = type.slice(0, 3);
  const splat = (i: number): string => `(${type}.splat (local.get ${i}))`;
  const module = binaryen.parseText(`(module (func (export "f")
    (param ${`${scalar} `.repeat(parameters)}) (result ${scalar})
    (local ${'v128 i32 '.repeat(locals)})
    (${type}.extract_lane 0 (${type}.relaxed_madd ${[0, 1, 2].map(splat).join(' ')}))))`);
  module.setFeatures(binaryen.Features.All);
  return module.emitBinary();
}

test.each([
  [3, 0],
  [5, 1],
  [3, 62],
  [130, 40],
])(
  '%i parameters and two times %i locals: a·b + c is rounded twice, in both types',
  async (parameters, locals) => {
    for (const [type, round, u] of [
      ['f64x2', (x: number) => x, 2 ** -52],
      ['f32x4', Math.fround, 2 ** -23],
    ] as const) {
      const { instance } = await WebAssembly.instantiate(unfuse(moduleOf(parameters, locals, type)));
      const f = instance.exports['f'] as (...values: number[]) => number;
      // (1 + u)² − 1 loses u² when the square is rounded by itself.
      expect(f(1 + u, 1 + u, -1)).toBe(2 * u);
      expect(f(0.1, 0.2, 0.3)).toBe(round(round(round(0.1) * round(0.2)) + round(0.3)));
      expect(f(2, NaN, 1)).toBeNaN();
      expect(f(-0, 1, -0)).toBe(-0);
    }
  },
);
