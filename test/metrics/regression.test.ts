import { describe, expect, test } from 'vitest';
import { Matrix } from '../../bindings/matrix.js';
import { regressionEvaluation } from '../../bindings/metrics/regression.js';
import { readMatrix } from '../../bindings/row-source.js';
import { expectNear, FIXTURE, inputsOf } from './fixture.js';

describe('regression scores are scikit-learn’s within 1e-12, exact ones where it loses digits', () => {
  test.each(FIXTURE.regression)('$name', (rows) => {
    const found = regressionEvaluation(0.25, ...inputsOf(rows));
    expectNear(found.mse, rows.expected.mse);
    expectNear(found.mae, rows.expected.mae);
    expectNear(found.r2, rows.expected.r2 ?? NaN);
    expect(found.cost).toBe(0.25);
  });
});

test('a constant output counts as 1 when met and as 0 when missed, exactly', () => {
  const y = readMatrix(
    Array.from({ length: 30 }, () => [0.1, 0.1]),
    'y',
  );
  const yHat = Matrix.from(Array.from({ length: 30 }, () => [0.1, 0.2]));
  expect(regressionEvaluation(0, yHat, y).r2).toBe(0.5);
});

test('single-precision predictions are compared with the targets as given', () => {
  const yHat = new Matrix(2, 1, Float32Array.of(0.1, 0.7));
  const { mae } = regressionEvaluation(0, yHat, readMatrix([[0.1], [0.7]], 'y'));
  expect(mae).toBe((Math.fround(0.1) - 0.1 + (0.7 - Math.fround(0.7))) / 2);
});
