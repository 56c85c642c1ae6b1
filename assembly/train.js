"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.train = train;
exports.predict = predict;
exports.evaluate = evaluate;
const loss_1 = require("./loss");
const network_1 = require("./network");
const optimizer_1 = require("./optimizer");
const pack_1 = require("./pack");
/** The loops over rows: blocks make a batch, batches make a pass; and the same forward only. */
/**
 * `passes` passes over X and Y by gradient descent; costs[pass] ← the mean cost of its rows, each before its batch's
 * update. Returns how many passes were finished: fewer when a cost or a parameter stopped being finite, and then the
 * cost at that index is stored too and the parameters are those before the update that failed.
 */
function train(network, space, gradients, x, y, passes, learningRate, costs) {
    for (let pass = 0; pass < passes; pass++, costs += sizeof()) {
        let cost = 0.0;
        let healthy = true;
        for (let first = 0; healthy && first < x.rows; first += x.batch) {
            cost += differentiate(network, space, gradients, x, y, first);
            healthy = isFinite(cost) && update(network, gradients, learningRate);
        }
        store(costs, cost / x.rows);
        if (!healthy)
            return pass;
    }
    return passes;
}
/** gradients ← those of the mean cost of the batch that begins at row `first`; returns the summed cost of its rows. */
function differentiate(network, space, gradients, x, y, first) {
    (0, network_1.transposeWeights)(network, space);
    const count = min(x.batch, x.rows - first);
    const weight = 1 / count;
    const delta = space.layer(network.depth).delta;
    let block = x.firstBlock(first);
    let cost = 0.0;
    for (let done = 0; done < count; done += x.blockRows, block++) {
        const rows = min(x.blockRows, count - done);
        const xBlock = x.at(block), yBlock = y.at(block);
        (0, network_1.forward)(network, space, rows, xBlock, x.stride);
        cost += (0, loss_1.softmaxCrossEntropy)(rows, y.cols, delta, space.stride, yBlock, y.stride, weight, space.rowSums);
        (0, network_1.backward)(network, space, rows, xBlock, x.stride, gradients, done > 0);
    }
    return cost;
}
/** One step of the optimiser; taken back, and false, if it made a parameter infinite or NaN. */
function update(network, gradients, learningRate) {
    const finite = (0, optimizer_1.descend)(network.parameterBytes, network.parameters, gradients, learningRate);
    if (!finite)
        memory.copy(network.parameters, gradients, network.parameterBytes);
    return finite;
}
/**
 * Ŷ ← the network's output for X; both row-major, X (rows, n₀), Ŷ (rows, n_L).
 * Returns the row-major index of the first value of X that is not finite, or −1.
 */
function predict(network, space, rows, x, yHat) {
    const inputs = network.layer(1).inputs, outputs = network.layer(network.depth).outputs;
    const a = space.layer(network.depth).a;
    for (let done = 0; done < rows; done += space.rows) {
        const count = min(space.rows, rows - done);
        const bad = (0, pack_1.pack)(count, inputs, x, space.input, space.stride);
        if (bad >= 0)
            return done * inputs + bad;
        (0, network_1.forward)(network, space, count, space.input, space.stride);
        (0, loss_1.softmax)(count, outputs, a, space.stride);
        (0, pack_1.unpack)(count, outputs, a, space.stride, yHat);
        x += (count * inputs) * sizeof();
        yHat += (count * outputs) * sizeof();
    }
    return -1;
}
/** result[0] ← the mean cost over X and Y, result[1] ← the share of rows whose greatest output is the right one. */
function evaluate(network, space, x, y, result) {
    const z = space.layer(network.depth).a;
    let cost = 0.0;
    let hits = 0;
    let block = 0;
    for (let done = 0; done < x.rows; done += x.blockRows, block++) {
        const rows = min(x.blockRows, x.rows - done);
        const yBlock = y.at(block);
        (0, network_1.forward)(network, space, rows, x.at(block), x.stride);
        hits += (0, loss_1.countHits)(rows, y.cols, z, space.stride, yBlock, y.stride);
        cost += (0, loss_1.softmaxCrossEntropy)(rows, y.cols, z, space.stride, yBlock, y.stride, 1, space.rowSums);
    }
    store(result, cost / x.rows);
    store(result, hits / x.rows, sizeof());
}
