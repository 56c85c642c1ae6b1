import type { RowSource } from '../row-source.js';
import type { Rows } from '../training/plan.js';
import type { Lease } from './lease.js';
import type { NetworkMemory } from './network-memory.js';
import { BYTES, stage } from './staging.js';
import type { Interruptible } from '../interruptible.js';

/** The caller's rows and targets in the core's memory, in the layout the kernels read. */
export interface DataSet {
  readonly x: number;
  readonly y: number;
  readonly rows: number;
  /** Rows of a block, the most that go through the network together. */
  readonly blockRows: number;
}

/**
 * Copies rows and targets, for batches of that many rows in their order or, shuffled, of any of them: then each row is
 * a block.
 *
 * @throws RangeError for a NaN or an infinity, OutOfMemoryError
 */
export function* copyDataSet(
  network: NetworkMemory,
  lease: Lease,
  { inputs, targets }: Rows,
  batch: number,
  shuffled: boolean,
  label: string,
): Interruptible<DataSet> {
  const stored = shuffled ? 1 : batch;
  return {
    x: yield* copyBlocks(network, lease, inputs, `${label}x`, stored, false),
    y: yield* copyBlocks(network, lease, targets, `${label}y`, stored, !shuffled),
    rows: inputs.rows,
    blockRows: network.core.exports.blockRowsFor(batch),
  };
}

function* copyBlocks(
  { core, precision }: NetworkMemory,
  lease: Lease,
  source: RowSource,
  label: string,
  batch: number,
  wholeTiles: boolean,
): Interruptible<number> {
  const { exports } = core;
  const size = BYTES[precision];
  const blocks = lease.allocate(exports.blocksBytes(source.rows, source.cols, size, batch, wholeTiles));
  exports.layBlocks(blocks, source.rows, source.cols, size, batch, wholeTiles);
  yield* stage(core, precision, source, label, (address, first, count) =>
    exports.fillBlocks(blocks, first, count, address),
  );
  return blocks;
}
