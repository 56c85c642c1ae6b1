// brain.js 2, float32: one update per row, so its iteration is a pass with as many updates as rows.
import brain from 'brain.js';
import { oneHot } from './cases.mjs';
import { inProcess } from './in-process.mjs';
import { versionOf } from './machine.mjs';

/** brain.js refuses 0 for these; the least it takes keeps it from stopping early. */
const NONE = Number.MIN_VALUE;

/** Small enough for updates by single rows to stay finite in every case. */
const LEARNING_RATE = 0.001;

function setup(spec) {
  const {
    rows: m,
    layers: [n0, n1, n2],
  } = spec;
  const x = new Float32Array(spec.x),
    y = oneHot(spec.labels, n2, Float32Array);
  const patterns = Array.from({ length: m }, (_, i) => ({
    input: x.subarray(i * n0, (i + 1) * n0),
    output: y.subarray(i * n2, (i + 1) * n2),
  }));
  const net = new brain.NeuralNetwork({
    inputSize: n0,
    hiddenLayers: [n1],
    outputSize: n2,
    activation: 'tanh',
    learningRate: LEARNING_RATE,
    momentum: NONE,
    errorThresh: NONE,
  });
  net.initialize();
  const outputs = new Float32Array(m * n2);

  function train(iterations) {
    const status = net.train(patterns, { iterations });
    if (status.iterations !== iterations)
      throw new Error(`stopped after ${status.iterations} of ${iterations} iterations`);
    return status.error;
  }

  function predict() {
    for (let i = 0; i < m; i++) outputs.set(net.run(patterns[i].input), i * n2);
    return outputs;
  }

  return inProcess(spec, { train, predict });
}

export function contestants() {
  return [
    {
      id: 'brain-js',
      name: 'brain.js',
      version: versionOf('brain.js'),
      precision: 'f32',
      threads: 1,
      unchecked: 'own arithmetic: an update per row, squared error',
      setup,
    },
  ];
}
