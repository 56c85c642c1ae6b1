import { MR } from './microkernel';
import { Network } from './network';
import { pack } from './pack';
import { PANEL_BYTES, blockBytes, blockStride, offsetOf, roundUp } from './panel';

/** The rows of a data set, cut into blocks that are each a matrix in panels. */

/**
 * A matrix (rows, cols) in blocks; the blocks follow this header. Every batch begins a block, so that a batch is
 * whole blocks. It has the same blocks for X and for Y.
 */
@unmanaged
@final
export class Blocks {
  rows: i32;
  cols: i32;
  /** Bytes of a number. */
  size: i32;
  /** Rows of a batch; of the last one perhaps fewer. */
  batch: i32;
  /** Rows of a block; of the last one of a batch perhaps fewer. */
  blockRows: i32;
  blocksPerBatch: i32;
  /** Bytes from one panel of a block to the next. */
  stride: usize;
  /** Bytes from one block to the next. */
  blockBytes: usize;

  /** Address of block number `block`. */
  @inline
  at(block: i32): usize {
    return changetype<usize>(this) + HEADER + <usize>block * this.blockBytes;
  }

  /** First block of the batch that begins at row `first`. */
  firstBlock(first: i32): i32 {
    return (first / this.batch) * this.blocksPerBatch;
  }
}

const HEADER: usize = 32;

/** The rows of a block for batches of that many: whole microtiles, or of fewer rows than that just these. */
export function blockRowsFor(network: Network, batch: i32): i32 {
  return batch < MR ? batch : roundUp(min(batch, network.blockRows), MR);
}

/**
 * Bytes of blocks for rows of a network's inputs or targets (rows, cols), in batches of that many. With whole tiles a
 * block of a single row has room for MR, as the targets need; X goes without, and takes no more than its rows.
 */
export function blocksBytes(network: Network, rows: i32, cols: i32, batch: i32, wholeTiles: bool): u64 {
  const blockRows = blockRowsFor(network, batch);
  const perBatch = (batch + blockRows - 1) / blockRows;
  const blocks = <u64>(rows / batch) * perBatch + ((rows % batch) + blockRows - 1) / blockRows;
  return <u64>HEADER + blocks * blockBytes(panelRows(blockRows, wholeTiles), cols, network.size);
}

function panelRows(blockRows: i32, wholeTiles: bool): i32 {
  return wholeTiles ? max(blockRows, MR) : blockRows;
}

/**
 * Blocks at an address with room for blocksBytes, of zeros: rows that a block misses to whole microtiles, if it has room for
 * them, are read with the others, and zeros add nothing. The rows are not filled.
 */
export function layBlocks(
  address: usize,
  network: Network,
  rows: i32,
  cols: i32,
  batch: i32,
  wholeTiles: bool,
): void {
  const blocks = changetype<Blocks>(address);
  blocks.rows = rows;
  blocks.cols = cols;
  blocks.size = network.size;
  blocks.batch = batch;
  blocks.blockRows = blockRowsFor(network, batch);
  blocks.blocksPerBatch = (batch + blocks.blockRows - 1) / blocks.blockRows;
  blocks.stride = blockStride(panelRows(blocks.blockRows, wholeTiles));
  blocks.blockBytes = <usize>blockBytes(panelRows(blocks.blockRows, wholeTiles), cols, network.size);
}

/**
 * Rows firstRow … firstRow+rowCount−1, of these columns from … from+width−1 ← row-major source (rowCount, width) of T.
 * Returns whether it is finite.
 *
 * @param from a multiple of a panel's width
 */
export function fillBlocks<T extends number>(
  blocks: Blocks,
  source: usize,
  firstRow: i32,
  rowCount: i32,
  from: i32,
  width: i32,
): bool {
  let finite = true;
  while (rowCount > 0) {
    const inBatch = firstRow % blocks.batch;
    const inBlock = inBatch % blocks.blockRows;
    const block = blocks.firstBlock(firstRow) + inBatch / blocks.blockRows;
    const run = min(min(rowCount, blocks.batch - inBatch), blocks.blockRows - inBlock);
    const to = blocks.at(block) + <usize>inBlock * PANEL_BYTES + offsetOf(from, blocks.stride, sizeof<T>());
    if (!pack<T>(run, width, source, to, blocks.stride)) finite = false;
    source += <usize>(run * width) * sizeof<T>();
    firstRow += run;
    rowCount -= run;
  }
  return finite;
}

/**
 * Block C ← so many bytes from `from` on, whole panels, of rows order[0] … order[count−1] (u32) of a matrix in blocks of one
 * row, and rows of zeros to a multiple of MR. A block of one row is contiguous, so a row is read as it lies.
 */
export function gather(
  blocks: Blocks,
  order: usize,
  count: i32,
  from: usize,
  bytes: usize,
  c: usize,
  cStride: usize,
): void {
  const whole = roundUp(count, MR);
  c += (from / PANEL_BYTES) * cStride;
  for (let i = 0; i < whole; i++, c += PANEL_BYTES) {
    const row = i < count ? blocks.at(load<u32>(order + ((<usize>i) << 2))) : 0;
    for (let at = from, to = c; at < from + bytes; at += PANEL_BYTES, to += cStride) {
      v128.store(to, row ? v128.load(row + at) : i64x2.splat(0));
      v128.store(to, row ? v128.load(row + at, 16) : i64x2.splat(0), 16);
    }
  }
}
