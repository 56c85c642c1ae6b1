// Addresses are byte offsets into the core's memory; sizes are in bytes.

/** The core's exports: assembly/index.ts, seen from here. */
export type CoreExports = {
  readonly memory: { readonly buffer: ArrayBuffer };
  networkBytes(widths: number, depth: number, size: number, moments: number): number;
  layNetwork(
    address: number,
    widths: number,
    depth: number,
    size: number,
    moments: number,
    tileRows: number,
  ): void;
  placeNetwork(address: number): void;
  initialize(network: number, seed: number, scales: number, uniform: boolean): void;
  packParameters(
    network: number,
    l: number,
    block: number,
    source: number,
    firstRow: number,
    rowCount: number,
    from: number,
    width: number,
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
  fillBlocks(
    blocks: number,
    source: number,
    firstRow: number,
    rowCount: number,
    from: number,
    width: number,
  ): number;
  train(job: number, work: number): number;
  gradient(job: number): number;
  /** The job then begins with its cost and how many rows are right, both f64 and summed over the rows. */
  evaluate(job: number, work: number): number;
  /** `space` has room for a workspace that does not go backward. */
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
  jobBytes(): number;
  /** Only a training has what may be left out. */
  layJob(
    job: number,
    network: number,
    space: number,
    x: number,
    y: number,
    batch: number,
    order?: number,
    gradients?: number,
    rates?: number,
    costs?: number,
  ): void;
  begin(job: number, passes: number): void;
  passOf(job: number): number;
};

/**
 * How a call of `train` or `evaluate` ended, of the core's enum Progress; 0 is finished, and above PAUSED is a pause amid
 * an update, which has to be made before the parameters are looked at.
 */
export const DIVERGED = 1;
export const PAUSED = 2;
