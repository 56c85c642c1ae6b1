import type { RowSource } from '../row-source.js';
import type { Rows } from '../training/plan.js';
import type { Lease } from './lease.js';
import type { NetworkMemory } from './network-memory.js';
import { stage } from './staging.js';
import type { Interruptible } from '../interruptible.js';

/** The caller's rows and targets in the core's memory, in the layout the kernels read. */
export interface DataSet {
  readonly x: number;
  readonly y: number;
  readonly rows: number;
}

/**
 * Copies rows and targets, for batches of that many rows in their order, by default of all, or, shuffled, of any of them:
 * then each row is a block.
 *
 * @param label goes before x and y in messages
 * @throws RangeError for a NaN or an infinity, OutOfMemoryError
 */
export function* copyDataSet(
  network: NetworkMemory,
  lease: Lease,
  { inputs, targets }: Rows,
  label: string,
  batch: number = inputs.rows,
  shuffled = false,
): Interruptible<DataSet> {
  const stored = shuffled ? 1 : batch;
  return {
    x: yield* copyBlocks(network, lease, inputs, `${label}x`, stored, false),
    y: yield* copyBlocks(network, lease, targets, `${label}y`, stored, !shuffled),
    rows: inputs.rows,
  };
}

function* copyBlocks(
  { core, precision, address }: NetworkMemory,
  lease: Lease,
  source: RowSource,
  label: string,
  batch: number,
  wholeTiles: boolean,
): Interruptible<number> {
  const { exports } = core;
  const { rows, cols } = source;
  const bytes = exports.blocksBytes(address, rows, cols, batch, wholeTiles);
  // Blocks of one row have no room for others, which would have to be zeros.
  const blocks = batch > 1 || wholeTiles ? yield* lease.zeros(bytes) : lease.allocate(bytes);
  exports.layBlocks(blocks, address, rows, cols, batch, wholeTiles);
  yield* stage(lease, precision, source, label, (staged, first, count, from, width) =>
    exports.fillBlocks(blocks, staged, first, count, from, width),
  );
  return blocks;
}
