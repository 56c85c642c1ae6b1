import { OutOfMemoryError } from '../errors.js';
import { countUp, type Interruptible } from '../interruptible.js';

const GOLDEN_GAMMA = 0x9e3779b97f4a7c15n;
const LARGEST_COUNT = 2 ** 32;

/**
 * xoshiro128** 1.1 (Blackman and Vigna, 2018, public domain), its state two steps of SplitMix64 from the seed, so
 * that every bit of the seed matters. Integers only: the same numbers on every engine.
 *
 * @param seed safe integer >= 0
 * @returns draws integers from 0 to limit − 1, all equally likely; limit from 1 to 2³²
 */
export function generator(seed: number): (limit: number) => number {
  const low = splitMix64(BigInt(seed) + GOLDEN_GAMMA);
  const high = splitMix64(BigInt(seed) + 2n * GOLDEN_GAMMA);
  let s0 = word(low);
  let s1 = word(low >> 32n);
  let s2 = word(high);
  let s3 = word(high >> 32n);

  function next(): number {
    const result = Math.imul(rotl(Math.imul(s1, 5), 7), 9) >>> 0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = rotl(s3, 11);
    return result;
  }

  return (limit) => {
    // Without the numbers above the last multiple of the limit, each remainder has as many of them.
    const end = LARGEST_COUNT - (LARGEST_COUNT % limit);
    let drawn: number;
    do drawn = next();
    while (drawn >= end);
    return drawn % limit;
  };
}

/**
 * The integers 0 … count − 1 in an order drawn from the seed, all orders equally likely (Fisher and Yates, 1938).
 *
 * @throws OutOfMemoryError
 */
export function* shuffled(count: number, seed: number): Interruptible<Uint32Array> {
  const order = yield* inOrder(count);
  const draw = generator(seed);
  yield* countUp(count - 1, (k) => {
    const i = count - 1 - k;
    const j = draw(i + 1);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  });
  return order;
}

/**
 * The integers 0 … count − 1.
 *
 * @throws OutOfMemoryError
 */
export function* inOrder(count: number): Interruptible<Uint32Array> {
  const order = rowNumbers(count);
  yield* countUp(count, (i) => (order[i] = i));
  return order;
}

/**
 * Room for that many row numbers.
 *
 * @throws OutOfMemoryError
 */
export function rowNumbers(count: number): Uint32Array {
  try {
    if (count <= LARGEST_COUNT) return new Uint32Array(count);
  } catch {}
  throw new OutOfMemoryError(count * Uint32Array.BYTES_PER_ELEMENT);
}

/** SplitMix64's output function (Steele, Lea and Flood, 2014). */
function splitMix64(state: bigint): bigint {
  let z = BigInt.asUintN(64, state);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

function word(bits: bigint): number {
  return Number(BigInt.asIntN(32, bits));
}

function rotl(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}
