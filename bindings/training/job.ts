import { copyDataSet, type DataSet } from '../core/data-set.js';
import type { Block, Lease } from '../core/lease.js';
import type { NetworkMemory } from '../core/network-memory.js';
import { BYTES } from '../core/staging.js';
import type { Interruptible } from '../interruptible.js';
import type { Plan } from './plan.js';

/** Passes that one call into the core makes at most, so that their rates and costs need little room. */
const PASSES_AT_ONCE = 4096;

/** What a training has in the core's memory. */
export interface Job {
  /** The core's Job. */
  readonly training: number;
  /** The gradients, laid out like the parameters. */
  readonly gradients: number;
  /** The core's Job for the rows that the training is judged by, if any. */
  readonly evaluation: number;
  /** f64, one for each of the passes that one call makes at most. */
  readonly rates: number;
  readonly costs: number;
  readonly passesAtOnce: number;
  /** The core's jobs, rates and costs: all that goes to and fro between here and where the work is done. */
  readonly mailbox: Block;
  /** Rows that the training is judged by; 0 without. */
  readonly judgedRows: number;
}

/**
 * Copies the rows and lays every buffer that the training needs.
 *
 * @throws OutOfMemoryError, RangeError for a NaN or an infinity in the data
 */
export function* layJob(network: NetworkMemory, lease: Lease, plan: Plan): Interruptible<Job> {
  const { core, address } = network;
  const { exports } = core;
  const { batchSize, shuffle, iterations, earlyStopping } = plan.options;
  const { rows } = plan.rows.inputs;
  const batch = Math.min(batchSize, rows);
  const shuffled = shuffle && batch < rows;
  const data = yield* copyDataSet(network, lease, plan.rows, '', batch, shuffled);

  let judged: DataSet | undefined;
  if (plan.validation) judged = yield* copyDataSet(network, lease, plan.validation, plan.validationLabel);
  else if (earlyStopping)
    judged = shuffled || batch < rows ? yield* copyDataSet(network, lease, plan.rows, '') : data;

  const judgedRows = judged?.rows ?? 0;
  const most = Math.max(batch, judgedRows);
  const space = yield* lease.zeros(exports.workspaceBytes(address, most, true));
  exports.layWorkspace(space, address, most, true);
  const gradients = lease.allocate(network.parameterBytes);
  const order = shuffled ? lease.allocate(rows * Uint32Array.BYTES_PER_ELEMENT) : 0;

  const passesAtOnce = judged ? 1 : Math.min(Math.max(1, iterations), PASSES_AT_ONCE);
  const numbers = passesAtOnce * BYTES.f64;
  const headBytes = exports.jobBytes();
  const bytes = 2 * (headBytes + numbers);
  const training = lease.allocate(bytes);
  const evaluation = training + headBytes;
  const rates = evaluation + headBytes;
  const costs = rates + numbers;
  exports.layJob(training, address, space, data.x, data.y, batch, order, gradients, rates, costs);
  if (judged) exports.layJob(evaluation, address, space, judged.x, judged.y, judgedRows);
  return {
    training,
    gradients,
    evaluation,
    rates,
    costs,
    passesAtOnce,
    mailbox: { address: training, bytes },
    judgedRows,
  };
}
