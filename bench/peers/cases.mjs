// The cases: sizes, data and initial weights. Everything is seeded; see test/golden.
import { DATA_SEED, INIT_SEED, makeData, makeWeights, normals } from '../../test/golden/generator.mjs';

/**
 * An iteration of a training case is one full-batch step: forward, cost, backward, update.
 * An iteration of a prediction case is one call that gives the probabilities of all rows.
 * `checkIterations` is how far a result is followed before it is compared with the reference;
 * `initScale` is about 1/√n0, so that the cost has moved by then.
 */
const sizes = [
  {
    name: 'xor',
    kind: 'train',
    rows: 4,
    layers: [2, 8, 2],
    learningRate: 0.5,
    initScale: 1,
    checkIterations: 200,
  },
  {
    name: 'iris',
    kind: 'train',
    rows: 150,
    layers: [4, 10, 3],
    learningRate: 0.5,
    initScale: 0.5,
    checkIterations: 50,
  },
  {
    name: 'digits',
    kind: 'train',
    rows: 1797,
    layers: [64, 32, 10],
    learningRate: 0.5,
    initScale: 0.1,
    checkIterations: 20,
  },
  {
    name: 'mnist',
    kind: 'train',
    rows: 4096,
    layers: [784, 128, 10],
    learningRate: 0.1,
    initScale: 0.03,
    checkIterations: 4,
  },
  {
    name: 'wide',
    kind: 'train',
    rows: 1024,
    layers: [1024, 1024, 10],
    learningRate: 0.1,
    initScale: 0.03,
    checkIterations: 2,
  },
  {
    name: 'mnist-b128',
    kind: 'train',
    rows: 128,
    layers: [784, 128, 10],
    learningRate: 0.1,
    initScale: 0.03,
    checkIterations: 10,
  },
  {
    name: 'predict-1',
    kind: 'predict',
    rows: 1,
    layers: [784, 128, 10],
    learningRate: 0.1,
    initScale: 0.03,
    checkIterations: 1,
  },
  {
    name: 'predict-4096',
    kind: 'predict',
    rows: 4096,
    layers: [784, 128, 10],
    learningRate: 0.1,
    initScale: 0.03,
    checkIterations: 1,
  },
];

export const caseNames = sizes.map(({ name }) => name);

/** `xor m4 2-8-2`, as the cases are called in the tables. */
export const caseTitle = ({ name, rows, layers }) => `${name} m${rows} ${layers.join('-')}`;

/**
 * The case with its data: x (rows, n0) in float64, labels, and the initial weights
 * w1 (n0, n1), b1, w2 (n1, n2), b2.
 */
export function makeCase(name) {
  const size = sizeOf(name);
  const [n0, , n2] = size.layers;
  const { x, y } = makeData(name, size.rows, n0, n2);
  return { ...size, x, labels: y, weights: weightsOf(size) };
}

/**
 * The same case, but for xor, with an x that nobody holds: `{ rows, columns, get }` makes each number when it is read,
 * which has to be once and in the order of the rows.
 */
export function makeStreamedCase(name) {
  const size = sizeOf(name);
  const {
    rows,
    layers: [n0, , n2],
  } = size;
  const next = normals(DATA_SEED);
  const centers = Float64Array.from({ length: n2 * n0 }, next);
  let position = 0;
  const get = (row, column) => {
    if (row * n0 + column !== position++)
      throw new Error(`${name} was read out of order at ${row}, ${column}`);
    return 0.5 * centers[(row % n2) * n0 + column] + 0.5 * next();
  };
  const labels = Uint8Array.from({ length: rows }, (_, i) => i % n2);
  return { ...size, x: { rows, columns: n0, get }, labels, weights: weightsOf(size) };
}

function sizeOf(name) {
  const size = sizes.find((candidate) => candidate.name === name);
  if (!size) throw new RangeError(`"case" expected one of ${caseNames.join(', ')}, got ${name}`);
  return size;
}

const weightsOf = ({ layers, initScale }) => makeWeights(layers, INIT_SEED, initScale);

/** Y (rows, classes) with a 1 in the column of each row's label. */
export function oneHot(labels, classes, FloatArray = Float64Array) {
  const y = new FloatArray(labels.length * classes);
  labels.forEach((label, i) => {
    y[i * classes + label] = 1;
  });
  return y;
}

/** The mean cross-entropy −log p[label] of probabilities (rows, classes). */
export function crossEntropy(probabilities, labels) {
  const classes = probabilities.length / labels.length;
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum -= Math.log(probabilities[i * classes + labels[i]]);
  return sum / labels.length;
}
