// The library under test. This is the only file that knows its interface.
import { inProcess } from './in-process.mjs';

const LIBRARY = '../../dist/index.js',
  BINARIES = '../binaries.mjs';

/** `train` copies the rows in once a call, so a measured call holds at least this many iterations. */
const MINIMUM_ITERATIONS = 10;

function setup(FeedforwardNN, precision, deterministic, spec) {
  const { rows, layers, learningRate, labels, weights, options } = spec;
  const [n0, n1, n2] = layers;
  const x = { data: precision === 'f64' ? spec.x : new Float32Array(spec.x), rows, cols: n0 };
  const nn = new FeedforwardNN({ layers, learningRate, precision, deterministic, ...options });
  nn.setParameters({
    weights: [
      { data: weights.w1, rows: n0, cols: n1 },
      { data: weights.w2, rows: n1, cols: n2 },
    ],
    biases: [weights.b1, weights.b2],
  });
  return inProcess(spec, {
    train: (iterations) => nn.train(x, labels, { iterations }).costHistory[iterations - 1],
    predict: () => nn.predict(x).data,
    dispose: () => nn.dispose(),
  });
}

/** The binary that the probe picks and, where that is another, the plain one. */
export async function contestants() {
  const { FeedforwardNN } = await import(LIBRARY);
  const { binaries } = await import(BINARIES);
  const kinds = binaries.map((binary, index) =>
    index === 0
      ? { id: 'ours', name: 'feedforward-wasm', binary, deterministic: false }
      : { id: 'ours-simd', name: 'feedforward-wasm, plain binary', binary, deterministic: true },
  );
  return kinds.flatMap(({ id, name, deterministic, binary }) =>
    ['f64', 'f32'].map((precision) => ({
      id: `${id}-${precision}`,
      name,
      binary,
      precision,
      threads: 1,
      minimumIterations: MINIMUM_ITERATIONS,
      setup: (spec) => setup(FeedforwardNN, precision, deterministic, spec),
    })),
  );
}
