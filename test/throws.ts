import { expect } from 'vitest';

/** Runs `act` and asserts the very class and the very message of what it throws. */
export function expectError(
  act: () => unknown,
  kind: new (...args: never[]) => Error,
  message: string,
): void {
  let thrown: unknown = 'nothing was thrown';
  try {
    act();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(kind);
  expect({ name: (thrown as Error).name, message: (thrown as Error).message }).toEqual({
    name: kind.name,
    message,
  });
}
