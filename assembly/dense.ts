import { columnSums, gemmNN, gemmTN } from './gemm';
import { MR } from './microkernel';
import { PANEL_BYTES, Panel, panelCount, roundUp } from './panel';

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
  gemmNN<T>(rows, layer.outputs, layer.inputs, x, xStride, layer.parameters, layer.stride, z, zStride);
}

/**
 * Rows first … first+count−1 of dW ← Xᵀ·dZ, before the first row also db ← 1ᵀ·dZ, or added to what is there to
 * accumulate; dZ (rows, outputs), `first` a multiple of MR.
 */
export function denseBackward<T extends number>(
  layer: Dense,
  first: i32,
  count: i32,
  rows: i32,
  x: usize,
  xStride: usize,
  delta: usize,
  deltaStride: usize,
  gradient: usize,
  accumulate: bool,
): void {
  if (first == 0) columnSums<T>(layer.outputs, rows, delta, deltaStride, gradient, layer.stride, accumulate);
  gemmTN<T>(
    count,
    layer.outputs,
    rows,
    x + Panel.offset<T>(first, xStride),
    xStride,
    delta,
    deltaStride,
    gradient + <usize>(1 + first) * PANEL_BYTES,
    layer.stride,
    accumulate,
  );
}
