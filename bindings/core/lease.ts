import { PIECE_BYTES, type Interruptible } from '../interruptible.js';
import type { Core } from './core.js';

/** A piece of the core's memory. */
export interface Block {
  address: number;
  readonly bytes: number;
}

/** Blocks that are given back together. */
export class Lease {
  readonly core: Core;
  readonly blocks: Block[] = [];

  constructor(core: Core) {
    this.core = core;
  }

  /** @throws OutOfMemoryError */
  allocate(bytes: number): number {
    return this.block(bytes).address;
  }

  /** @throws OutOfMemoryError */
  block(bytes: number): Block {
    const block = { address: this.core.allocate(bytes), bytes };
    this.blocks.push(block);
    return block;
  }

  /**
   * Address of a new block of zeros, written some at a time: memory that was never touched takes the longest.
   *
   * @param bytes a multiple of 8
   * @throws OutOfMemoryError
   */
  *zeros(bytes: number): Interruptible<number> {
    const address = this.allocate(bytes);
    for (let done = 0; done < bytes; done += PIECE_BYTES) {
      this.core.view('f64', address + done, Math.min(PIECE_BYTES, bytes - done) / 8).fill(0);
      yield;
    }
    return address;
  }

  release(): void {
    for (const { address } of this.blocks.splice(0)) this.core.release(address);
  }
}

/** Runs with a lease that ends with it, however it ends. */
export function leasing<R>(core: Core, run: (lease: Lease) => R): R {
  const lease = new Lease(core);
  try {
    return run(lease);
  } finally {
    lease.release();
  }
}
