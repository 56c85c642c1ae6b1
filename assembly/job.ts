import { Blocks } from './blocks';
import { Dense } from './dense';
import { Network } from './network';
import { LayerSpace, Workspace } from './workspace';

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
 * What is done with rows: a training, or their evaluation. All that a step needs stands here, so that work can pause after
 * any block of rows, or any piece of a step (pieces.ts), and go on with the same bits. What is done in pieces passes over
 * all of them anew at each call, and does those that follow on the ones that are done.
 */
@unmanaged
@final
export class Job {
  /** Summed over the rows that are done the cost, of an evaluation without the term of l2, and how many are right. */
  cost: f64;
  hits: f64;
  network: Network;
  space: Workspace;
  /** X (rows, n₀), and Y (rows, n_L) or (rows, n_L + 1) with the weights of the rows. */
  x: Blocks;
  y: Blocks;
  /** How many rows of the batch, or of all that are evaluated, are done. */
  done: i32;
  /** What may still be done before the next pause, in multiply–adds or what takes as long. */
  work: f64;
  /** How many pieces of the stage at hand are done, and how many were passed over in this call. */
  pieces: i32;
  passed: i32;

  // What follows is a training's.

  /** A block laid out like the parameters; 0 of an evaluation. */
  gradients: usize;
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
  /** The pass that is being made, the first row of its batch, and the next block. */
  pass: i32;
  first: i32;
  block: i32;
  /** The way of the step; in pieces its Stage, its sum of squares, and whether its parameters are finite. */
  way: Way;
  stage: i32;
  squares: f64;
  healthy: bool;

  // What follows is the piece's at hand.

  /** The block of rows, its inputs and targets, and the factor of its error term. */
  rows: i32;
  input: usize;
  inputStride: usize;
  target: usize;
  targetStride: usize;
  scale: f64;
  /** The layer, and what of it and of the layer below is in the space. */
  layer: Dense;
  own: LayerSpace;
  below: LayerSpace;
  /** The product C = A·B, of so many terms; A is also that of the gradient Aᵀ·dZ. */
  a: usize;
  aStride: usize;
  b: usize;
  bStride: usize;
  c: usize;
  terms: i32;
  /** What of the judgement is made, an Output. */
  part: i32;

  /** The learning rate of the pass that is being made. */
  get rate(): f64 {
    return load<f64>(this.rates + ((<usize>this.pass) << 3));
  }

  /** That block of X and Y is at hand. */
  takeBlock(block: i32): void {
    this.input = this.x.at(block);
    this.inputStride = this.x.stride;
    this.target = this.y.at(block);
    this.targetStride = this.y.stride;
  }

  /** Layer l is at hand. */
  enter(l: i32): void {
    this.layer = this.network.layer(l);
    this.own = this.space.layer(l);
    this.below = this.space.layer(l - 1);
    this.a = l > 1 ? this.below.a : this.input;
    this.aStride = l > 1 ? this.space.stride : this.inputStride;
  }

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
