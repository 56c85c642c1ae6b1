"use strict";
var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.Random = void 0;
const log_1 = require("./log");
/**
 * xoshiro256++ 1.0 (Blackman and Vigna, 2019, public domain), 256 bits of state at an address,
 * and normal deviates by Marsaglia's polar method (1964).
 */
let Random = class Random {
    s0;
    s1;
    s2;
    s3;
    /** The state that follows from a seed, by four steps of SplitMix64 as the authors advise. */
    seed(seed) {
        this.s0 = splitMix64(seed + 1 * GOLDEN_GAMMA);
        this.s1 = splitMix64(seed + 2 * GOLDEN_GAMMA);
        this.s2 = splitMix64(seed + 3 * GOLDEN_GAMMA);
        this.s3 = splitMix64(seed + 4 * GOLDEN_GAMMA);
    }
    /** 64 random bits. */
    next() {
        const result = rotl(this.s0 + this.s3, 23) + this.s0;
        const t = this.s1 << 17;
        this.s2 ^= this.s0;
        this.s3 ^= this.s1;
        this.s1 ^= this.s2;
        this.s0 ^= this.s3;
        this.s2 ^= t;
        this.s3 = rotl(this.s3, 45);
        return result;
    }
    /** Uniform in [−1, 1), a multiple of 2⁻⁵². */
    uniform() {
        return (this.next() >> 11) * (1.0 / (1 << 52)) - 1;
    }
    /** N(0, 1); always in f64, so that both precisions start from the same network. */
    normal() {
        let u, s;
        do {
            u = this.uniform();
            const v = this.uniform();
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        return u * sqrt((-2 * f64x2.extract_lane((0, log_1.log)(f64x2.splat(s)), 0)) / s);
    }
};
exports.Random = Random;
exports.Random = Random = __decorate([
    unmanaged,
    final
], Random);
const GOLDEN_GAMMA = 0x9e3779b97f4a7c15;
/** SplitMix64's output function (Steele, Lea and Flood, 2014). */
function splitMix64(z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}
