// TensorFlow.js, float32, on its CPU and its wasm backend: backpropagation written in core operations.
import tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { oneHot } from './cases.mjs';
import { inProcess } from './in-process.mjs';
import { versionOf } from './machine.mjs';

const dense = (a, b, bias) => tf.fused.matMul({ a, b, bias });

/** One full-batch step; returns the new parameters and the cost before the update. */
function step({ w1, b1, w2, b2 }, x, xT, y, learningRate) {
  const [m] = x.shape;
  const a1 = tf.tanh(dense(x, w1, b1));
  const logP = tf.logSoftmax(dense(a1, w2, b2));
  const cost = tf.div(tf.sum(tf.mul(y, logP)), -m);
  const delta2 = tf.div(tf.sub(tf.exp(logP), y), m);
  const delta1 = tf.mul(tf.matMul(delta2, tf.transpose(w2)), tf.sub(1, tf.square(a1)));
  const descend = (w, dW) => tf.sub(w, tf.mul(dW, learningRate));
  return {
    w1: descend(w1, tf.matMul(xT, delta1)),
    b1: descend(b1, tf.sum(delta1, 0)),
    w2: descend(w2, tf.matMul(tf.transpose(a1), delta2)),
    b2: descend(b2, tf.sum(delta2, 0)),
    cost,
  };
}

/** Both backends are ready when the contestants are; changing between them is then immediate. */
function use(backend) {
  if (tf.getBackend() !== backend) tf.setBackend(backend);
}

function setup(backend, spec) {
  const {
    rows: m,
    layers: [n0, n1, n2],
    learningRate,
    labels,
    weights,
  } = spec;
  const rows = new Float32Array(spec.x);
  use(backend);
  const x = tf.tensor2d(rows, [m, n0]);
  const xT = tf.transpose(x);
  const y = tf.tensor2d(oneHot(labels, n2, Float32Array), [m, n2]);
  let parameters = {
    w1: tf.tensor2d(new Float32Array(weights.w1), [n0, n1]),
    b1: tf.tensor1d(new Float32Array(weights.b1)),
    w2: tf.tensor2d(new Float32Array(weights.w2), [n1, n2]),
    b2: tf.tensor1d(new Float32Array(weights.b2)),
  };

  function train(iterations) {
    use(backend);
    let cost;
    for (let t = 0; t < iterations; t++) {
      const { cost: tensor, ...updated } = tf.tidy(() => step(parameters, x, xT, y, learningRate));
      cost = tensor.dataSync()[0];
      tf.dispose([parameters, tensor]);
      parameters = updated;
    }
    return cost;
  }

  /** From a typed array to a typed array, as the caller of a library has them. */
  function predict() {
    use(backend);
    const { w1, b1, w2, b2 } = parameters;
    return tf.tidy(() => {
      const a1 = tf.tanh(dense(tf.tensor2d(rows, [m, n0]), w1, b1));
      return tf.softmax(dense(a1, w2, b2)).dataSync();
    });
  }

  return inProcess(spec, { train, predict, dispose: () => tf.dispose([x, xT, y, parameters]) });
}

export async function contestants() {
  tf.enableProdMode();
  await tf.setBackend('wasm');
  await tf.setBackend('cpu');
  return ['cpu', 'wasm'].map((backend) => ({
    id: `tfjs-${backend}`,
    name: `TensorFlow.js ${backend}`,
    version: versionOf('@tensorflow/tfjs-core'),
    precision: 'f32',
    threads: 1,
    setup: (spec) => setup(backend, spec),
  }));
}
