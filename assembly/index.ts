import { Blocks, blockRowsFor, blocksBytes, fillBlocks, layBlocks } from './blocks';
import {
  Network,
  initialize,
  layNetwork,
  networkBytes,
  packBiases,
  packWeights,
  unpackBiases,
  unpackWeights,
} from './network';
import { evaluate, predict, train } from './train';
import { Workspace, layWorkspace, workspaceBytes } from './workspace';

/** The export table: every generic pinned to f32 and f64. Sizes leave as f64, so that none can wrap around. */

export { blockRowsFor };

/** Address of a block of bytes, 16-byte aligned; traps when there is no room. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes);
}

export function release(address: usize): void {
  heap.free(address);
}

export function parametersOf(network: Network): usize {
  return network.parameters;
}

export function parameterBytesOf(network: Network): usize {
  return network.parameterBytes;
}

export function networkBytes_f32(widths: usize, depth: i32): f64 {
  return <f64>networkBytes<f32>(widths, depth);
}

export function networkBytes_f64(widths: usize, depth: i32): f64 {
  return <f64>networkBytes<f64>(widths, depth);
}

export function layNetwork_f32(address: usize, widths: usize, depth: i32): void {
  layNetwork<f32>(address, widths, depth);
}

export function layNetwork_f64(address: usize, widths: usize, depth: i32): void {
  layNetwork<f64>(address, widths, depth);
}

export function initialize_f32(network: Network, seed: f64, scales: usize): void {
  initialize<f32>(network, <u64>seed, scales);
}

export function initialize_f64(network: Network, seed: f64, scales: usize): void {
  initialize<f64>(network, <u64>seed, scales);
}

export function packWeights_f32(
  network: Network,
  l: i32,
  block: usize,
  first: i32,
  count: i32,
  source: usize,
): i32 {
  return packWeights<f32>(network, l, block, first, count, source);
}

export function packWeights_f64(
  network: Network,
  l: i32,
  block: usize,
  first: i32,
  count: i32,
  source: usize,
): i32 {
  return packWeights<f64>(network, l, block, first, count, source);
}

export function packBiases_f32(network: Network, l: i32, block: usize, source: usize): i32 {
  return packBiases<f32>(network, l, block, source);
}

export function packBiases_f64(network: Network, l: i32, block: usize, source: usize): i32 {
  return packBiases<f64>(network, l, block, source);
}

export function unpackWeights_f32(
  network: Network,
  l: i32,
  block: usize,
  first: i32,
  count: i32,
  target: usize,
): void {
  unpackWeights<f32>(network, l, block, first, count, target);
}

export function unpackWeights_f64(
  network: Network,
  l: i32,
  block: usize,
  first: i32,
  count: i32,
  target: usize,
): void {
  unpackWeights<f64>(network, l, block, first, count, target);
}

export function unpackBiases_f32(network: Network, l: i32, block: usize, target: usize): void {
  unpackBiases<f32>(network, l, block, target);
}

export function unpackBiases_f64(network: Network, l: i32, block: usize, target: usize): void {
  unpackBiases<f64>(network, l, block, target);
}

export function workspaceBytes_f32(network: Network, rows: i32, backward: bool): f64 {
  return <f64>workspaceBytes<f32>(network, rows, backward);
}

export function workspaceBytes_f64(network: Network, rows: i32, backward: bool): f64 {
  return <f64>workspaceBytes<f64>(network, rows, backward);
}

export function layWorkspace_f32(address: usize, network: Network, rows: i32, backward: bool): void {
  layWorkspace<f32>(address, network, rows, backward);
}

export function layWorkspace_f64(address: usize, network: Network, rows: i32, backward: bool): void {
  layWorkspace<f64>(address, network, rows, backward);
}

export function blocksBytes_f32(rows: i32, cols: i32, batch: i32, wholeTiles: bool): f64 {
  return <f64>blocksBytes<f32>(rows, cols, batch, wholeTiles);
}

export function blocksBytes_f64(rows: i32, cols: i32, batch: i32, wholeTiles: bool): f64 {
  return <f64>blocksBytes<f64>(rows, cols, batch, wholeTiles);
}

export function layBlocks_f32(address: usize, rows: i32, cols: i32, batch: i32, wholeTiles: bool): void {
  layBlocks<f32>(address, rows, cols, batch, wholeTiles);
}

export function layBlocks_f64(address: usize, rows: i32, cols: i32, batch: i32, wholeTiles: bool): void {
  layBlocks<f64>(address, rows, cols, batch, wholeTiles);
}

export function fillBlocks_f32(blocks: Blocks, first: i32, count: i32, source: usize): i32 {
  return fillBlocks<f32>(blocks, first, count, source);
}

export function fillBlocks_f64(blocks: Blocks, first: i32, count: i32, source: usize): i32 {
  return fillBlocks<f64>(blocks, first, count, source);
}

export function train_f32(
  network: Network,
  space: Workspace,
  gradients: usize,
  x: Blocks,
  y: Blocks,
  passes: i32,
  learningRate: f64,
  costs: usize,
): i32 {
  return train<f32>(network, space, gradients, x, y, passes, learningRate, costs);
}

export function train_f64(
  network: Network,
  space: Workspace,
  gradients: usize,
  x: Blocks,
  y: Blocks,
  passes: i32,
  learningRate: f64,
  costs: usize,
): i32 {
  return train<f64>(network, space, gradients, x, y, passes, learningRate, costs);
}

export function predict_f32(network: Network, space: Workspace, rows: i32, x: usize, yHat: usize): i32 {
  return predict<f32>(network, space, rows, x, yHat);
}

export function predict_f64(network: Network, space: Workspace, rows: i32, x: usize, yHat: usize): i32 {
  return predict<f64>(network, space, rows, x, yHat);
}

export function evaluate_f32(network: Network, space: Workspace, x: Blocks, y: Blocks, result: usize): void {
  evaluate<f32>(network, space, x, y, result);
}

export function evaluate_f64(network: Network, space: Workspace, x: Blocks, y: Blocks, result: usize): void {
  evaluate<f64>(network, space, x, y, result);
}
