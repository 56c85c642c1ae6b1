import { describe, expect, test } from 'vitest';
import { NetworkMemory } from '../bindings/core/network-memory.js';
import {
  DivergenceError,
  FeedforwardNN,
  type FeedforwardNNOptions,
  type Optimizer,
} from '../bindings/index.js';
import { complete } from '../bindings/interruptible.js';
import { resolveOptions } from '../bindings/options.js';
import { resolveTrainOptions } from '../bindings/train-options.js';
import { planTraining } from '../bindings/training/plan.js';
import { train } from '../bindings/training/run.js';
import { CORES, flat, networkOn } from './networks.js';
import { uniforms } from './reference.js';

const INPUTS = 3;
const OUTPUTS = 5;
const ROWS = 4;
const RATE = 0.03;
const STEPS = 12;

const MOVING: readonly Optimizer[] = [{ name: 'sgd', momentum: 0.9 }, 'rmsprop', 'adam', 'adamw'];
const X = [[1], [2], [-1]];
const Y = [2, 1, 3];

function regression(options: Partial<FeedforwardNNOptions<'linear'>>): FeedforwardNN<'linear'> {
  return new FeedforwardNN({ layers: [1, 3, 1], output: 'linear', init: 'glorot', ...options });
}

function stateOf(network: FeedforwardNN<'linear'>): { step: number; moments: number[] } {
  const { step, moments } = network.toJSON().training!;
  return { step, moments: moments.flatMap(({ weights, biases }) => [weights, biases].flat(3).map(Number)) };
}

/** One parameter with its gradient and moments, the step counted from 1: its new value, after its moments. */
type Rule = (p: number, g: number, moments: [number, number], t: number) => number;

/** As PyTorch's documentation of torch.optim has them. */
const adam =
  (beta1: number, beta2: number, epsilon: number, weightDecay = 0): Rule =>
  (p, g, moments, t) => {
    p -= RATE * weightDecay * p;
    moments[0] = beta1 * moments[0] + (1 - beta1) * g;
    moments[1] = beta2 * moments[1] + (1 - beta2) * g * g;
    return (
      p - (RATE * (moments[0] / (1 - beta1 ** t))) / (Math.sqrt(moments[1] / (1 - beta2 ** t)) + epsilon)
    );
  };
const sgd =
  (momentum: number, nesterov: boolean): Rule =>
  (p, g, moments) => {
    moments[0] = momentum * moments[0] + g;
    return p - RATE * (nesterov ? g + momentum * moments[0] : moments[0]);
  };
const rmsprop =
  (alpha: number, epsilon: number): Rule =>
  (p, g, moments) => {
    moments[0] = alpha * moments[0] + (1 - alpha) * g * g;
    return p - (RATE * g) / (Math.sqrt(moments[0]) + epsilon);
  };

const RULES: readonly [optimizer: Optimizer, rule: Rule][] = [
  ['sgd', sgd(0, false)],
  [{ name: 'sgd', momentum: 0.9 }, sgd(0.9, false)],
  [{ name: 'sgd', momentum: 0.7, nesterov: true }, sgd(0.7, true)],
  ['rmsprop', rmsprop(0.99, 1e-8)],
  [{ name: 'rmsprop', alpha: 0.5, epsilon: 0.1 }, rmsprop(0.5, 0.1)],
  ['adam', adam(0.9, 0.999, 1e-8)],
  [{ name: 'adam', beta1: 0, beta2: 0.5, epsilon: 0.1 }, adam(0, 0.5, 0.1)],
  ['adamw', adam(0.9, 0.999, 1e-8, 0.01)],
  [{ name: 'adamw', beta1: 0.5, weightDecay: 3 }, adam(0.5, 0.999, 1e-8, 3)],
];

/** A network without hidden layers and with half the squared error, whose gradient is (1/m)·Xᵀ·(X·W + b − Y). */
class LinearModel {
  /** Row 0 is b, the others are W. */
  readonly parameters: number[][];
  readonly #moments: [number, number][][];
  #t = 0;

  constructor(parameters: number[][]) {
    this.parameters = parameters;
    this.#moments = parameters.map((row) => row.map(() => [0, 0]));
  }

