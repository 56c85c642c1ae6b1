// The core's kernels against the limit.
import { PRECISIONS, binaries } from './binaries.mjs';
import { KernelInstance } from './kernel-instance.mjs';
import { limitTask } from './limit.mjs';

/** The depth of the packed blocks. */
const DEPTH = 256;

/** NR in vectors. */
const TILE_VECTORS = 2;

/** Calls of a microkernel, and passes over an array, in one call from JavaScript: some 10 µs and more. */
const TIMES = 100;

/** Values of exp and tanh: two arrays of 8 KiB in f64, which the L1 cache holds. */
const VALUES = 1024;

/** m rows, n outputs, k inputs. */
const SHAPES = [
  { title: '4096×784·784×128', m: 4096, n: 128, k: 784 },
  { title: '512³', m: 512, n: 512, k: 512 },
];

function tileTasks(instance) {
  const { tileRows } = instance;
  const a = instance.matrix(tileRows, DEPTH),
    b = instance.matrix(DEPTH, 8),
    c = instance.matrix(tileRows, 8);
  const columns = (TILE_VECTORS * 16) / instance.bytes;
  const task = (name, kernel, at) => ({
    name,
    units: TIMES,
    flop: 2 * tileRows * columns * DEPTH,
    run: () => kernel(tileRows, TIMES, DEPTH, at, b, c),
  });
  return [
    task('tile NN, k = 256', instance.kernel('tilesNN'), a),
    task('tile TN, k = 256', instance.kernel('tilesTN'), instance.matrix(DEPTH, tileRows)),
  ];
}

function productTasks(instance, { title, m, n, k }) {
  const x = instance.matrix(m, k),
    w = instance.matrix(k, n),
    delta = instance.matrix(m, n),
    result = instance.matrix(Math.max(k, 40), Math.max(n, k)),
    scratch = instance.matrix(Math.max(n, 40), k);
  const operands = {
    productNN: ['NN', [x, w, result]],
    packedNN: ['NN with packing X', [x, w, result, scratch]],
    productNT: ['NT with transposing W', [delta, w, result, scratch]],
    productTN: ['TN', [x, delta, result]],
  };
  return Object.entries(operands).map(([kernel, [name, addresses]]) => {
    const product = instance.kernel(kernel);
    return {
      name: `${name}, ${title}`,
      units: 1,
      flop: 2 * m * n * k,
      run: () => product(instance.tileRows, m, n, k, ...addresses),
    };
  });
}

function functionTasks(instance) {
  const x = instance.matrix(1, VALUES),
    y = instance.matrix(1, VALUES);
  return ['exp', 'tanh'].map((name) => {
    const over = instance.kernel(`${name}s`);
    return { name, units: TIMES * VALUES, run: () => over(TIMES, VALUES, x, y) };
  });
}

/** Every kernel in every binary and precision that this engine runs. */
export function kernelTasks() {
  return binaries.flatMap((binary) =>
    PRECISIONS.flatMap((precision) => {
      const instance = new KernelInstance(binary, precision);
      const tasks = [
        ...tileTasks(instance),
        ...SHAPES.flatMap((shape) => productTasks(instance, shape)),
        ...functionTasks(instance),
      ];
      return [limitTask(instance), ...tasks.map((task) => ({ ...task, binary, precision }))];
    }),
  );
}
