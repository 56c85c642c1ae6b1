import { Blocks } from './blocks';
import { Network } from './network';
import { Workspace } from './workspace';

/**
 * A training and how far it is. All that a step needs stands here, so that a training can stop after any block of rows
 * and go on with the same bits.
 */
@unmanaged
@final
export class Training {
  network: Network;
  space: Workspace;
  /** A block laid out like the parameters. */
  gradients: usize;
  /** X (rows, n₀), and Y (rows, n_L) or (rows, n_L + 1) with the weights of the rows. */
  x: Blocks;
  y: Blocks;
  /** The rows' numbers (u32) in a new order each pass, X and Y then in blocks of one row; 0 takes them as they lie. */
  order: usize;
  /** Rows of an update, and of a block of them. */
  batch: i32;
  blockRows: i32;
  /** Of each pass its learning rate and, once it is made, its mean cost; f64. */
  rates: usize;
  costs: usize;
  /** How many passes there are to make. */
  passes: i32;
  /** The pass that is being made, the first row of its batch, how many rows of that are done, and the next block. */
  pass: i32;
  first: i32;
  done: i32;
  block: i32;
  /** Summed over the rows of the pass that are done. */
  cost: f64;
}

/** The cost of rows and how many of them are classified right, and how far that is. */
@unmanaged
@final
export class Evaluation {
  network: Network;
  space: Workspace;
  x: Blocks;
  y: Blocks;
  /** How many rows are done, all before the first begins; how many were right; their summed cost, without the term of l2. */
  done: i32;
  hits: i32;
  cost: f64;
}
