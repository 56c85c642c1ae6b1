import { leasing } from './core/lease.js';
import type { NetworkMemory } from './core/network-memory.js';
import { complete } from './interruptible.js';
import type { GradientCheck } from './results.js';
import { layJob } from './training/job.js';
import type { Plan } from './training/plan.js';

/**
 * The gradient of the mean cost over all rows, with the term of l2, by backpropagation and by central differences. With
 * dropout every cost is that of the same random numbers. The network is left as it was.
 *
 * Method: slopes s(h) = (cost(p + h) − cost(p − h)) / 2h for h, h/4, h/16, …, and of two in a row Richardson's
 * extrapolation, s(h) + (s(h) − s(4h))/15. The doubt about one is how far it is from the one before, and the rounding of
 * the cost, ε·|cost|/h; the least doubt wins, once no smaller h can have a smaller one (after Ridders, 1982). So h is as
 * large as curvature and kinks nearby allow. An error counts as far as it is above that doubt.
 *
 * @throws OutOfMemoryError, RangeError for a NaN or an infinity in the data
 */
export function gradientCheck(network: NetworkMemory, plan: Plan): GradientCheck {
  const { core, address, precision } = network;
  const { exports } = core;
  return leasing(core, (lease) => {
    const { training, gradients } = complete(layJob(network, lease, plan));
    const numerical = network.getParameters();
    // From here on memory does not grow.
    const { state } = network;
    const before = state.slice();
    const epsilon = precision === 'f64' ? 2 ** -50 : 2 ** -21;
    const rounding = epsilon * Math.abs(exports.gradient(training));
    const gradient = network.getParameters(gradients);
    let error = 0;
    let norm = 0;
    numerical.weights.forEach(({ data, cols }, l) => {
      // Row 0 is b, the others are W.
      [...gradient.biases[l]!, ...gradient.weights[l]!.data].forEach((g, k) => {
        const at = exports.parameterOf(address, l + 1, network.parameters, Math.floor(k / cols), k % cols);
        const parameter = core.view(precision, at >>> 0, 1);
        const value = parameter[0]!;
        const costAt = (p: number): number => {
          state.set(before);
          parameter[0] = p;
          return exports.gradient(training);
        };
        let slope = NaN;
        let estimate = NaN;
        let best = NaN;
        let doubt = Infinity;
        for (let h = (1 + Math.abs(value)) / 16; doubt > rounding / h; h /= 4) {
          const finer = (costAt(value + h) - costAt(value - h)) / h / 2;
          const better = finer + (finer - slope) / 15;
          const doubts = Math.abs(better - estimate) + rounding / h;
          if (doubts < doubt) {
            best = better;
            doubt = doubts;
          }
          slope = finer;
          estimate = better;
        }
        parameter[0] = value;
        if (k < cols) numerical.biases[l]![k] = best;
        else data[k - cols] = best;
        error += Math.max(0, Math.abs(g - best) - doubt) ** 2;
        norm += g * g + best * best;
      });
    });
    state.set(before);
    return { relativeError: error && Math.sqrt(error / norm), gradient, numerical };
  });
}
