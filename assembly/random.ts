import { log } from './log';

/**
 * xoshiro256++ 1.0 (Blackman and Vigna, 2019, public domain), 256 bits of state at an address,
 * and normal deviates by Marsaglia's polar method (1964).
 */
@unmanaged
@final
export class Random {
  private s0: u64;
  private s1: u64;
  private s2: u64;
  private s3: u64;

  /** The state that follows from a seed, by four steps of SplitMix64 as the authors advise. */
  seed(seed: u64): void {
    this.s0 = splitMix64(seed + 1 * GOLDEN_GAMMA);
    this.s1 = splitMix64(seed + 2 * GOLDEN_GAMMA);
    this.s2 = splitMix64(seed + 3 * GOLDEN_GAMMA);
    this.s3 = splitMix64(seed + 4 * GOLDEN_GAMMA);
  }

  /** 64 random bits. Inlined, as dropout draws for every pair of activations: with a call, its step took a third more. */
  @inline
  next(): u64 {
    const result = rotl<u64>(this.s0 + this.s3, 23) + this.s0;
    const t = this.s1 << 17;
    this.s2 ^= this.s0;
    this.s3 ^= this.s1;
    this.s1 ^= this.s2;
    this.s0 ^= this.s3;
    this.s2 ^= t;
    this.s3 = rotl<u64>(this.s3, 45);
    return result;
  }

  /** Uniform in [−1, 1), a multiple of 2⁻⁵². */
  uniform(): f64 {
    return <f64>(this.next() >> 11) * (1.0 / <f64>(1 << 52)) - 1;
  }

  /** Uniform in 0 … limit − 1, without bias: Lemire's multiplication, 2019. */
  below(limit: u32): u32 {
    let product = <u64>(<u32>this.next()) * limit;
    if (<u32>product < limit) {
      const threshold: u32 = (0 - limit) % limit;
      while (<u32>product < threshold) product = <u64>(<u32>this.next()) * limit;
    }
    return <u32>(product >> 32);
  }

  /** N(0, 1); always in f64, so that both precisions start from the same network. */
  normal(): f64 {
    let u: f64, s: f64;
    do {
      u = this.uniform();
      const v = this.uniform();
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    return u * sqrt<f64>((-2 * f64x2.extract_lane(log<f64>(f64x2.splat(s)), 0)) / s);
  }
}

const GOLDEN_GAMMA: u64 = 0x9e3779b97f4a7c15;

/** SplitMix64's output function (Steele, Lea and Flood, 2014). */
function splitMix64(z: u64): u64 {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}
