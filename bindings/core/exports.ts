// Addresses are byte offsets into the core's memory; sizes are in bytes.

/** The core's exports: assembly/index.ts, seen from here. */
export type CoreExports = {
  readonly memory: { readonly buffer: ArrayBuffer };
  networkBytes(widths: number, depth: number, size: number, moments: number): number;
  layNetwork(address: number, widths: number, depth: number, size: number, moments: number): void;
  placeNetwork(address: number): void;
  initialize(network: number, seed: number, scales: number, uniform: boolean): void;
  packParameters(
    network: number,
    l: number,
    block: number,
    first: number,
    count: number,
    source: number,
  ): number;
  unpackParameters(
    network: number,
    l: number,
    block: number,
    first: number,
    count: number,
    target: number,
  ): void;
  parameterOf(network: number, l: number, block: number, i: number, j: number): number;
  workspaceBytes(network: number, batch: number, backward: boolean): number;
  layWorkspace(address: number, network: number, batch: number, backward: boolean): void;
  blocksBytes(network: number, rows: number, cols: number, batch: number, wholeTiles: boolean): number;
  layBlocks(
    address: number,
    network: number,
    rows: number,
    cols: number,
    batch: number,
    wholeTiles: boolean,
  ): void;
  fillBlocks(blocks: number, first: number, count: number, source: number): number;
  train(training: number, work: number): number;
  gradient(training: number): number;
  evaluate(evaluation: number, work: number): number;
  predict(network: number, space: number, rows: number, x: number, yHat: number): number;
  allocate(bytes: number): number;
  release(address: number): void;
  copy(target: number, source: number, bytes: number): void;
  blockRowsFor(network: number, batch: number): number;
  blockOf(network: number, moment: number): number;
  stateOf(network: number): number;
  setActivation(network: number, l: number, activation: number): void;
  configure(
    network: number,
    output: number,
    dropout: number,
    l2: number,
    clipNorm: number,
    optimizer: number,
    s0: number,
    s1: number,
    s2: number,
    s3: number,
  ): void;
  layTraining(
    training: number,
    network: number,
    space: number,
    gradients: number,
    x: number,
    y: number,
    order: number,
    batch: number,
    rates: number,
    costs: number,
  ): void;
  trainingBytes(): number;
  begin(training: number, passes: number): void;
  passOf(training: number): number;
  layEvaluation(evaluation: number, network: number, space: number, x: number, y: number): void;
  hitsOf(evaluation: number): number;
  costOf(evaluation: number): number;
};

/**
 * How a call of `train` or `evaluate` ended, of the core's enum Progress; 0 is finished, and above PAUSED is a pause amid
 * an update, which has to be made before the parameters are looked at.
 */
export const DIVERGED = 1;
export const PAUSED = 2;
