// A Cloudflare Worker that trains on the data of its requests and keeps nothing between them.
//
//   POST / { "layers": [4, 10, 3], "x": [[…], …], "y": [0, 2, …], "iterations": 1000, "parameters": … }
//   → { "iterations": 740, "cost": 0.31, "accuracy": 0.96, "parameters": { "weights": […], "biases": […] } }
//
// One request makes as many passes as its time allows; the caller sends the parameters back until all are made.
import {
  DivergenceError,
  FeedforwardNN,
  OutOfMemoryError,
  type NetworkParametersLike,
} from 'feedforward-wasm';

/** Characters of a request: parsed they take some MB of a Worker's 128, and about 4 ms. */
const MOST_TEXT = 500_000;

/** Parameters of a network: as text, which goes both ways, they take at most half of that. */
const MOST_PARAMETERS = 10_000;

/** Multiplications and additions of a request: 1 to 7 ms of the 10 ms of processor time that every plan has. */
const MOST_OPERATIONS = 10_000_000;

interface Task {
  readonly layers: number[];
  readonly x: number[][];
  readonly y: number[];
  readonly iterations?: number;
  readonly learningRate?: number;
  readonly parameters?: NetworkParametersLike;
}

export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method !== 'POST') return refuse(405, 'POST a task as JSON');
    const text = await request.text();
    if (text.length > MOST_TEXT) return refuse(413, `a request has at most ${MOST_TEXT} characters`);
    try {
      const task = JSON.parse(text) as Task | null;
      if (!Array.isArray(task?.layers) || !Array.isArray(task.x))
        return refuse(400, '"layers" and "x" are arrays');
      return train(task);
    } catch (error) {
      // The library names the argument that is wrong; anything else is a fault of this Worker.
      if (isCallers(error)) return refuse(400, error.message);
      throw error;
    }
  },
};

function train({ layers, x, y, iterations = 1000, learningRate = 0.1, parameters }: Task): Response {
  const size = layers.slice(1).reduce((sum, width, l) => sum + (layers[l]! + 1) * width, 0);
  if (size > MOST_PARAMETERS) return refuse(413, `a network has at most ${MOST_PARAMETERS} parameters`);
  // A pass multiplies and adds once per row and parameter forward, and twice back.
  const passes = Math.floor(MOST_OPERATIONS / (6 * x.length * size));
  if (passes === 0) return refuse(413, 'one pass over these rows takes longer than a request may');

  using nn = new FeedforwardNN({ layers, learningRate });
  if (parameters !== undefined) nn.setParameters(parameters);
  const done = nn.train(x, y, { iterations: Math.min(iterations, passes) });
  const { weights, biases } = nn.getParameters();
  return Response.json({
    iterations: done.iterations,
    ...nn.evaluate(x, y),
    parameters: { weights: weights.map((w) => w.toRows()), biases: biases.map((b) => Array.from(b)) },
  });
}

function isCallers(error: unknown): error is Error {
  return [SyntaxError, TypeError, RangeError, DivergenceError, OutOfMemoryError].some(
    (kind) => error instanceof kind,
  );
}

function refuse(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
