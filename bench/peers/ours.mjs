// The library under test. This is the only file that knows its interface.
import { inProcess } from './in-process.mjs';

const LIBRARY = '../../dist/index.js',
  BINARIES = '../binaries.mjs';

/** `train` copies the rows in once a call, so a measured call holds at least this many iterations. */
const MINIMUM_ITERATIONS = 10;

/** Numbers of the precision as an application would have them; what gives them one by one is read as it is. */
function matrixOf({ x, rows, layers: [cols] }, precision) {
  if ('get' in x) return x;
  return { data: precision === 'f32' && x instanceof Float64Array ? new Float32Array(x) : x, rows, cols };
}

function setup(FeedforwardNN, precision, deterministic, spec) {
  const { layers, learningRate, labels, weights, options } = spec;
  const [n0, n1, n2] = layers;
  const x = matrixOf(spec, precision);
  // As those of plain JavaScript and C, the outputs go to the same array each time.
  const outputs = spec.kind === 'predict' ? new x.data.constructor(x.rows * n2) : undefined;
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
    predict: () => nn.predict(x, outputs).data,
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
