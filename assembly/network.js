"use strict";
var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.LayerSpace = exports.Workspace = exports.Network = void 0;
exports.networkBytes = networkBytes;
exports.layNetwork = layNetwork;
exports.initialize = initialize;
exports.packWeights = packWeights;
exports.packBiases = packBiases;
exports.unpackWeights = unpackWeights;
exports.unpackBiases = unpackBiases;
exports.replaceParameters = replaceParameters;
exports.workspaceBytes = workspaceBytes;
exports.layWorkspace = layWorkspace;
exports.forward = forward;
exports.transposeWeights = transposeWeights;
exports.backward = backward;
const activation_1 = require("./activation");
const dense_1 = require("./dense");
const gemm_1 = require("./gemm");
const loss_1 = require("./loss");
const pack_1 = require("./pack");
const panel_1 = require("./panel");
/**
 * A network is one arena: this header, its random generator, its layers, and the parameters of all layers as one flat
 * block, W₁ and b₁ first. What a block of rows needs on its way is a Workspace, laid where the caller has room.
 */
let Network = class Network {
    /** L: how many layers have weights. */
    depth;
    /** Address of the parameters of all layers. */
    parameters;
    parameterBytes;
    get random() {
        return changetype(changetype(this) + NETWORK_HEADER);
    }
    /** Layer l of 1 … L. */
    layer(l) {
        return changetype(changetype(this) + NETWORK_HEADER + offsetof() + (l - 1) * offsetof());
    }
    /** Where the gradient of layer l lies in a block laid out like the parameters. */
    within(block, l) {
        return block + (this.layer(l).parameters - this.parameters);
    }
};
exports.Network = Network;
__decorate([
    inline
], Network.prototype, "random", null);
__decorate([
    inline
], Network.prototype, "layer", null);
__decorate([
    inline
], Network.prototype, "within", null);
exports.Network = Network = __decorate([
    unmanaged,
    final
], Network);
const NETWORK_HEADER = 16;
/** Bytes before the parameters, a multiple of 16. */
function networkHeadBytes(depth) {
    return (NETWORK_HEADER + offsetof() + depth * offsetof() + 15) & ~15;
}
/** The i32 at index i of an array. */
function widthAt(widths, i) {
    return load(widths + (i << 2));
}
/** Bytes of a network of widths n₀ … n_depth (i32 each). */
function networkBytes(widths, depth) {
    let bytes = networkHeadBytes(depth);
    for (let l = 1; l <= depth; l++)
        bytes += (0, dense_1.parameterBytes)(widthAt(widths, l - 1), widthAt(widths, l));
    return bytes;
}
/** A network with all parameters 0, at an address with room for networkBytes. */
function layNetwork(address, widths, depth) {
    const network = changetype(address);
    network.depth = depth;
    network.parameters = address + networkHeadBytes(depth);
    let parameters = network.parameters;
    for (let l = 1; l <= depth; l++) {
        const layer = network.layer(l);
        layer.inputs = widthAt(widths, l - 1);
        layer.outputs = widthAt(widths, l);
        layer.parameters = parameters;
        layer.stride = (0, dense_1.parameterStride)(layer.inputs);
        parameters += (0, dense_1.parameterBytes)(layer.inputs, layer.outputs);
    }
    network.parameterBytes = parameters - network.parameters;
    memory.fill(network.parameters, 0, network.parameterBytes);
    setSpareLogits(network.layer(depth));
}
/** Biases of the output layer's spare columns, so that softmax passes them over. */
function setSpareLogits(output) {
    const columns = (0, panel_1.panelCount)(output.outputs) * (0, panel_1.panelWidth)();
    for (let j = output.outputs; j < columns; j++) {
        store(output.parameters + columnOffset(j, output.stride), loss_1.SPARE_LOGIT);
    }
}
/** Offset of column j of a row in panels. */
function columnOffset(j, stride) {
    return (j / (0, panel_1.panelWidth)()) * stride + (j % (0, panel_1.panelWidth)()) * sizeof();
}
/** W_l ← N(0, 1)·scales[l−1], drawn row by row from the seed, layer after layer; b_l ← 0. */
function initialize(network, seed, scales) {
    const random = network.random;
    random.seed(seed);
    for (let l = 1; l <= network.depth; l++) {
        const layer = network.layer(l);
        const scale = load(scales + ((l - 1) << 3));
        for (let i = 0; i < layer.inputs; i++) {
            const row = layer.parameters + (1 + i) * panel_1.PANEL_BYTES;
            for (let j = 0; j < layer.outputs; j++) {
                store(row + columnOffset(j, layer.stride), (random.normal() * scale));
            }
        }
    }
}
/**
 * Rows first … first+count−1 of W_l, in a block laid out like the parameters ← row-major source.
 * Returns the row-major index within source of the first value that is not finite, or −1.
 */
