import { readFileSync } from 'node:fs';
import { Matrix, type NetworkParametersLike } from '../../bindings/index.js';
import { makeData, makeWeights } from './generator.mjs';

interface Case {
  readonly m: number;
  readonly layers: readonly [number, number, number];
  readonly learningRate: number;
  readonly initScale: number;
  readonly cost: readonly number[];
  readonly costLater: Readonly<Record<string, number>>;
}

const file = readFileSync(new URL('textbook.json', import.meta.url), 'utf8');
const cases = (JSON.parse(file) as { cases: Record<string, Case> }).cases;

/** A reference training: what goes in, and the cost that must come out before each listed update. */
export interface GoldenCase {
  readonly name: string;
  readonly layers: readonly number[];
  readonly learningRate: number;
  readonly x: Matrix;
  readonly labels: Uint8Array;
  readonly parameters: NetworkParametersLike;
  readonly costs: readonly (readonly [iteration: number, cost: number])[];
}

export const GOLDEN: readonly GoldenCase[] = Object.entries(cases).map(([name, golden]) => {
  const { m, layers, learningRate, initScale, cost, costLater } = golden;
  const { x, y } = makeData(name, m, layers[0], layers[2]);
  const { w1, b1, w2, b2 } = makeWeights(layers, undefined, initScale);
  return {
    name,
    layers,
    learningRate,
    x: new Matrix(m, layers[0], x),
    labels: y,
    parameters: {
      weights: [new Matrix(layers[0], layers[1], w1), new Matrix(layers[1], layers[2], w2)],
      biases: [b1, b2],
    },
    costs: [...cost.entries(), ...Object.entries(costLater).map(([i, c]) => [Number(i), c] as const)],
  };
});
