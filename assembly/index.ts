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
  unpackParameters,
} from './network';
import { evaluate, predict as predictIn } from './inference';
import { allocate, release } from './heap';
import { Job } from './job';
import { gradient, workOfBlock } from './pieces';
import { train } from './train';
import { Workspace, layWorkspace, workspaceBytes as bytesOfWorkspace } from './workspace';

/** The export table. What is generic runs for the numbers of its network. Sizes leave as f64, so that none can wrap around. */

export {
  allocate,
  blockRowsFor,
  evaluate,
  gradient,
  layBlocks,
  layNetwork,
  layWorkspace,
  parameterOf,
  placeNetwork,
  release,
  train,
  unpackParameters,
};

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

/** Bytes of a Job, a multiple of 8. */
export function jobBytes(): usize {
  return (offsetof<Job>() + 7) & ~7;
}

/** A training; an evaluation has neither gradients nor rates nor costs. */
export function layJob(
  job: Job,
  network: Network,
  space: Workspace,
  x: Blocks,
  y: Blocks,
  batch: i32,
  order: usize,
  gradients: usize,
  rates: usize,
  costs: usize,
): void {
  job.network = network;
  job.space = space;
  job.x = x;
  job.y = y;
  job.order = order;
  job.batch = batch;
  job.blockRows = blockRowsFor(network, batch);
  job.blockWork = workOfBlock(network, job.blockRows);
  job.gradients = gradients;
  job.rates = rates;
  job.costs = costs;
  job.done = x.rows;
  begin(job, 0);
}

/** That many passes are to be made next. */
export function begin(job: Job, passes: i32): void {
  job.passes = passes;
  job.pass = 0;
  job.first = 0;
  job.block = 0;
  job.cost = 0;
  job.shuffled = 0;
  job.way = 0;
  job.stage = 0;
  job.squares = 0;
  job.pieces = 0;
  job.passed = 0;
}

/** How many passes were made since `begin`. */
export function passOf(job: Job): i32 {
  return job.pass;
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
  source: usize,
  firstRow: i32,
  rowCount: i32,
  from: i32,
  width: i32,
): bool {
  return network.size == 4
    ? packParametersIn<f32>(network, l, block, source, firstRow, rowCount, from, width)
    : packParametersIn<f64>(network, l, block, source, firstRow, rowCount, from, width);
}

export function fillBlocks(
  blocks: Blocks,
  source: usize,
  firstRow: i32,
  rowCount: i32,
  from: i32,
  width: i32,
): bool {
  return blocks.size == 4
    ? fillBlocksIn<f32>(blocks, source, firstRow, rowCount, from, width)
    : fillBlocksIn<f64>(blocks, source, firstRow, rowCount, from, width);
}

export function predict(network: Network, space: Workspace, rows: i32, x: usize, yHat: usize): bool {
  layWorkspace(changetype<usize>(space), network, rows, false);
  return network.size == 4
    ? predictIn<f32>(network, space, rows, x, yHat)
    : predictIn<f64>(network, space, rows, x, yHat);
}
