import { afterEach, describe, expect, test, vi } from 'vitest';
import { sharedCore } from '../bindings/core/core.js';
import type {
  Activation,
  FeedforwardNN,
  FeedforwardNNOptions,
  Output,
  TrainOptions,
} from '../bindings/index.js';
import { ACTIVATION_REFERENCES } from './activation-reference.js';
import { randomRows } from './gradient-samples.js';
import { CORES, flat, networkOn } from './networks.js';

// Blocks of the core's memory come as they were left. Here they come full of NaN, so that whatever is read without having
// been written shows, be it in rows and columns that only fill a vector or a panel.

const ACTIVATIONS = Object.keys(ACTIVATION_REFERENCES) as Activation[];
const OUTPUTS: readonly Output[] = ['softmax', 'sigmoid', 'linear'];

afterEach(() => {
  vi.restoreAllMocks();
});

function fillWithNaN(deterministic: boolean): void {
  const core = sharedCore(deterministic);
  for (const name of ['allocate', 'scratch'] as const) {
    const take = core[name].bind(core);
    vi.spyOn(core, name).mockImplementation((bytes) => {
      const address = take(bytes);
      new Uint8Array(core.exports.memory.buffer, address, bytes).fill(0xff);
      return address;
    });
  }
}

const VARIANTS: readonly (Omit<FeedforwardNNOptions<Output>, 'layers'> & TrainOptions & { rows: number })[] =
  [
    { rows: 5 },
    { rows: 1, l2: 0.1, optimizer: 'adam' },
    { rows: 163, dropout: 0.3, clipNorm: 0.1 },
    { rows: 9, batchSize: 4, optimizer: { name: 'sgd', momentum: 0.9 } },
    { rows: 7, batchSize: 3, shuffle: false, sampleWeights: [1, 0, 2, 1, 1, 3, 1], dropout: 0.5 },
    { rows: 6, batchSize: 1, sampleWeights: [1, 0, 2, 1, 1, 3], clipNorm: 0.01 },
    { rows: 11, batchSize: 5, validation: 0.3, earlyStopping: true, optimizer: 'rmsprop' },
  ];

describe.each(CORES)('in the $binary binary, in $precision', ({ binary, precision }) => {
  /** All that comes out of a network of odd widths. */
  function results(activation: Activation, output: Output, variant: (typeof VARIANTS)[number]): unknown[] {
    const { rows, batchSize, shuffle, sampleWeights, validation, earlyStopping, ...options } = variant;
    const layers = [3, 7, 5, 9, output === 'sigmoid' ? 1 : 3];
    const { x, y } = randomRows(output, rows, layers, rows);
    using network: FeedforwardNN<Output> = networkOn(binary, {
      layers,
      activation,
      output,
      precision,
      learningRate: 0.01,
      ...options,
    });
    const training = { iterations: 2, batchSize, shuffle, sampleWeights, validation, earlyStopping };
    const { costHistory, validationCostHistory } = network.train(x, y, training);
    const cost = network.partialFit(x, y);
    const moments = JSON.stringify(network.toJSON().training);
    const { gradient } = network.gradientCheck(x, y);
    const parameters = [flat(network), flat({ getParameters: () => gradient })];
    const predicted = [network.predict(x), network.evaluate(x, y)];
    return [costHistory, validationCostHistory, cost, moments, ...parameters, ...predicted];
  }

  test.each(ACTIVATIONS)('%s: memory full of NaN changes no bit of any result', (activation) => {
    for (const output of OUTPUTS)
      for (const variant of VARIANTS) {
        const wanted = results(activation, output, variant);
        fillWithNaN(binary === 'simd');
        const found = results(activation, output, variant);
        vi.restoreAllMocks();
        expect(found, JSON.stringify({ output, variant })).toEqual(wanted);
        expect(found[2]).not.toBeNaN();
      }
  });
});
