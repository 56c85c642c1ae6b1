// The part of a step that an activation, an output, an optimiser or another option takes itself, called alone.
import { KernelInstance } from './kernel-instance.mjs';
import { caseTitle } from './peers/cases.mjs';

/** So small that no number of updates makes a parameter large. */
const RATE = 1e-9;

/**
 * For the sizes of a case: what the kernels of each part (kernels/parts.ts) take before their settings, and what puts back
 * what they change.
 * An optimiser has a network of its own, as moments of one may be no moments of another.
 */
function operandsOf(instance, { rows: m, layers: [n0, n1, n2] }) {
  const placed = (rows, cols) => {
    const address = instance.matrix(rows, cols);
    return [address, instance.restorer(address, rows, cols)];
  };
  const [hidden, restoreHidden] = placed(m, n1);
  const [logits, restoreLogits] = placed(m, n2);
  const [gradients, restoreGradients] = placed(n0 + n1, Math.max(n1, n2));
  const slopes = instance.matrix(0, n1),
    targets = instance.matrix(m, n2),
    lossSpace = instance.matrix(0, 3 * n2),
    random = instance.matrix(0, 0);
  const network = () => instance.kernel('network')(n0, n1, n2);
  return {
    activations: () => ({ operands: [m, n1, hidden, slopes], restore: restoreHidden }),
    drops: () => ({ operands: [m, n1, hidden, slopes, random], restore: restoreHidden }),
    costs: () => ({ operands: [m, n2, logits, targets, lossSpace], restore: restoreLogits }),
    updates: () => ({ operands: [network(), gradients, RATE], restore: restoreGradients }),
    penalties: () => ({ operands: [network(), gradients], restore: restoreGradients }),
    clips: () => ({ operands: [network(), gradients], restore: restoreGradients }),
  };
}

/** The parts of a step of this case that these variations have, each as a task of rounds.mjs. */
export function partTasks({ binary, precision }, spec, variations) {
  const instance = new KernelInstance(binary, precision);
  const operandsFor = operandsOf(instance, spec);
  return variations
    .filter(({ part }) => part)
    .map(({ name, part }) => {
      const { operands, restore } = operandsFor[part.kernels[0]]();
      const kernels = part.kernels.map((kernel) => instance.kernel(kernel));
      return {
        name: caseTitle(spec),
        variation: name,
        measured: 'part',
        binary,
        precision,
        units: 1,
        run() {
          restore();
          const start = performance.now();
          for (const kernel of kernels) kernel(...operands, ...part.settings);
          return { seconds: (performance.now() - start) / 1000 };
        },
      };
    });
}
