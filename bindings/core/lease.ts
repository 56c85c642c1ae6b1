import type { Core } from './core.js';

/** A piece of the core's memory. */
export interface Block {
  address: number;
  readonly bytes: number;
}

/** Blocks that are given back together. */
export class Lease {
  readonly #core: Core;
  readonly #blocks: Block[] = [];

  constructor(core: Core) {
    this.#core = core;
  }

  get blocks(): readonly Block[] {
    return this.#blocks;
  }

  /** @throws OutOfMemoryError */
  allocate(bytes: number): number {
    return this.block(bytes).address;
  }

  /** @throws OutOfMemoryError */
  block(bytes: number): Block {
    const block = { address: this.#core.allocate(bytes), bytes };
    this.#blocks.push(block);
    return block;
  }

  release(): void {
    for (const { address } of this.#blocks.splice(0)) this.#core.release(address);
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
