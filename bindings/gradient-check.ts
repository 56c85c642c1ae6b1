import { leasing } from './core/lease.js';
import type { NetworkMemory } from './core/network-memory.js';
import { complete } from './interruptible.js';
import type { GradientCheck, NetworkParameters } from './results.js';
import { layJob } from './training/job.js';
import type { Plan } from './training/plan.js';

/** h of the differences: where rounding and curvature err about alike, near the cube root of the type's precision. */
const STEP = { f64: 1e-5, f32: 1e-2 } as const;

/**
 * The gradient of the mean cost over all rows, with the term of l2, by backpropagation and by central differences. With
 * dropout every cost is that of the same random numbers. The network is left as it was.
 *
 * @throws OutOfMemoryError, RangeError for a NaN or an infinity in the data
 */
export function gradientCheck(network: NetworkMemory, plan: Plan): GradientCheck {
  const { core, address, precision } = network;
  const { exports } = core;
  return leasing(core, (lease) => {
    const { training, gradients } = complete(layJob(network, lease, plan));
    const state = (): Uint8Array =>
      new Uint8Array(exports.memory.buffer, exports.randomOf(address) >>> 0, 32);
    const random = state().slice();
    const cost = (): number => {
      state().set(random);
      return exports.gradient(training);
    };
    const numerical = network.getParameters();
    forEachParameter(numerical, (values, index, l, i, j) => {
      const parameter = core.view(
        precision,
        exports.parameterOf(address, l, network.parameters, i, j) >>> 0,
        1,
      );
      const [value] = parameter;
      parameter[0] = value! + STEP[precision];
      const [above, upper] = [cost(), parameter[0]!];
      parameter[0] = value! - STEP[precision];
      const [below, lower] = [cost(), parameter[0]!];
      parameter[0] = value!;
      values[index] = (above - below) / (upper - lower);
    });
    cost();
    state().set(random);
    const gradient = network.getParameters(gradients);
    return { relativeError: relativeError(gradient, numerical), gradient, numerical };
  });
}

/** Calls with each number: where it is kept, and that it is element (i, j) of layer l, whose row 0 is b and the others W. */
function forEachParameter(
  { weights, biases }: NetworkParameters,
  act: (values: Float64Array | Float32Array, index: number, l: number, i: number, j: number) => void,
): void {
  weights.forEach(({ data, cols }, l) => {
    data.forEach((_, k) => act(data, k, l + 1, 1 + Math.floor(k / cols), k % cols));
    biases[l]!.forEach((_, j) => act(biases[l]!, j, l + 1, 0, j));
  });
}

function relativeError(a: NetworkParameters, b: NetworkParameters): number {
  let [difference, squaresA, squaresB] = [0, 0, 0];
  forEachParameter(a, (values, index, l, i) => {
    const x = values[index]!;
    const y = (i === 0 ? b.biases[l - 1]! : b.weights[l - 1]!.data)[index]!;
    difference += (x - y) ** 2;
    squaresA += x * x;
    squaresB += y * y;
  });
  return difference === 0 ? 0 : Math.sqrt(difference) / (Math.sqrt(squaresA) + Math.sqrt(squaresB));
}
