// A training step with each activation, output, optimiser and other option beside the textbook's, and the part of it
// which that takes.
import { caseTask } from './cases.mjs';
import { partTasks } from './parts.mjs';
import { makeCase, oneHot } from './peers/cases.mjs';
import { contestants } from './peers/ours.mjs';
import { variationsFor } from './variations.mjs';

/** Data sets of bench/peers, all their rows or the first; 32 are a usual mini-batch. Iterations as in cases.mjs. */
export const STEP_CASES = [
  { name: 'digits', rows: 1797, iterations: 20 },
  { name: 'mnist', rows: 1024, iterations: 3 },
  { name: 'mnist', rows: 32, iterations: 40 },
];

/** Small enough for every optimiser and output. */
const LEARNING_RATE = 1e-4;

function makeSpec(name, rows) {
  const spec = makeCase(name);
  const [n0] = spec.layers;
  return {
    ...spec,
    rows,
    learningRate: LEARNING_RATE,
    x: spec.x.subarray(0, rows * n0),
    labels: spec.labels.subarray(0, rows),
  };
}

/** The case with these options; other outputs than softmax take targets, not labels. */
function varied(spec, options) {
  if ((options.output ?? 'softmax') === 'softmax') return { ...spec, options };
  const cols = spec.layers.at(-1);
  return { ...spec, labels: { data: oneHot(spec.labels, cols), rows: spec.rows, cols }, options };
}

/** Whole steps and parts of them, in both precisions. */
export async function stepTasks({ name, rows, iterations }) {
  const spec = makeSpec(name, rows);
  const variations = variationsFor(rows);
  const ours = (await contestants()).filter(({ id }) => !id.startsWith('ours-simd'));
  return ours.flatMap((one) => [
    ...variations.map((variation) => ({
      ...caseTask(one, varied(spec, variation.options), iterations),
      variation: variation.name,
      measured: 'step',
    })),
    ...partTasks(one, spec, variations),
  ]);
}
