import type { RowSource } from '../row-source.js';
import type { Lease } from './lease.js';
import type { NetworkMemory } from './network-memory.js';
import { stage } from './staging.js';

/** The caller's rows and targets in the core's memory, in the layout the kernels read. */
export interface DataSet {
  readonly x: number;
  readonly y: number;
  readonly rows: number;
  /** Rows of a block, the most that go through the network together. */
  readonly blockRows: number;
}

/**
 * Copies rows and targets, for batches of that many rows.
 *
 * @throws RangeError for a NaN or an infinity, OutOfMemoryError
 */
export function copyDataSet(
  network: NetworkMemory,
  lease: Lease,
  inputs: RowSource,
  targets: RowSource,
  batchSize: number,
): DataSet {
  const batch = Math.min(batchSize, inputs.rows);
  return {
    x: copyBlocks(network, lease, inputs, 'x', batch, false),
    y: copyBlocks(network, lease, targets, 'y', batch, true),
    rows: inputs.rows,
    blockRows: network.core.exports.blockRowsFor(batch),
  };
}

function copyBlocks(
  { core, kernels, precision }: NetworkMemory,
  lease: Lease,
  source: RowSource,
  label: string,
  batch: number,
  wholeTiles: boolean,
): number {
  const blocks = lease.allocate(kernels.blocksBytes(source.rows, source.cols, batch, wholeTiles));
  kernels.layBlocks(blocks, source.rows, source.cols, batch, wholeTiles);
  stage(core, precision, source, label, (address, first, count) =>
    kernels.fillBlocks(blocks, first, count, address),
  );
  return blocks;
}
