// ConvNetJS, float64: one row at a time; its gradients add up over a batch, here the whole data set.
import convnetjs from 'convnetjs';
import { inProcess } from './in-process.mjs';
import { versionOf } from './machine.mjs';

/** ConvNetJS keeps the weights of each neuron together: filter j holds column j of W (rows, cols). */
function setFilters(layer, w, rows, cols) {
  layer.filters.forEach((filter, j) => {
    for (let i = 0; i < rows; i++) filter.w[i] = w[i * cols + j];
  });
  layer.biases.w.fill(0);
}

function makeNet([n0, n1, n2], { w1, w2 }) {
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: n0 },
    { type: 'fc', num_neurons: n1, activation: 'tanh' },
    { type: 'softmax', num_classes: n2 },
  ]);
  const [dense1, dense2] = net.layers.filter(({ layer_type }) => layer_type === 'fc');
  setFilters(dense1, w1, n0, n1);
  setFilters(dense2, w2, n1, n2);
  return net;
}

function setup(spec) {
  const { rows: m, layers, learningRate, x, labels, weights } = spec;
  const [n0, , n2] = layers;
  const net = makeNet(layers, weights);
  const trainer = new convnetjs.Trainer(net, {
    method: 'sgd',
    learning_rate: learningRate,
    momentum: 0,
    l1_decay: 0,
    l2_decay: 0,
    batch_size: m,
  });
  const inputs = Array.from({ length: m }, (_, i) => {
    const input = new convnetjs.Vol(1, 1, n0, 0);
    input.w.set(x.subarray(i * n0, (i + 1) * n0));
    return input;
  });
  const probabilities = new Float64Array(m * n2);

  function train(iterations) {
    let cost;
    for (let t = 0; t < iterations; t++) {
      cost = 0;
      for (let i = 0; i < m; i++) cost += trainer.train(inputs[i], labels[i]).cost_loss;
    }
    return cost / m;
  }

  function predict() {
    for (let i = 0; i < m; i++) probabilities.set(net.forward(inputs[i]).w, i * n2);
    return probabilities;
  }

  return inProcess(spec, { train, predict });
}

export function contestants() {
  return [
    {
      id: 'convnetjs',
      name: 'ConvNetJS',
      version: versionOf('convnetjs'),
      precision: 'f64',
      threads: 1,
      setup,
    },
  ];
}
