import { describe, expect, test } from 'vitest';
import { GOLDEN } from './golden/cases.js';
import { BINARIES, networkOn } from './networks.js';

// Against cost histories that C, NumPy, PyTorch, scikit-learn and Go agree on (test/golden/README.md).
const BOUND = { f64: 1e-9, f32: 1e-4 } as const;

describe.each(BINARIES)('in the %s binary', (binary) => {
  describe.each(['f64', 'f32'] as const)('in %s', (precision) => {
    test.each(GOLDEN)(`$name: the cost is within ${BOUND[precision]} of the reference`, (golden) => {
      const { layers, learningRate, x, labels, parameters, costs } = golden;
      using network = networkOn(binary, { layers, learningRate, precision });
      network.setParameters(parameters);
      const { costHistory } = network.train(x, labels, {
        iterations: 1 + Math.max(...costs.map(([i]) => i)),
      });
      const errors = costs.map(([i, cost]) => Math.abs(costHistory[i]! - cost) / cost);
      expect(errors.length).toBeGreaterThanOrEqual(20);
      expect(Math.max(...errors)).toBeLessThanOrEqual(BOUND[precision]);
    });
  });
});
