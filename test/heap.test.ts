import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Kernels } from './kernels/load.js';

/** assembly/heap.ts in a memory of its own. */
class Heap {
  readonly #kernels = new Kernels('simd', 'f64');

  allocate(bytes: number): number {
    return this.#kernels.call('allocate', bytes) >>> 0;
  }

  release(address: number): void {
    this.#kernels.call('release', address);
  }

  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#kernels.buffer, address, length);
  }

  get size(): number {
    return this.#kernels.buffer.byteLength;
  }
}

const MIB = 2 ** 20;

test('blocks are aligned and keep what is in them, whatever else is taken and given back', () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ take: fc.nat({ max: 5000 }) }) },
    { weight: 2, arbitrary: fc.record({ give: fc.nat() }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const heap = new Heap();
      const blocks: { address: number; bytes: number; mark: number }[] = [];
      steps.forEach((step, mark) => {
        if ('take' in step) {
          const address = heap.allocate(step.take);
          expect(address % 16).toBe(0);
          heap.bytes(address, step.take).fill(mark);
          blocks.push({ address, bytes: step.take, mark });
        } else if (blocks.length > 0) {
          const [block] = blocks.splice(step.give % blocks.length, 1);
          heap.release(block!.address);
        }
      });
      for (const { address, bytes, mark } of blocks)
        expect(new Set(heap.bytes(address, bytes))).toEqual(new Set(bytes > 0 ? [mark] : []));
    }),
  );
});

test('what was given back is one again: in any order of that, the same blocks fit and then one of all', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 40 });
  const order = sizes.chain((bytes) =>
    fc.tuple(
      fc.constant(bytes),
      fc.shuffledSubarray(
        bytes.map((_, i) => i),
        { minLength: bytes.length },
      ),
    ),
  );
  fc.assert(
    fc.property(order, ([bytes, givenBack]) => {
      const heap = new Heap();
      const take = (): number[] => bytes.map((size) => heap.allocate(size));
      const first = take();
      const { size } = heap;
      for (const i of givenBack) heap.release(first[i]!);
      expect(take()).toEqual(first);
      for (const i of givenBack) heap.release(first[i]!);
      expect(heap.allocate(bytes.reduce((sum, each) => sum + each))).toBe(first[0]);
      expect(heap.size).toBe(size);
    }),
  );
});

test('a gap is taken again by what fits into it, and its rest by the next', () => {
  const heap = new Heap();
  const [gap, beyond] = [heap.allocate(1000), heap.allocate(1000)];
  heap.release(gap);
  expect(heap.allocate(1100)).toBeGreaterThan(beyond);
  expect(heap.allocate(500)).toBe(gap);
  const rest = heap.allocate(400);
  expect(rest).toBeGreaterThan(gap);
  expect(rest).toBeLessThan(beyond);
});

test('memory grows by no more than is asked for, and a page', () => {
  const heap = new Heap();
  const before = heap.size;
  heap.allocate(100 * MIB);
  expect(heap.size - before).toBeGreaterThanOrEqual(100 * MIB);
  expect(heap.size - before).toBeLessThanOrEqual(100 * MIB + 65_536);
});

test('a block may take nearly all of 4 GiB; what has no room traps, and all is as before', () => {
  const heap = new Heap();
  const small = heap.allocate(16);
  const large = heap.allocate(4095 * MIB);
  heap.bytes(large, 4095 * MIB)[4095 * MIB - 1] = 7;
  for (const bytes of [MIB, 4095 * MIB, 2 ** 32 - 64])
    expect(() => heap.allocate(bytes)).toThrow(WebAssembly.RuntimeError);
  expect(heap.bytes(large, 4095 * MIB)[4095 * MIB - 1]).toBe(7);
  heap.release(large);
  expect(heap.allocate(4095 * MIB)).toBe(large);
  heap.release(small);
  expect(heap.allocate(16)).toBe(small);
});
