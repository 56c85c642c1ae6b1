// What a row costs as the rows grow, and what an operation costs as the hidden layer grows.
import { caseTask } from './cases.mjs';
import { contestants } from './peers/ours.mjs';
import { INIT_SEED, makeData, makeWeights } from '../test/golden/generator.mjs';

const ROWS = [256, 1024, 4096, 16_384, 65_536];
const WIDTHS = [32, 128, 512, 2048];

/** The same in every call, so that copying the rows in is the same share of all of them. */
const ITERATIONS = 10;

/** A case as peers/cases.mjs makes them. The rate is small enough for 2,048 hidden units. */
function makeSpec(rows, layers) {
  const [n0, , n2] = layers;
  const { x, y } = makeData('growth', rows, n0, n2);
  const weights = makeWeights(layers, INIT_SEED, 0.03);
  return { name: 'growth', kind: 'train', rows, layers, learningRate: 0.01, x, labels: y, weights };
}

async function tasksFor(specs) {
  const ours = (await contestants()).filter(({ id }) => !id.startsWith('ours-simd'));
  return specs.flatMap((spec) =>
    ours.map((one) => ({
      ...caseTask(one, spec, ITERATIONS),
      rows: spec.rows,
      hidden: spec.layers[1],
    })),
  );
}

export const rowTasks = () => tasksFor(ROWS.map((rows) => makeSpec(rows, [64, 32, 10])));

export const widthTasks = () => tasksFor(WIDTHS.map((width) => makeSpec(512, [784, width, 10])));
