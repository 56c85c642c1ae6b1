// The cases of bench/peers through the public interface, for every binary and precision, beside the limit.
import { limitTasks } from './limit.mjs';
import { caseTitle, makeCase } from './peers/cases.mjs';
import { contestants } from './peers/ours.mjs';

/**
 * Iterations in a call of `train`, which copies the rows in once, or calls of `predict` in a turn:
 * enough that the call counts as little as it does in use, where 1,000 is the default.
 */
const ITERATIONS = {
  xor: 20_000,
  iris: 2_000,
  digits: 50,
  mnist: 10,
  wide: 5,
  'mnist-b128': 50,
  'predict-1': 1_000,
  'predict-4096': 1,
};

export const names = Object.keys(ITERATIONS);

/**
 * Operations of an iteration, a multiplication and an addition each counting one:
 * forward 2·m·(n0·n1 + n1·n2), the gradients of the weights as much, the error term behind the output 2·m·n1·n2;
 * together 2·m·(2·n0·n1 + 3·n1·n2). A prediction is the forward part.
 */
function flopOf({ kind, rows: m, layers: [n0, n1, n2] }) {
  return 2 * m * (kind === 'train' ? 2 * n0 * n1 + 3 * n1 * n2 : n0 * n1 + n1 * n2);
}

/** One contestant in one case as a task of rounds.mjs. */
export function caseTask({ setup, binary, precision }, spec, iterations) {
  const network = setup(spec);
  return {
    name: caseTitle(spec),
    binary,
    precision,
    units: iterations,
    flop: flopOf(spec),
    run: () => network.run(iterations),
    dispose: () => network.dispose(),
  };
}

/** The limits and the contestants of one case. */
export async function caseTasks(name) {
  const spec = makeCase(name);
  const ours = await contestants();
  return [...limitTasks(), ...ours.map((one) => caseTask(one, spec, ITERATIONS[name]))];
}
