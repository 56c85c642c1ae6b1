"use strict";
var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.Blocks = void 0;
exports.blockRowsFor = blockRowsFor;
exports.blocksBytes = blocksBytes;
exports.layBlocks = layBlocks;
exports.fillBlocks = fillBlocks;
const microkernel_1 = require("./microkernel");
const pack_1 = require("./pack");
const panel_1 = require("./panel");
/**
 * The rows of a data set, cut into blocks that are each a matrix in panels.
 *
 * A block's activations stay in the cache while it goes through the whole network and back. At 40 rows the weights
 * are read seldom enough and a panel of X (1,280 bytes) is still a guest of the L1 cache; measured f64 784-128:
 * 24 rows 27.0, 32 rows 25.0, 40 rows 26.9, 64 rows 20.6 GFLOP/s.
 */
const MAX_BLOCK_ROWS = 40;
/**
 * A matrix (rows, cols) in blocks; the blocks follow this header. Every batch begins a block, so that a batch is
 * whole blocks. It has the same blocks for X and for Y.
 */
let Blocks = class Blocks {
    rows;
    cols;
    /** Rows of a batch; of the last one perhaps fewer. */
    batch;
    /** Rows of a block; of the last one of a batch perhaps fewer. */
    blockRows;
    blocksPerBatch;
    /** Bytes from one panel of a block to the next. */
    stride;
    /** Bytes from one block to the next. */
    blockBytes;
    /** Address of block number `block`. */
    at(block) {
        return changetype(this) + HEADER + block * this.blockBytes;
    }
    /** First block of the batch that begins at row `first`. */
    firstBlock(first) {
        return (first / this.batch) * this.blocksPerBatch;
    }
};
exports.Blocks = Blocks;
__decorate([
    inline
], Blocks.prototype, "at", null);
exports.Blocks = Blocks = __decorate([
    unmanaged,
    final
], Blocks);
const HEADER = 32;
/** The rows of a block for batches of that many: the batch in equal parts, each whole microtiles. */
function blockRowsFor(batch) {
    const parts = (batch + MAX_BLOCK_ROWS - 1) / MAX_BLOCK_ROWS;
    const even = (batch + parts - 1) / parts;
    return even < microkernel_1.MR ? even : (0, panel_1.roundUp)(even, microkernel_1.MR);
}
/** Bytes of blocks for a matrix (rows, cols) in batches of that many rows. */
function blocksBytes(rows, cols, batch) {
    const blockRows = blockRowsFor(batch);
    const perBatch = (batch + blockRows - 1) / blockRows;
    const blocks = (rows / batch) * perBatch + ((rows % batch) + blockRows - 1) / blockRows;
    return HEADER + blocks * (0, panel_1.blockBytes)(blockRows, cols);
}
/** Blocks at an address with room for blocksBytes; the rows are not filled. */
function layBlocks(address, rows, cols, batch) {
    const blocks = changetype(address);
    blocks.rows = rows;
    blocks.cols = cols;
    blocks.batch = batch;
    blocks.blockRows = blockRowsFor(batch);
    blocks.blocksPerBatch = (batch + blocks.blockRows - 1) / blocks.blockRows;
    blocks.stride = (0, panel_1.blockStride)(blocks.blockRows);
    blocks.blockBytes = (0, panel_1.blockBytes)(blocks.blockRows, cols);
}
/**
 * Rows first … first+count−1 ← row-major source of T.
 * Returns the row-major index within source of the first value that is not finite, or −1.
 */
function fillBlocks(blocks, first, count, source) {
    const rowBytes = blocks.cols * sizeof();
    for (let done = 0; done < count;) {
        const inBatch = (first + done) % blocks.batch;
        const inBlock = inBatch % blocks.blockRows;
        const block = blocks.firstBlock(first + done) + inBatch / blocks.blockRows;
        const run = min(count - done, min(blocks.blockRows - inBlock, blocks.batch - inBatch));
        const to = blocks.at(block) + inBlock * panel_1.PANEL_BYTES;
        const bad = (0, pack_1.pack)(run, blocks.cols, source + done * rowBytes, to, blocks.stride);
        if (bad >= 0)
            return done * blocks.cols + bad;
        done += run;
    }
    return -1;
}
