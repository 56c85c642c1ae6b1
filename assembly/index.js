"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.blockRowsFor = void 0;
exports.allocate = allocate;
exports.release = release;
exports.parametersOf = parametersOf;
exports.parameterBytesOf = parameterBytesOf;
exports.networkBytes_f32 = networkBytes_f32;
exports.networkBytes_f64 = networkBytes_f64;
exports.layNetwork_f32 = layNetwork_f32;
exports.layNetwork_f64 = layNetwork_f64;
exports.initialize_f32 = initialize_f32;
exports.initialize_f64 = initialize_f64;
exports.packWeights_f32 = packWeights_f32;
exports.packWeights_f64 = packWeights_f64;
exports.packBiases_f32 = packBiases_f32;
exports.packBiases_f64 = packBiases_f64;
exports.unpackWeights_f32 = unpackWeights_f32;
exports.unpackWeights_f64 = unpackWeights_f64;
exports.unpackBiases_f32 = unpackBiases_f32;
exports.unpackBiases_f64 = unpackBiases_f64;
exports.replaceParameters_f32 = replaceParameters_f32;
exports.replaceParameters_f64 = replaceParameters_f64;
exports.workspaceBytes_f32 = workspaceBytes_f32;
exports.workspaceBytes_f64 = workspaceBytes_f64;
exports.layWorkspace_f32 = layWorkspace_f32;
exports.layWorkspace_f64 = layWorkspace_f64;
exports.blocksBytes_f32 = blocksBytes_f32;
exports.blocksBytes_f64 = blocksBytes_f64;
exports.layBlocks_f32 = layBlocks_f32;
exports.layBlocks_f64 = layBlocks_f64;
exports.fillBlocks_f32 = fillBlocks_f32;
exports.fillBlocks_f64 = fillBlocks_f64;
exports.train_f32 = train_f32;
exports.train_f64 = train_f64;
exports.predict_f32 = predict_f32;
exports.predict_f64 = predict_f64;
exports.evaluate_f32 = evaluate_f32;
exports.evaluate_f64 = evaluate_f64;
const blocks_1 = require("./blocks");
Object.defineProperty(exports, "blockRowsFor", { enumerable: true, get: function () { return blocks_1.blockRowsFor; } });
const network_1 = require("./network");
const train_1 = require("./train");
/** Address of a block of bytes, 16-byte aligned; traps when there is no room. */
function allocate(bytes) {
    return heap.alloc(bytes);
}
function release(address) {
    heap.free(address);
}
function parametersOf(network) {
    return network.parameters;
}
function parameterBytesOf(network) {
    return network.parameterBytes;
}
function networkBytes_f32(widths, depth) {
    return (0, network_1.networkBytes)(widths, depth);
}
function networkBytes_f64(widths, depth) {
    return (0, network_1.networkBytes)(widths, depth);
}
function layNetwork_f32(address, widths, depth) {
    (0, network_1.layNetwork)(address, widths, depth);
}
function layNetwork_f64(address, widths, depth) {
    (0, network_1.layNetwork)(address, widths, depth);
}
function initialize_f32(network, seed, scales) {
    (0, network_1.initialize)(network, seed, scales);
}
function initialize_f64(network, seed, scales) {
    (0, network_1.initialize)(network, seed, scales);
}
function packWeights_f32(network, l, block, first, count, source) {
    return (0, network_1.packWeights)(network, l, block, first, count, source);
}
function packWeights_f64(network, l, block, first, count, source) {
    return (0, network_1.packWeights)(network, l, block, first, count, source);
}
function packBiases_f32(network, l, block, source) {
    return (0, network_1.packBiases)(network, l, block, source);
}
function packBiases_f64(network, l, block, source) {
    return (0, network_1.packBiases)(network, l, block, source);
}
function unpackWeights_f32(network, l, block, first, count, target) {
    (0, network_1.unpackWeights)(network, l, block, first, count, target);
}
function unpackWeights_f64(network, l, block, first, count, target) {
    (0, network_1.unpackWeights)(network, l, block, first, count, target);
}
function unpackBiases_f32(network, l, block, target) {
    (0, network_1.unpackBiases)(network, l, block, target);
}
function unpackBiases_f64(network, l, block, target) {
    (0, network_1.unpackBiases)(network, l, block, target);
}
function replaceParameters_f32(network, block) {
    (0, network_1.replaceParameters)(network, block);
}
function replaceParameters_f64(network, block) {
    (0, network_1.replaceParameters)(network, block);
}
function workspaceBytes_f32(network, rows, backward) {
    return (0, network_1.workspaceBytes)(network, rows, backward);
}
function workspaceBytes_f64(network, rows, backward) {
    return (0, network_1.workspaceBytes)(network, rows, backward);
}
function layWorkspace_f32(address, network, rows, backward) {
    (0, network_1.layWorkspace)(address, network, rows, backward);
}
function layWorkspace_f64(address, network, rows, backward) {
    (0, network_1.layWorkspace)(address, network, rows, backward);
}
function blocksBytes_f32(rows, cols, batch) {
    return (0, blocks_1.blocksBytes)(rows, cols, batch);
}
function blocksBytes_f64(rows, cols, batch) {
    return (0, blocks_1.blocksBytes)(rows, cols, batch);
}
function layBlocks_f32(address, rows, cols, batch) {
    (0, blocks_1.layBlocks)(address, rows, cols, batch);
}
function layBlocks_f64(address, rows, cols, batch) {
    (0, blocks_1.layBlocks)(address, rows, cols, batch);
}
function fillBlocks_f32(blocks, first, count, source) {
    return (0, blocks_1.fillBlocks)(blocks, first, count, source);
}
function fillBlocks_f64(blocks, first, count, source) {
    return (0, blocks_1.fillBlocks)(blocks, first, count, source);
}
function train_f32(network, space, gradients, x, y, passes, learningRate, costs) {
    return (0, train_1.train)(network, space, gradients, x, y, passes, learningRate, costs);
}
function train_f64(network, space, gradients, x, y, passes, learningRate, costs) {
    return (0, train_1.train)(network, space, gradients, x, y, passes, learningRate, costs);
}
function predict_f32(network, space, rows, x, yHat) {
    return (0, train_1.predict)(network, space, rows, x, yHat);
}
function predict_f64(network, space, rows, x, yHat) {
    return (0, train_1.predict)(network, space, rows, x, yHat);
}
function evaluate_f32(network, space, x, y, result) {
    (0, train_1.evaluate)(network, space, x, y, result);
}
function evaluate_f64(network, space, x, y, result) {
    (0, train_1.evaluate)(network, space, x, y, result);
}
