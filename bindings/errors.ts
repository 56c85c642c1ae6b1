// `name` is a getter on the prototype: engines read it when they write the first line of `stack`,
// before any field of the instance exists.

/**
 * The cost or a parameter became NaN or infinite, so training stopped. The network keeps finite parameters and stays usable.
 * A smaller `learningRate` or standardised inputs (mean 0, deviation 1 per column) usually help.
 */
export class DivergenceError extends Error {
  /** The pass, counted from 0, in which that happened. */
  readonly iteration: number;
  /** Its cost: NaN or ±Infinity, or finite where it was a parameter, or the norm of the gradient, that was not. */
  readonly cost: number;
  /** The costs of the passes before it. */
  readonly costHistory: Float64Array;

  constructor(iteration: number, cost: number, costHistory: Float64Array) {
    super(
      (Number.isFinite(cost)
        ? 'a parameter stopped being finite'
        : `the cost stopped being finite (${cost})`) +
        ` at iteration ${iteration}; ` +
        'a smaller learningRate or standardised inputs usually help',
    );
    this.iteration = iteration;
    this.cost = cost;
    this.costHistory = costHistory;
  }

  override get name(): string {
    return 'DivergenceError';
  }
}

/** A network was used after its `dispose()`. */
export class DisposedError extends Error {
  constructor() {
    super('the network was disposed; create a new one');
  }

  override get name(): string {
    return 'DisposedError';
  }
}

/** What was to be loaded is no model, is damaged, or was written by a newer version: the message says what and where. */
export class ModelFileError extends Error {
  constructor(problem: string, options?: ErrorOptions) {
    super(`the model cannot be loaded: ${problem}`, options);
  }

  override get name(): string {
    return 'ModelFileError';
  }
}

/** There is no room for what was asked; what existed before is unchanged. */
export class OutOfMemoryError extends RangeError {
  /** How many bytes were asked for. */
  readonly bytes: number;

  constructor(bytes: number, options?: ErrorOptions) {
    super(`no memory for ${bytes} bytes; fewer rows, narrower layers or precision "f32" need less`, options);
    this.bytes = bytes;
  }

  override get name(): string {
    return 'OutOfMemoryError';
  }
}

/** This runtime cannot run the core: the message says what is missing or forbidden, and the remedy. */
export class UnsupportedRuntimeError extends Error {
  override get name(): string {
    return 'UnsupportedRuntimeError';
  }
}
