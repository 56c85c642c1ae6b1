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
 * @param data takes them
 * @throws TypeError or RangeError for anything but an array for them, RangeError for a NaN or an infinity in the rows
 */
export function predict(
  network: NetworkMemory,
  inputs: RowSource,
  data: Float64Array | Float32Array = zeros(network.precision, inputs.rows * network.layers.at(-1)!),
): Matrix {
  const { core, precision, address, layers } = network;
  const { exports } = core;
  const { rows, cols } = inputs;
  const outputs = layers.at(-1)!;
  const yHat = new Matrix(rows, outputs, data);
  if (rows === 0) return yHat;

  const step = Math.min(rows, stagedRows(cols, precision, exports.blockRowsFor(address, rows)));
  // One after the other in the scratch block: the workspace, X in whole panels of 32 bytes, Ŷ.
  const spaceBytes = exports.workspaceBytes(address, rows, false);
  const xBytes = Math.ceil((step * cols * BYTES[precision]) / 32) * 32;
  const space = core.scratch(spaceBytes + xBytes + step * outputs * BYTES[precision]);
  const x = space + spaceBytes;
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
