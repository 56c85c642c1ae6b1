import type { Core } from './core.js';

/** Blocks that are given back together. */
export class Lease {
  readonly #core: Core;
  readonly #addresses: number[] = [];

  constructor(core: Core) {
    this.#core = core;
  }

  /** @throws OutOfMemoryError */
  allocate(bytes: number): number {
    const address = this.#core.allocate(bytes);
    this.#addresses.push(address);
    return address;
  }

  release(): void {
    for (const address of this.#addresses.splice(0)) this.#core.release(address);
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
