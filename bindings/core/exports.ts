import type { Precision } from '../options.js';

// Addresses are byte offsets into the core's memory; sizes are in bytes.

/** What the core does for each element type; shapes and formulas stand beside the code in assembly/. */
export interface Kernels {
  networkBytes(widths: number, depth: number): number;
  layNetwork(address: number, widths: number, depth: number): void;
  initialize(network: number, seed: number, scales: number): void;
  packWeights(
    network: number,
    l: number,
    block: number,
    first: number,
    count: number,
    source: number,
  ): number;
  packBiases(network: number, l: number, block: number, source: number): number;
  unpackWeights(
    network: number,
    l: number,
    block: number,
    first: number,
    count: number,
    target: number,
  ): void;
  unpackBiases(network: number, l: number, block: number, target: number): void;
  workspaceBytes(network: number, rows: number, backward: boolean): number;
  layWorkspace(address: number, network: number, rows: number, backward: boolean): void;
  blocksBytes(rows: number, cols: number, batch: number, wholeTiles: boolean): number;
  layBlocks(address: number, rows: number, cols: number, batch: number, wholeTiles: boolean): void;
  fillBlocks(blocks: number, first: number, count: number, source: number): number;
  train(
    network: number,
    space: number,
    gradients: number,
    x: number,
    y: number,
    passes: number,
    learningRate: number,
    costs: number,
  ): number;
  predict(network: number, space: number, rows: number, x: number, yHat: number): number;
  evaluate(network: number, space: number, x: number, y: number, result: number): void;
}

/** The core's exports: assembly/index.ts, seen from here. */
export type CoreExports = {
  readonly memory: { readonly buffer: ArrayBuffer };
  allocate(bytes: number): number;
  release(address: number): void;
  blockRowsFor(batch: number): number;
  parametersOf(network: number): number;
  parameterBytesOf(network: number): number;
} & { readonly [K in keyof Kernels as `${K}_${Precision}`]: Kernels[K] };

export function kernelsOf(exports: CoreExports, precision: Precision): Kernels {
  const suffix = `_${precision}`;
  const named = Object.entries(exports)
    .filter(([name]) => name.endsWith(suffix))
    .map(([name, kernel]) => [name.slice(0, -suffix.length), kernel]);
  return Object.fromEntries(named) as Kernels;
}
