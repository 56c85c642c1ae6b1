import { zeros } from './arrays.js';
import { copyDataSet } from './core/data-set.js';
import { leasing } from './core/lease.js';
import type { NetworkMemory } from './core/network-memory.js';
import { BYTES, refusal, stagedRows } from './core/staging.js';
import { complete } from './interruptible.js';
import { Matrix } from './matrix.js';
import type { RowSource } from './row-source.js';
import type { Rows } from './training/plan.js';

/**
 * The network's outputs, row by row.
 *
 * @throws RangeError for a NaN or an infinity in the data
 */
export function predict(network: NetworkMemory, inputs: RowSource): Matrix {
  const { core, precision, address, layers } = network;
  const { exports } = core;
  const { rows, cols } = inputs;
  const outputs = layers.at(-1)!;
  const yHat = new Matrix(rows, outputs, zeros(precision, rows * outputs));
  if (rows === 0) return yHat;

  const step = Math.min(rows, stagedRows(cols, precision, exports.blockRowsFor(address, rows)));
  // One after the other in the scratch block, each from a multiple of 16 bytes: the workspace, X, Ŷ.
  const spaceBytes = exports.workspaceBytes(address, rows, false);
  const xBytes = Math.ceil((step * cols * BYTES[precision]) / 16) * 16;
  const space = core.scratch(spaceBytes + xBytes + step * outputs * BYTES[precision]);
  const x = space + spaceBytes;
  exports.layWorkspace(space, address, rows, false);
  for (let first = 0; first < rows; first += step) {
    const count = Math.min(step, rows - first);
    const values = core.view(precision, x, count * cols);
    inputs.copyTo(values, first, count, 0, cols);
    if (!exports.predict(address, space, count, x, x + xBytes)) throw refusal(inputs, 'x', values, first, 0);
    yHat.data.set(core.view(precision, x + xBytes, count * outputs), first * outputs);
  }
  return yHat;
}

/**
 * The mean cost over rows, without the term of l2.
 *
 * @throws OutOfMemoryError, RangeError for a NaN or an infinity in the data
 */
export function meanCost(network: NetworkMemory, rows: Rows): number {
  const { core, address } = network;
  const { exports } = core;
  return leasing(core, (lease) => {
    const data = complete(copyDataSet(network, lease, rows, ''));
    // The cost is summed over whole vectors of rows: a single row leaves others unwritten, which have to be finite.
    const space = complete(lease.zeros(exports.workspaceBytes(address, data.rows, false)));
    exports.layWorkspace(space, address, data.rows, false);
    const evaluation = lease.allocate(exports.jobBytes());
    exports.layJob(evaluation, address, space, data.x, data.y, data.rows);
    exports.evaluate(evaluation, Infinity);
    return core.view('f64', evaluation, 1)[0]! / data.rows;
  });
}
