import type { Block } from '../core/lease.js';

/** What the worker begins with: the compiled core, and how large its memory is to be. */
export interface Start {
  readonly module: WebAssembly.Module;
  readonly pages: number;
}

/** A piece of memory with what is in it. */
export interface Piece {
  readonly address: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A function of the core to call, '' for none: before it, `piece` is written; after it, `back` is read. */
export interface Question {
  readonly name: string;
  readonly args: readonly number[];
  readonly piece: Piece;
  readonly back: Block;
}

/** What came of a call. */
export interface Answer {
  readonly value: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