function packWeights(network, l, block, first, count, source) {
    const layer = network.layer(l);
    return (0, pack_1.pack)(count, layer.outputs, source, weightRow(network, l, block, first), layer.stride);
}
/** b_l, in a block laid out like the parameters ← vector; returns the index of a value not finite, or −1. */
function packBiases(network, l, block, source) {
    const layer = network.layer(l);
    return (0, pack_1.pack)(1, layer.outputs, source, network.within(block, l), layer.stride);
}
/** Row-major target ← rows first … first+count−1 of W_l, in a block laid out like the parameters. */
function unpackWeights(network, l, block, first, count, target) {
    const layer = network.layer(l);
    (0, pack_1.unpack)(count, layer.outputs, weightRow(network, l, block, first), layer.stride, target);
}
/** Vector target ← b_l, in a block laid out like the parameters. */
function unpackBiases(network, l, block, target) {
    const layer = network.layer(l);
    (0, pack_1.unpack)(1, layer.outputs, network.within(block, l), layer.stride, target);
}
function weightRow(network, l, block, i) {
    return network.within(block, l) + (1 + i) * panel_1.PANEL_BYTES;
}
/** Parameters ← a block laid out like them, padding set right. */
function replaceParameters(network, block) {
    memory.copy(network.parameters, block, network.parameterBytes);
    setSpareLogits(network.layer(network.depth));
}
/** What one block of rows needs on its way through the network; LayerSpace 1 … L follow this header. */
let Workspace = class Workspace {
    /** Rows that fit. */
    rows;
    /** Bytes from one panel to the next, of every block here. */
    stride;
    /** Room for a block of X. */
    input;
    /** Room for one value a row. */
    rowSums;
    layer(l) {
        return changetype(changetype(this) + 16 + (l - 1) * offsetof());
    }
};
exports.Workspace = Workspace;
__decorate([
    inline
], Workspace.prototype, "layer", null);
exports.Workspace = Workspace = __decorate([
    unmanaged,
    final
], Workspace);
let LayerSpace = class LayerSpace {
    /** A_l (rows, n_l): activations; of the last layer the logits Z_L. */
    a;
    /** dZ_l (rows, n_l): the error term; of the last layer it takes the place of Z_L. */
    delta;
    /** W_lᵀ with a first row of zeros, for l > 1. */
    transposed;
};
exports.LayerSpace = LayerSpace;
exports.LayerSpace = LayerSpace = __decorate([
    unmanaged,
    final
], LayerSpace);
function workspaceHeadBytes(depth) {
    return (16 + depth * offsetof() + 15) & ~15;
}
/** Bytes of a workspace for blocks of that many rows; with or without what going backward needs. */
function workspaceBytes(network, rows, backward) {
    let bytes = workspaceHeadBytes(network.depth) + (0, loss_1.rowSumBytes)(rows);
    bytes += (0, panel_1.blockBytes)(rows, network.layer(1).inputs);
    for (let l = 1; l <= network.depth; l++) {
        const layer = network.layer(l);
        const block = (0, panel_1.blockBytes)(rows, layer.outputs);
        bytes += block;
        if (backward && l < network.depth)
            bytes += block;
        if (backward && l > 1)
            bytes += (0, pack_1.transposedBytes)(layer.inputs, layer.outputs);
    }
    return bytes;
}
/** A workspace at an address with room for workspaceBytes. */
function layWorkspace(address, network, rows, backward) {
    const space = changetype(address);
    space.rows = rows;
    space.stride = (0, panel_1.blockStride)(rows);
    let next = address + workspaceHeadBytes(network.depth);
    space.rowSums = next;
    next += (0, loss_1.rowSumBytes)(rows);
    space.input = next;
    next += (0, panel_1.blockBytes)(rows, network.layer(1).inputs);
    for (let l = 1; l <= network.depth; l++) {
        const layer = network.layer(l);
        const block = (0, panel_1.blockBytes)(rows, layer.outputs);
        const own = space.layer(l);
        own.a = next;
        next += block;
        own.delta = own.a;
        if (backward && l < network.depth) {
            own.delta = next;
            next += block;
        }
        if (backward && l > 1) {
            const bytes = (0, pack_1.transposedBytes)(layer.inputs, layer.outputs);
            own.transposed = next;
            memory.fill(next, 0, bytes);
            next += bytes;
        }
    }
}
/** A₀ = X; Z_l = 1·b_l + A_{l−1}·W_l; A_l = tanh Z_l; the last layer is left at Z_L. X (rows, n₀). */
function forward(network, space, rows, x, xStride) {
    for (let l = 1; l <= network.depth; l++) {
        const layer = network.layer(l);
        const a = space.layer(l).a;
        (0, dense_1.denseForward)(layer, rows, x, xStride, a, space.stride);
        if (l < network.depth)
            (0, activation_1.tanhForward)(rows, layer.outputs, a, space.stride);
        x = a;
        xStride = space.stride;
    }
}
/** W_lᵀ of every layer that an error term goes back through; once a step. */
function transposeWeights(network, space) {
    for (let l = 2; l <= network.depth; l++) {
        const layer = network.layer(l);
        const w = layer.parameters + panel_1.PANEL_BYTES;
        (0, pack_1.packTransposed)(layer.inputs, layer.outputs, w, layer.stride, space.layer(l).transposed);
    }
}
/**
 * From dZ_L: dW_l = A_{l−1}ᵀ·dZ_l, db_l = 1ᵀ·dZ_l, dA_{l−1} = dZ_l·W_lᵀ, dZ_{l−1} = dA_{l−1} ∘ (1 − A_{l−1}²).
 * The gradients replace what is in their block or, to accumulate, are added to it.
 */
function backward(network, space, rows, x, xStride, gradients, accumulate) {
    const stride = space.stride;
    for (let l = network.depth; l > 1; l--) {
        const layer = network.layer(l);
        const own = space.layer(l), below = space.layer(l - 1);
        (0, dense_1.denseBackward)(layer, rows, below.a, stride, own.delta, stride, network.within(gradients, l), accumulate);
        (0, gemm_1.gemmNN)(rows, layer.inputs, layer.outputs, own.delta, stride, own.transposed, (0, pack_1.transposedStride)(layer.outputs), below.delta, stride);
        (0, activation_1.tanhBackward)(rows, layer.inputs, below.a, below.delta, stride);
    }
    const first = network.layer(1);
    (0, dense_1.denseBackward)(first, rows, x, xStride, space.layer(1).delta, stride, gradients, accumulate);
}
