import type { Lease } from '../core/lease.js';
import type { NetworkMemory } from '../core/network-memory.js';
import type { ResolvedTrainOptions } from '../train-options.js';
import type { Steps, Work } from './work.js';

/** The best parameters so far, and whether there is still hope for better ones. */
export class Best {
  /** The pass that led to them; undefined before the first. */
  iteration: number | undefined;
  readonly #network: NetworkMemory;
  readonly #options: NonNullable<ResolvedTrainOptions['earlyStopping']>;
  readonly #block: number;
  #cost = Infinity;

  /** @throws OutOfMemoryError */
  constructor(
    network: NetworkMemory,
    lease: Lease,
    options: NonNullable<ResolvedTrainOptions['earlyStopping']>,
  ) {
    this.#network = network;
    this.#options = options;
    this.#block = lease.allocate(network.parameterBytes);
  }

  /** Takes the cost after a pass; true when as many passes as patience allows have brought no better one. */
  *after(pass: number, cost: number): Steps<boolean> {
    const { patience, minimumChange } = this.#options;
    if (cost < this.#cost - minimumChange) {
      this.#cost = cost;
      this.iteration = pass;
      yield this.#copy(this.#block, this.#network.parameters);
    }
    return pass - (this.iteration ?? -1) >= patience;
  }

  /** Puts the best parameters back. */
  *restore(): Steps<void> {
    if (this.iteration !== undefined) yield this.#copy(this.#network.parameters, this.#block);
  }

  #copy(target: number, source: number): Work {
    return { kind: 'copy', target, source, bytes: this.#network.parameterBytes };
  }
}
