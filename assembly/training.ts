import { Blocks } from './blocks';
import { Network } from './network';
import { Workspace } from './workspace';

/** How a call of `train` or `evaluate` ended; bindings/core/exports.ts has the numbers. */
export const enum Progress {
  /** All is done. */
  FINISHED,
  /** A cost or a parameter stopped being finite; the parameters are those before the update that failed, the moments 0. */
  DIVERGED,
  /** As much was done as was asked for; call again to go on. */
  PAUSED,
  /** The same amid an update: until that is made the parameters are neither the old ones nor the new ones. */
  UPDATING,
}

/** How a step is made. */
export const enum Way {
  /** It is yet to begin. */
  NONE,
  /** Block by block. */
  WHOLE,
  /** Piece by piece. */
  PIECES,
}

/**
 * How far work in pieces is (pieces.ts): work that pauses after any of them, to hold a thread no longer than may be. It
 * is done by passing over all pieces anew at each call, and doing those that follow on the ones that are done.
 */
@unmanaged
export class Pace {
  /** What may still be done before the next pause, in multiply–adds or what takes as long. */
  work: f64;
  /** How many pieces of the stage at hand are done, and how many were passed over in this call. */
  pieces: i32;
  passed: i32;

  /** Whether the next piece, so much work, is to be done now. */
  isDue(work: f64): bool {
    if (this.passed++ < this.pieces || this.work <= 0) return false;
    this.work -= work;
    this.pieces++;
    return true;
  }

  /** Whether all pieces that were passed over are done, and the next stage begins. */
  isOver(): bool {
    const over = this.pieces == this.passed;
    this.passed = 0;
    if (over) this.pieces = 0;
    return over;
  }
}

/**
 * A training and how far it is. All that a step needs stands here, so that a training can stop after any block of rows,
 * or any piece of its step, and go on with the same bits.
 */
@unmanaged
@final
export class Training extends Pace {
  network: Network;
  space: Workspace;
  /** A block laid out like the parameters. */
  gradients: usize;
  /** X (rows, n₀), and Y (rows, n_L) or (rows, n_L + 1) with the weights of the rows. */
  x: Blocks;
  y: Blocks;
  /** The rows' numbers (u32) in a new order each pass, X and Y then in blocks of one row; 0 takes them as they lie. */
  order: usize;
  /** Rows of an update, and of a block of them; what such a block takes, or if that is more an update. */
  batch: i32;
  blockRows: i32;
  blockWork: f64;
  /** Of each pass its learning rate and, once it is made, its mean cost; f64. */
  rates: usize;
  costs: usize;
  /** How many passes there are to make. */
  passes: i32;
  /** How many rows' numbers are in their new order. */
  shuffled: i32;
  /** The pass that is being made, the first row of its batch, how many rows of that are done, and the next block. */
  pass: i32;
  first: i32;
  done: i32;
  block: i32;
  /** Summed over the rows of the pass that are done. */
  cost: f64;
  /** The way of the step; in pieces its Stage, its sum of squares, and whether its parameters are finite. */
  way: Way;
  stage: i32;
  squares: f64;
  healthy: bool;

  /** The learning rate of the pass that is being made. */
  get rate(): f64 {
    return load<f64>(this.rates + ((<usize>this.pass) << 3));
  }
}

/** The cost of rows and how many of them are classified right, and how far that is. */
@unmanaged
@final
export class Evaluation extends Pace {
  network: Network;
  space: Workspace;
  x: Blocks;
  y: Blocks;
  /** How many rows are done, all before the first begins; how many were right; their summed cost, without the term of l2. */
  done: i32;
  hits: i32;
  cost: f64;
}
