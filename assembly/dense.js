"use strict";
var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.Dense = void 0;
exports.parameterStride = parameterStride;
exports.parameterBytes = parameterBytes;
exports.denseForward = denseForward;
exports.denseBackward = denseBackward;
const gemm_1 = require("./gemm");
const microkernel_1 = require("./microkernel");
const panel_1 = require("./panel");
/**
 * One fully connected layer. Its parameters are one matrix (1 + inputs, outputs) in panels: the first row is b, then
 * come the rows of W, then zeros to a multiple of MR. The gradients are laid out alike.
 */
let Dense = class Dense {
    inputs;
    outputs;
    /** Address of the parameters. */
    parameters;
    /** Bytes from one panel of the parameters to the next. */
    stride;
};
exports.Dense = Dense;
exports.Dense = Dense = __decorate([
    unmanaged,
    final
], Dense);
/** Bytes from one panel of a layer's parameters to the next. */
function parameterStride(inputs) {
    return (1 + (0, panel_1.roundUp)(inputs, microkernel_1.MR)) * panel_1.PANEL_BYTES;
}
/** Bytes of a layer's parameters. */
function parameterBytes(inputs, outputs) {
    return (0, panel_1.panelCount)(outputs) * parameterStride(inputs);
}
/** Z ← 1·b + X·W; X (rows, inputs), Z (rows, outputs). */
function denseForward(layer, rows, x, xStride, z, zStride) {
    (0, gemm_1.gemmNN)(rows, layer.outputs, layer.inputs, x, xStride, layer.parameters, layer.stride, z, zStride);
}
/** db ← 1ᵀ·dZ and dW ← Xᵀ·dZ, or added to what is there to accumulate; dZ (rows, outputs). */
function denseBackward(layer, rows, x, xStride, delta, deltaStride, gradient, accumulate) {
    (0, gemm_1.columnSums)(layer.outputs, rows, delta, deltaStride, gradient, layer.stride, accumulate);
    (0, gemm_1.gemmTN)(layer.inputs, layer.outputs, rows, x, xStride, delta, deltaStride, gradient + panel_1.PANEL_BYTES, layer.stride, accumulate);
}
