import { columnSums, gemmNN, gemmTN } from './gemm';
import { MR } from './microkernel';
import { PANEL_BYTES, panelCount, roundUp } from './panel';

/**
 * One fully connected layer. Its parameters are one matrix (1 + inputs, outputs) in panels: the first row is b, then
 * come the rows of W, then zeros to a multiple of MR. The gradients are laid out alike.
 */
@unmanaged
@final
export class Dense {
  inputs: i32;
  outputs: i32;
  /** The function of its outputs; the last layer's, whose logits go to the loss, is the identity. */
  activation: i32;
  /** The most rows of a tile in its products. */
  tileRows: i32;
  /** Address of the parameters. */
  parameters: usize;
  /** Bytes from one panel of the parameters to the next. */
  stride: usize;
}

/** Bytes from one panel of a layer's parameters to the next. */
export function parameterStride(inputs: i32): usize {
  return <usize>(1 + roundUp(inputs, MR)) * PANEL_BYTES;
}

/** Bytes of a layer's parameters, numbers of so many bytes. */
export function parameterBytes(inputs: i32, outputs: i32, size: i32): u64 {
  return <u64>panelCount(outputs, size) * parameterStride(inputs);
}

/** Z ← 1·b + X·W; X (rows, inputs), Z (rows, outputs). */
export function denseForward<T extends number>(
  layer: Dense,
  rows: i32,
  x: usize,
  xStride: usize,
  z: usize,
  zStride: usize,
): void {
  gemmNN<T>(
    layer.tileRows,
    rows,
    layer.outputs,
    layer.inputs,
    x,
    xStride,
    layer.parameters,
    layer.stride,
    z,
    zStride,
  );
}

/** db ← 1ᵀ·dZ and dW ← Xᵀ·dZ, or added to what is there to accumulate; dZ (rows, outputs). */
export function denseBackward<T extends number>(
  layer: Dense,
  rows: i32,
  x: usize,
  xStride: usize,
  delta: usize,
  deltaStride: usize,
  gradient: usize,
  accumulate: bool,
): void {
  columnSums<T>(layer.outputs, rows, delta, deltaStride, gradient, layer.stride, accumulate);
  gemmTN<T>(
    layer.tileRows,
    layer.inputs,
    layer.outputs,
    rows,
    x,
    xStride,
    delta,
    deltaStride,
    gradient + PANEL_BYTES,
    layer.stride,
    accumulate,
  );
}
