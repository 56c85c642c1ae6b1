import { describe as suite, expect, test } from 'vitest';
import { DisposedError, DivergenceError, ModelFileError, OutOfMemoryError } from '../bindings/errors.js';
import { expectError } from './throws.js';

suite('errors', () => {
  test('DivergenceError says when and what helps', () => {
    const costs = Float64Array.of(3, 2);
    const error = new DivergenceError(12, NaN, costs);
    expectError(
      () => {
        throw error;
      },
      DivergenceError,
      'the cost stopped being finite (NaN) at iteration 12; a smaller learningRate or standardised inputs usually help',
    );
    expect(error).toBeInstanceOf(Error);
    expect([error.iteration, error.cost]).toEqual([12, NaN]);
    expect(error.costHistory).toBe(costs);
  });

  test('DisposedError', () => {
    expectError(
      () => {
        throw new DisposedError();
      },
      DisposedError,
      'the network was disposed; create a new one',
    );
  });

  test('OutOfMemoryError is a RangeError and says how much was asked for', () => {
    const error = new OutOfMemoryError(2 ** 33);
    expectError(
      () => {
        throw error;
      },
      OutOfMemoryError,
      'no memory for 8589934592 bytes; fewer rows, narrower layers or precision "f32" need less',
    );
    expect(error).toBeInstanceOf(RangeError);
    expect(error.bytes).toBe(8589934592);
  });

  test('ModelFileError says what is wrong, and has the cause if there is one', () => {
    const cause = new SyntaxError('Unexpected end of JSON input');
    const error = new ModelFileError('"json" expected JSON, got ""', { cause });
    expectError(
      () => {
        throw error;
      },
      ModelFileError,
      'the model cannot be loaded: "json" expected JSON, got ""',
    );
    expect(error.cause).toBe(cause);
    expect('cause' in new ModelFileError('unknown tensor "a"')).toBe(false);
  });

  test('the stack begins with the own name, and name is no own property', () => {
    for (const error of [
      new DivergenceError(0, Infinity, new Float64Array(0)),
      new DisposedError(),
      new ModelFileError(''),
      new OutOfMemoryError(1),
    ]) {
      expect(error.stack?.split('\n')[0]).toBe(`${error.name}: ${error.message}`);
      expect(Object.keys(error)).not.toContain('name');
    }
  });
});
