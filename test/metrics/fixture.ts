import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { Matrix } from '../../bindings/matrix.js';
import { readMatrix, type RowSource } from '../../bindings/row-source.js';

export interface Case<Expected> {
  readonly name: string;
  readonly yHat: readonly (readonly number[])[];
  readonly y: readonly (readonly number[])[];
  readonly expected: Expected;
}

export interface ClassesExpected {
  readonly accuracy: number;
  readonly precision: readonly number[];
  readonly recall: readonly number[];
  readonly f1: readonly number[];
  readonly support: readonly number[];
}

interface Fixture {
  readonly softmax: readonly Case<ClassesExpected & { confusionMatrix: number[][] }>[];
  readonly binary: readonly Case<ClassesExpected & { confusionMatrix: number[][] }>[];
  readonly multiLabel: readonly Case<ClassesExpected>[];
  readonly regression: readonly Case<{ mse: number; mae: number; r2: number | null }>[];
  readonly stratifiedFolds: readonly { y: number[]; folds: number; counts: number[][] }[];
}

const file = new URL('../fixtures/metrics/metrics.json', import.meta.url);

/** What scikit-learn says, from test/fixtures/metrics/make.py. */
export const FIXTURE = JSON.parse(readFileSync(file, 'utf8')) as Fixture;

export function inputsOf(rows: Pick<Case<unknown>, 'yHat' | 'y'>): [yHat: Matrix, y: RowSource] {
  return [Matrix.from(rows.yHat), readMatrix(rows.y, 'y')];
}

/** Within 1e-12, relatively above 1; NaN equals NaN. */
export function expectNear(found: number, expected: number): void {
  if (Number.isNaN(expected)) expect(found).toBeNaN();
  else expect(Math.abs(found - expected) / Math.max(1, Math.abs(expected))).toBeLessThanOrEqual(1e-12);
}
