import { copyDataSet } from './core/data-set.js';
import { leasing } from './core/lease.js';
import type { NetworkMemory } from './core/network-memory.js';
import { BYTES, refusal, stagedRows, zeros } from './core/staging.js';
import { Matrix } from './matrix.js';
import type { Evaluation } from './results.js';
import type { RowSource } from './row-source.js';

/**
 * The network's outputs, row by row.
 *
 * @throws RangeError for a NaN or an infinity in the data
 */
export function predict(network: NetworkMemory, inputs: RowSource): Matrix {
  const { core, kernels, precision, address, layers } = network;
  const { rows, cols } = inputs;
  const outputs = layers.at(-1)!;
  const yHat = new Matrix(rows, outputs, zeros(precision, rows * outputs));
  if (rows === 0) return yHat;

  const blockRows = core.exports.blockRowsFor(rows);
  const step = Math.min(rows, stagedRows(cols, precision, blockRows));
  // One after the other in the scratch block, each from a multiple of 16 bytes: the workspace, X, Ŷ.
  const spaceBytes = kernels.workspaceBytes(address, blockRows, false);
  const xBytes = Math.ceil((step * cols * BYTES[precision]) / 16) * 16;
  const space = core.scratch(spaceBytes + xBytes + step * outputs * BYTES[precision]);
  const x = space + spaceBytes;
  kernels.layWorkspace(space, address, blockRows, false);
  for (let first = 0; first < rows; first += step) {
    const count = Math.min(step, rows - first);
    inputs.copyTo(core.view(precision, x, count * cols), first, count);
    const bad = kernels.predict(address, space, count, x, x + xBytes);
    if (bad >= 0) throw refusal(inputs, 'x', first + Math.floor(bad / cols), bad % cols);
    yHat.data.set(core.view(precision, x + xBytes, count * outputs), first * outputs);
  }
  return yHat;
}

/**
 * Cost and accuracy over rows and targets.
 *
 * @throws OutOfMemoryError, RangeError for a NaN or an infinity in the data
 */
export function evaluate(network: NetworkMemory, inputs: RowSource, targets: RowSource): Evaluation {
  const { core, kernels, address } = network;
  return leasing(core, (lease) => {
    const data = copyDataSet(network, lease, inputs, targets, inputs.rows);
    const space = lease.allocate(kernels.workspaceBytes(address, data.blockRows, false));
    kernels.layWorkspace(space, address, data.blockRows, false);
    const result = core.scratch(2 * Float64Array.BYTES_PER_ELEMENT);
    kernels.evaluate(address, space, data.x, data.y, result);
    const [cost, accuracy] = core.view('f64', result, 2);
    return { cost: cost!, accuracy: accuracy! };
  });
}