  step(rule: Rule, x: readonly number[][], y: readonly number[][]): void {
    this.#t++;
    const ones = x.map((row) => [1, ...row]);
    const deltas = ones.map((row, i) =>
      y[i]!.map((target, j) => row.reduce((z, xi, k) => z + xi * this.parameters[k]![j]!, -target)),
    );
    this.parameters.forEach((row, k) =>
      row.forEach((p, j) => {
        const g = deltas.reduce((sum, delta, i) => sum + ones[i]![k]! * delta[j]!, 0) / x.length;
        row[j] = rule(p, g, this.#moments[k]![j]!, this.#t);
      }),
    );
  }
}

describe.each(CORES)('in the $binary binary, in $precision', ({ binary, precision }) => {
  const bound = { f64: 1e-13, f32: 3e-5 }[precision];

  test.each(RULES)(
    `%o: each of ${STEPS} steps is within ${bound} of its formula, over calls of train`,
    (optimizer, rule) => {
      const next = uniforms(5);
      const draw = (rows: number, cols: number, scale: (j: number) => number = () => 1): number[][] =>
        Array.from({ length: rows }, () =>
          Array.from({ length: cols }, (_, j) => Math.fround(next() * scale(j))),
        );
      const [b, ...w] = draw(1 + INPUTS, OUTPUTS);
      const model = new LinearModel([b!, ...w].map((row) => [...row]));
      using network = networkOn(binary, {
        layers: [INPUTS, OUTPUTS],
        output: 'linear',
        learningRate: RATE,
        optimizer,
        precision,
      });
      network.setParameters({ weights: [w], biases: [b!] });
      let worst = 0;
      for (let step = 0; step < STEPS; step++) {
        const x = draw(ROWS, INPUTS);
        // Gradients from small to large, and in some steps of columns without error nearly none.
        const y = draw(ROWS, OUTPUTS, (j) => 10 ** (j - 2));
        model.step(rule, x, y);
        network.train(x, y, { iterations: 1 });
        const { weights, biases } = network.getParameters();
        const actual = [...biases[0]!, ...weights[0]!.data];
        model.parameters.flat().forEach((p, i) => {
          worst = Math.max(worst, Math.abs(actual[i]! - p) / Math.max(1, Math.abs(p)));
        });
      }
      expect(worst).toBeLessThanOrEqual(bound);
    },
  );

  test.each(RULES)('%o: the padding of parameters and moments stays 0', (optimizer) => {
    const options = resolveOptions({
      layers: [3, 5, 7, 9, 3],
      activation: ['sigmoid', 'softplus', 'elu'],
      deterministic: binary === 'simd',
      clipNorm: 0.5,
      dropout: 0.3,
      l2: 0.1,
      optimizer,
      precision,
    });
    const memory = new NetworkMemory(options);
    const { core, address, parameterBytes } = memory;
    const next = uniforms(1);
    const x = Array.from({ length: 13 }, () => [next(), next(), next()]);
    const y = x.map((_, i) => i % 3);
    const training = resolveTrainOptions({ iterations: 5, batchSize: 6 }, options);
    train(
      memory,
      complete(planTraining(options, { classes: undefined, scaling: undefined }, x, y, training)),
      () => {},
    );

    const numbers = parameterBytes / (precision === 'f64' ? 8 : 4);
    const used = [memory.getParameters(), ...memory.getTrainingState().moments];
    used.forEach((parameters, k) => {
      const block = core.view(precision, core.exports.blockOf(address, k - 1) >>> 0, numbers);
      const others = flat({ getParameters: () => parameters }).filter((p) => p !== 0);
      expect(others.length).toBeGreaterThan(100);
      expect(block.filter((p) => p !== 0).length).toBe(others.length);
    });
    memory.release();
  });
});

test('moments last from one call of train to the next', () => {
  for (const optimizer of MOVING) {
    using once = regression({ optimizer });
    using twice = regression({ optimizer });
    once.train(X, Y, { iterations: 9 });
    for (const iterations of [2, 3, 4]) twice.train(X, Y, { iterations });
    expect(JSON.stringify(twice)).toBe(JSON.stringify(once));
    expect(stateOf(once).step).toBe(9);
  }
});

interface Failure {
  readonly what: string;
  readonly of: readonly Optimizer[];
  readonly w: number;
  readonly x: number;
  readonly y: number;
  readonly learningRate?: number;
}

describe.each(CORES)('divergence in the $binary binary, in $precision', ({ binary, precision }) => {
  // The squares of `far` and numbers larger than `high` are infinite; those of `high` are not.
  const [high, far] = { f64: [1e150, 1e200], f32: [1e18, 1e25] }[precision] as [number, number];
  const failures: readonly Failure[] = [
    { what: 'an infinite cost', of: MOVING, w: 0, x: 1, y: far },
    { what: 'an infinite gradient', of: MOVING, w: 0, x: far, y: high },
    { what: 'an infinite mean square', of: MOVING.slice(1), w: 0, x: high, y: high },
    { what: 'an infinite parameter', of: ['sgd', MOVING[0]!], w: 1, x: high, y: 0, learningRate: far },
  ];
  const cases = failures.flatMap(({ of, ...failure }) =>
    of.flatMap((optimizer) => [undefined, far].map((clipNorm) => ({ optimizer, clipNorm, ...failure }))),
  );

  test.each(cases)(
    '$what, $optimizer, clipNorm $clipNorm: the parameters are those before, the moments 0',
    ({ optimizer, clipNorm, w, x, y, learningRate }) => {
      using network = new FeedforwardNN({
        layers: [1, 1],
        output: 'linear',
        deterministic: binary === 'simd',
        optimizer,
        clipNorm,
        precision,
      });
      network.train(X, Y, { iterations: 3 });
      network.setParameters({ weights: [[[w]]], biases: [[0]] });
      expect(() => network.partialFit([[x]], [y], { learningRate })).toThrow(DivergenceError);
      expect([...flat(network)]).toEqual([w, 0]);
      const { step, moments } = stateOf(network);
      expect([step, ...moments]).toEqual([0, ...moments.map(() => 0)]);
      const { costHistory } = network.train(X, Y, { iterations: 3 });
      expect(costHistory.every(Number.isFinite)).toBe(true);
    },
  );
});
