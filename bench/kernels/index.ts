/** The kernels that the benchmark measures one by one, pinned to f32 and f64; never shipped. */
import { Network } from '../../assembly/network';
import { Random } from '../../assembly/random';
import { limit } from './limit';
import { activations, clips, costs, drops, network, penalties, slopes, updates } from './parts';
import { packedNN, productNN, productNT, productTN } from './products';
import { exps, tanhs, tilesNN, tilesTN } from './tiles';

export function allocate(bytes: usize): usize {
  return heap.alloc(bytes);
}

export function release(address: usize): void {
  heap.free(address);
}

export function limit_f32(steps: i32, multiplier: f32, addend: f32): f32 {
  return limit<f32>(steps, multiplier, addend);
}

export function limit_f64(steps: i32, multiplier: f64, addend: f64): f64 {
  return limit<f64>(steps, multiplier, addend);
}

export function tilesNN_f32(most: i32, times: i32, k: i32, a: usize, b: usize, c: usize): void {
  tilesNN<f32>(most, times, k, a, b, c);
}

export function tilesNN_f64(most: i32, times: i32, k: i32, a: usize, b: usize, c: usize): void {
  tilesNN<f64>(most, times, k, a, b, c);
}

export function tilesTN_f32(most: i32, times: i32, k: i32, a: usize, b: usize, c: usize): void {
  tilesTN<f32>(most, times, k, a, b, c);
}

export function tilesTN_f64(most: i32, times: i32, k: i32, a: usize, b: usize, c: usize): void {
  tilesTN<f64>(most, times, k, a, b, c);
}

export function exps_f32(times: i32, count: i32, x: usize, y: usize): void {
  exps<f32>(times, count, x, y);
}

export function exps_f64(times: i32, count: i32, x: usize, y: usize): void {
  exps<f64>(times, count, x, y);
}

export function tanhs_f32(times: i32, count: i32, x: usize, y: usize): void {
  tanhs<f32>(times, count, x, y);
}

export function tanhs_f64(times: i32, count: i32, x: usize, y: usize): void {
  tanhs<f64>(times, count, x, y);
}

export function productNN_f32(most: i32, m: i32, n: i32, k: i32, x: usize, w: usize, z: usize): void {
  productNN<f32>(most, m, n, k, x, w, z);
}

export function productNN_f64(most: i32, m: i32, n: i32, k: i32, x: usize, w: usize, z: usize): void {
  productNN<f64>(most, m, n, k, x, w, z);
}

export function packedNN_f32(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  x: usize,
  w: usize,
  z: usize,
  block: usize,
): void {
  packedNN<f32>(most, m, n, k, x, w, z, block);
}

export function packedNN_f64(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  x: usize,
  w: usize,
  z: usize,
  block: usize,
): void {
  packedNN<f64>(most, m, n, k, x, w, z, block);
}

export function productNT_f32(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  delta: usize,
  w: usize,
  dX: usize,
  transposed: usize,
): void {
  productNT<f32>(most, m, n, k, delta, w, dX, transposed);
}

export function productNT_f64(
  most: i32,
  m: i32,
  n: i32,
  k: i32,
  delta: usize,
  w: usize,
  dX: usize,
  transposed: usize,
): void {
  productNT<f64>(most, m, n, k, delta, w, dX, transposed);
}

export function productTN_f32(most: i32, m: i32, n: i32, k: i32, x: usize, delta: usize, dW: usize): void {
  productTN<f32>(most, m, n, k, x, delta, dW);
}

export function productTN_f64(most: i32, m: i32, n: i32, k: i32, x: usize, delta: usize, dW: usize): void {
  productTN<f64>(most, m, n, k, x, delta, dW);
}

export function activations_f32(m: i32, n: i32, z: usize, s: usize, activation: i32): void {
  activations<f32>(m, n, z, s, activation);
}

export function activations_f64(m: i32, n: i32, z: usize, s: usize, activation: i32): void {
  activations<f64>(m, n, z, s, activation);
}

export function slopes_f32(m: i32, n: i32, a: usize, s: usize, activation: i32): void {
  slopes<f32>(m, n, a, s, activation);
}

export function slopes_f64(m: i32, n: i32, a: usize, s: usize, activation: i32): void {
  slopes<f64>(m, n, a, s, activation);
}

export function drops_f32(m: i32, n: i32, a: usize, s: usize, random: Random, share: f64): void {
  drops<f32>(m, n, a, s, random, share);
}

export function drops_f64(m: i32, n: i32, a: usize, s: usize, random: Random, share: f64): void {
  drops<f64>(m, n, a, s, random, share);
}

export function costs_f32(m: i32, n: i32, z: usize, y: usize, scratch: usize, output: i32): f64 {
  return costs<f32>(m, n, z, y, scratch, output);
}

export function costs_f64(m: i32, n: i32, z: usize, y: usize, scratch: usize, output: i32): f64 {
  return costs<f64>(m, n, z, y, scratch, output);
}

export function network_f32(n0: i32, n1: i32, n2: i32): Network {
  return network<f32>(n0, n1, n2);
}

export function network_f64(n0: i32, n1: i32, n2: i32): Network {
  return network<f64>(n0, n1, n2);
}

export function updates_f32(
  network: Network,
  gradients: usize,
  rate: f64,
  optimizer: i32,
  s0: f64,
  s1: f64,
  s2: f64,
  s3: f64,
): bool {
  return updates<f32>(network, gradients, rate, optimizer, s0, s1, s2, s3);
}

export function updates_f64(
  network: Network,
  gradients: usize,
  rate: f64,
  optimizer: i32,
  s0: f64,
  s1: f64,
  s2: f64,
  s3: f64,
): bool {
  return updates<f64>(network, gradients, rate, optimizer, s0, s1, s2, s3);
}

export function penalties_f32(network: Network, gradients: usize, l2: f64): f64 {
  return penalties<f32>(network, gradients, l2);
}

export function penalties_f64(network: Network, gradients: usize, l2: f64): f64 {
  return penalties<f64>(network, gradients, l2);
}

export function clips_f32(network: Network, gradients: usize, norm: f64): bool {
  return clips<f32>(network, gradients, norm);
}

export function clips_f64(network: Network, gradients: usize, norm: f64): bool {
  return clips<f64>(network, gradients, norm);
}
