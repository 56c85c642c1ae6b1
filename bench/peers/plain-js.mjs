// Plain JavaScript, float64: the reference every other contestant is checked against.
import { inProcess } from './in-process.mjs';

/** c += a0·b[0] + a1·b[1] + a2·b[2] + a3·b[3], over rows of n; four at a time halve the time of the step. */
function addFourRows(n, c, ci, a0, a1, a2, a3, b, b0) {
  const b1 = b0 + n,
    b2 = b1 + n,
    b3 = b2 + n;
  for (let j = 0; j < n; j++) c[ci + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
}

/** c += a·b, over one row of n. */
function addRow(n, c, ci, a, b, bi) {
  for (let j = 0; j < n; j++) c[ci + j] += a * b[bi + j];
}

/** C ← A·B + bias; A (m,k), B (k,n). */
function forward(m, k, n, a, b, bias, c) {
  for (let i = 0; i < m; i++) {
    const ci = i * n,
      ai = i * k;
    for (let j = 0; j < n; j++) c[ci + j] = bias[j];
    let p = 0;
    for (; p + 4 <= k; p += 4)
      addFourRows(n, c, ci, a[ai + p], a[ai + p + 1], a[ai + p + 2], a[ai + p + 3], b, p * n);
    for (; p < k; p++) addRow(n, c, ci, a[ai + p], b, p * n);
  }
}

/** dW ← Aᵀ·Δ, db ← column sums of Δ; A (m,k), Δ (m,n), dW (k,n). */
function gradient(m, k, n, a, delta, dW, db) {
  dW.fill(0);
  db.fill(0);
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    const a0 = i * k,
      a1 = a0 + k,
      a2 = a1 + k,
      a3 = a2 + k;
    for (let p = 0; p < k; p++)
      addFourRows(n, dW, p * n, a[a0 + p], a[a1 + p], a[a2 + p], a[a3 + p], delta, i * n);
    addFourRows(n, db, 0, 1, 1, 1, 1, delta, i * n);
  }
  for (; i < m; i++) {
    for (let p = 0; p < k; p++) addRow(n, dW, p * n, a[i * k + p], delta, i * n);
    addRow(n, db, 0, 1, delta, i * n);
  }
}

/** Δ1 ← Δ2·Wᵀ ⊙ (1 − A²); Δ2 (m,n), W (k,n), A and Δ1 (m,k). */
function backward(m, k, n, delta2, w, a, delta1) {
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < k; p++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += delta2[i * n + j] * w[p * n + j];
      const aip = a[i * k + p];
      delta1[i * k + p] = sum * (1 - aip * aip);
    }
  }
}

function tanh(z) {
  for (let i = 0; i < z.length; i++) z[i] = Math.tanh(z[i]);
}

/** Z (m,n) becomes its softmax row by row. */
function softmax(m, n, z) {
  for (let row = 0; row < m * n; row += n) {
    let max = z[row];
    for (let j = 1; j < n; j++) if (z[row + j] > max) max = z[row + j];
    let sum = 0;
    for (let j = 0; j < n; j++) sum += z[row + j] = Math.exp(z[row + j] - max);
    for (let j = 0; j < n; j++) z[row + j] /= sum;
  }
}

/** Probabilities become the error term (P − Y) / m; returns the mean cross-entropy. */
function crossEntropyError(m, n, p, labels) {
  let cost = 0;
  for (let i = 0; i < m; i++) {
    const target = i * n + labels[i];
    cost -= Math.log(p[target]);
    p[target] -= 1;
  }
  for (let i = 0; i < m * n; i++) p[i] /= m;
  return cost / m;
}

function update(w, dW, learningRate) {
  for (let i = 0; i < w.length; i++) w[i] -= learningRate * dW[i];
}

function setup(spec) {
  const {
    rows: m,
    layers: [n0, n1, n2],
    learningRate,
    x,
    labels,
    weights,
  } = spec;
  const [w1, b1, w2, b2] = [weights.w1, weights.b1, weights.w2, weights.b2].map((w) => w.slice());
  const [dW1, db1, dW2, db2] = [w1, b1, w2, b2].map((w) => new Float64Array(w.length));
  const a1 = new Float64Array(m * n1),
    delta1 = new Float64Array(m * n1);
  const y = new Float64Array(m * n2);

  function predict() {
    forward(m, n0, n1, x, w1, b1, a1);
    tanh(a1);
    forward(m, n1, n2, a1, w2, b2, y);
    softmax(m, n2, y);
    return y;
  }

  function train(iterations) {
    let cost;
    for (let t = 0; t < iterations; t++) {
      const delta2 = predict();
      cost = crossEntropyError(m, n2, delta2, labels);
      gradient(m, n1, n2, a1, delta2, dW2, db2);
      backward(m, n1, n2, delta2, w2, a1, delta1);
      gradient(m, n0, n1, x, delta1, dW1, db1);
      update(w1, dW1, learningRate);
      update(b1, db1, learningRate);
      update(w2, dW2, learningRate);
      update(b2, db2, learningRate);
    }
    return cost;
  }

  return inProcess(spec, { train, predict });
}

export function contestants() {
  return [{ id: 'plain-js', name: 'plain JavaScript', precision: 'f64', threads: 1, setup }];
}
