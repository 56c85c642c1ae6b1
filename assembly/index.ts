import {
  Blocks,
  blockRowsFor,
  blocksBytes as bytesOfBlocks,
  fillBlocks as fillBlocksIn,
  layBlocks,
} from './blocks';
import {
  Network,
  initialize as initializeIn,
  layNetwork,
  networkBytes as bytesOfNetwork,
  packParameters as packParametersIn,
  parameterOf,
  placeNetwork,
  unpackParameters as unpackParametersIn,
} from './network';
import { evaluate, predict as predictIn } from './inference';
import { workOfBlock } from './pieces';
import { gradient as gradientIn, train } from './train';
import { Evaluation, Training } from './training';
import { Workspace, layWorkspace, workspaceBytes as bytesOfWorkspace } from './workspace';

/** The export table. What is generic runs for the numbers of its network. Sizes leave as f64, so that none can wrap around. */

export { blockRowsFor, evaluate, layBlocks, layNetwork, layWorkspace, parameterOf, placeNetwork, train };

/** Address of a block of bytes, 16-byte aligned; traps when there is no room. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes);
}

export function release(address: usize): void {
  heap.free(address);
}

/** Address of the parameters, −1, or of a moment of the optimiser: blocks of one size, one after the other. */
export function blockOf(network: Network, moment: i32): usize {
  return network.moment(moment);
}

/** Address of five 64-bit words: how many updates were made, and the state of the random generator. */
export function stateOf(network: Network): usize {
  return changetype<usize>(network) + offsetof<Network>('step');
}

export function setActivation(network: Network, l: i32, activation: i32): void {
  network.layer(l).activation = activation;
}

/** All settings but the activations, before any workspace is laid. */
export function configure(
  network: Network,
  output: i32,
  dropout: f64,
  l2: f64,
  clipNorm: f64,
  optimizer: i32,
  s0: f64,
  s1: f64,
  s2: f64,
  s3: f64,
): void {
  network.output = output;
  network.dropout = dropout;
  network.l2 = l2;
  network.clipNorm = clipNorm;
  network.optimizer = optimizer;
  network.setting0 = s0;
  network.setting1 = s1;
  network.setting2 = s2;
  network.setting3 = s3;
}

/** target ← source; both blocks of that many bytes. */
export function copy(target: usize, source: usize, bytes: usize): void {
  memory.copy(target, source, bytes);
}

/** Bytes of a Training, a multiple of 8; an Evaluation needs no more. */
export function trainingBytes(): usize {
  return (max(offsetof<Training>(), offsetof<Evaluation>()) + 7) & ~7;
}

export function layTraining(
  training: Training,
  network: Network,
  space: Workspace,
  gradients: usize,
  x: Blocks,
  y: Blocks,
  order: usize,
  batch: i32,
  rates: usize,
  costs: usize,
): void {
  training.network = network;
  training.space = space;
  training.gradients = gradients;
  training.x = x;
  training.y = y;
  training.order = order;
  training.batch = batch;
  training.blockRows = blockRowsFor(network, batch);
  training.blockWork = workOfBlock(network, training.blockRows);
  training.rates = rates;
  training.costs = costs;
  begin(training, 0);
}

/** That many passes are to be made next. */
export function begin(training: Training, passes: i32): void {
  training.passes = passes;
  training.pass = 0;
  training.first = 0;
  training.block = 0;
  training.cost = 0;
  training.shuffled = 0;
  training.way = 0;
  training.stage = 0;
  training.pieces = 0;
  training.passed = 0;
}

/** How many passes were made since `begin`. */
export function passOf(training: Training): i32 {
  return training.pass;
}

export function hitsOf(evaluation: Evaluation): i32 {
  return evaluation.hits;
}

export function costOf(evaluation: Evaluation): f64 {
  return evaluation.cost;
}

export function layEvaluation(
  evaluation: Evaluation,
  network: Network,
  space: Workspace,
  x: Blocks,
  y: Blocks,
): void {
  evaluation.network = network;
  evaluation.space = space;
  evaluation.x = x;
  evaluation.y = y;
  evaluation.done = x.rows;
  evaluation.pieces = 0;
  evaluation.passed = 0;
}

export function networkBytes(widths: usize, depth: i32, size: i32, moments: i32): f64 {
  return <f64>bytesOfNetwork(widths, depth, size, moments);
}

export function workspaceBytes(network: Network, batch: i32, backward: bool): f64 {
  return <f64>bytesOfWorkspace(network, batch, backward);
}

export function blocksBytes(network: Network, rows: i32, cols: i32, batch: i32, wholeTiles: bool): f64 {
  return <f64>bytesOfBlocks(network, rows, cols, batch, wholeTiles);
}

export function initialize(network: Network, seed: f64, scales: usize, uniform: bool): void {
  if (network.size == 4) initializeIn<f32>(network, <u64>seed, scales, uniform);
  else initializeIn<f64>(network, <u64>seed, scales, uniform);
}

export function packParameters(
  network: Network,
  l: i32,
  block: usize,
  first: i32,
  count: i32,
  source: usize,
): i32 {
  return network.size == 4
    ? packParametersIn<f32>(network, l, block, first, count, source)
    : packParametersIn<f64>(network, l, block, first, count, source);
}

export function unpackParameters(
  network: Network,
  l: i32,
  block: usize,
  first: i32,
  count: i32,
  target: usize,
): void {
  if (network.size == 4) unpackParametersIn<f32>(network, l, block, first, count, target);
  else unpackParametersIn<f64>(network, l, block, first, count, target);
}

export function fillBlocks(blocks: Blocks, first: i32, count: i32, source: usize): i32 {
  return blocks.size == 4
    ? fillBlocksIn<f32>(blocks, first, count, source)
    : fillBlocksIn<f64>(blocks, first, count, source);
}

export function gradient(training: Training): f64 {
  return training.network.size == 4 ? gradientIn<f32>(training) : gradientIn<f64>(training);
}

export function predict(network: Network, space: Workspace, rows: i32, x: usize, yHat: usize): i32 {
  return network.size == 4
    ? predictIn<f32>(network, space, rows, x, yHat)
    : predictIn<f64>(network, space, rows, x, yHat);
}
