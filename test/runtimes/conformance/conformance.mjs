// What every runtime runs: the package through all it does, held against the golden costs.
import { fnv1a } from './fnv1a.mjs';
import { makeData, makeWeights } from './generator.mjs';
import golden from './golden.mjs';
import { numbersOf } from './numbers-of.mjs';
import { trainAside } from './train-aside.mjs';

const { m, layers, learningRate, initScale } = golden;
const { x: data, y: labels } = makeData('iris', m, layers[0], layers[2]);
const x = { data, rows: m, cols: layers[0] };

/** How far a cost may be from the golden one, relative to it. */
const TOLERANCE = { f64: 1e-9, f32: 1e-5 };

/** How far parameters may be from those of the deterministic mode, so that any two runtimes agree to 1e-9. */
const AGREEMENT = 5e-10;

/** A network from its seed, two hidden layers, in batches that do not divide the rows. */
const SEEDED = { layers: [4, 13, 7, 3], seed: 7, batchSize: 32 };

/** All that is drawn and all that is kept from one step to the next. */
const DRAWN = { ...SEEDED, optimizer: 'adam', learningRate: 0.01, dropout: 0.2, scaling: 'standardize' };

/**
 * @param {() => object | Promise<object>} load gives the package's exports
 * @returns {Promise<{ binary?: string, loadMs?: number, hash?: string, trainsIn?: string, failures: string[] }>}
 */
export async function conform(load) {
  const failures = [];
  const check = (passed, failure) => {
    if (!passed) failures.push(failure);
  };
  try {
    const start = performance.now();
    const library = await load();
    new library.FeedforwardNN({ layers: [1, 2] }).dispose();
    const loadMs = performance.now() - start;

    const { binary, parameters } = trainGolden(library, { precision: 'f64' }, check);
    trainGolden(library, { precision: 'f32' }, check);
    const exact = ['f64', 'f32'].map((precision) => {
      const { parameters: golden } = trainGolden(library, { precision, deterministic: true }, check);
      const drawn = [SEEDED, DRAWN].flatMap((options) => trainSeeded(library, { ...options, precision }));
      return [golden, drawn];
    });
    check(
      farthest(parameters, exact[0][0]) <= AGREEMENT,
      'parameters differ from those of the deterministic mode',
    );
    checkErrors(library, check);
    const trainsIn = await trainAside(library, DRAWN, x, labels, check);
    return { binary, loadMs, hash: fnv1a(exact.flat(2)), trainsIn, failures };
  } catch (error) {
    return { failures: [...failures, String(error?.stack ?? error)] };
  }
}

/** The textbook's network on the golden data: costs, predictions, disposal. */
function trainGolden({ FeedforwardNN, Matrix }, options, check) {
  const { w1, b1, w2, b2 } = makeWeights(layers, undefined, initScale);
  const nn = new FeedforwardNN({ layers, learningRate, ...options });
  nn.setParameters({
    weights: [new Matrix(layers[0], layers[1], w1), new Matrix(layers[1], layers[2], w2)],
    biases: [b1, b2],
  });
  const { costHistory } = nn.train(x, labels, { iterations: 200 });
  const expected = [...Object.entries(golden.cost), ...Object.entries(golden.costLater)];
  for (const [i, cost] of expected) {
    const off = Math.abs(costHistory[i] - cost) / cost;
    check(off <= TOLERANCE[options.precision], `${options.precision} cost ${i} is off by ${off}`);
  }

  const yHat = nn.predict(x);
  const right = yHat.argmax().filter((label, i) => label === labels[i]).length;
  check(right / m === nn.evaluate(x, labels).accuracy, 'predict and evaluate differ');
  check(right / m > 0.8, `accuracy is ${right / m}`);
  const parameters = numbersOf(nn);
  nn.dispose();
  check(thrown(() => nn.predict(x)) === 'DisposedError', 'a disposed network predicts');
  return { binary: nn.binary, parameters };
}

function trainSeeded({ FeedforwardNN }, options) {
  const nn = new FeedforwardNN({ ...options, deterministic: true });
  nn.train(x, labels, { iterations: 50 });
  const parameters = numbersOf(nn);
  nn.dispose();
  return parameters;
}

function checkErrors({ FeedforwardNN, Matrix }, check) {
  const nn = new FeedforwardNN({ layers });
  const faults = {
    TypeError: () => new FeedforwardNN({ layers, iteration: 5 }),
    RangeError: () => nn.train(x, labels.subarray(1)),
    OutOfMemoryError: () => new FeedforwardNN({ layers: [2 ** 31, 2] }),
    DivergenceError: () => new FeedforwardNN({ layers: [1, 2], learningRate: 1e300 }).train([[1e200]], [0]),
  };
  for (const [name, fault] of Object.entries(faults))
    check(thrown(fault) === name, `expected ${name}, got ${thrown(fault)}`);
  check(thrown(() => nn.predict([[NaN, 0, 0, 0]])) === 'RangeError', 'NaN is taken');
  check(nn.predict(new Matrix(1, 4)).data.every(Number.isFinite), 'an error left the network unusable');
  nn.dispose();
}

function thrown(action) {
  try {
    action();
    return 'nothing';
  } catch (error) {
    return error instanceof Error ? error.name : `a ${typeof error}`;
  }
}

function farthest(a, b) {
  return Math.max(...a.map((array, i) => Math.max(...array.map((value, j) => Math.abs(value - b[i][j])))));
}
