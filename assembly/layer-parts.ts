import { activate, Slopes } from './activation';
import { drop } from './dropout';
import { columnSums, gemmNN, gemmTN } from './gemm';
import { costOf } from './loss';
import { MR } from './microkernel';
import { Network } from './network';
import { packTransposed } from './pack';
import { PANEL_BYTES, Panel, panelWidth } from './panel';
import { Training } from './training';
import { Workspace } from './workspace';

/** What propagation.ts does with a layer, for a part of its columns or rows; the same bits, as no sum is cut. */

/** Columns j … j+n−1 of Z_l and A_l; j a multiple of a panel's width. */
export function forwardColumns<T extends number>(
  network: Network,
  space: Workspace,
  l: i32,
  j: i32,
  n: i32,
  rows: i32,
  x: usize,
  xStride: usize,
): void {
  const layer = network.layer(l);
  const own = space.layer(l);
  const stride = space.stride;
  const at = Panel.offset<T>(j, stride);
  const parameters = layer.parameters + Panel.offset<T>(j, layer.stride);
  gemmNN<T>(rows, n, layer.inputs, x, xStride, parameters, layer.stride, own.a + at, stride);
  if (l < network.depth) activate<T>(layer.activation, rows, n, own.a + at, own.slope + at, stride);
}

export function dropLayer<T extends number>(network: Network, space: Workspace, l: i32, rows: i32): void {
  const own = space.layer(l);
  drop<T>(network.random, network.dropout, rows, network.layer(l).outputs, own.a, own.slope, space.stride);
}

/** dZ_L ← (Ŷ − Y)·scale; returns the cost without the scale. */
export function outputError<T extends number>(
  network: Network,
  space: Workspace,
  rows: i32,
  y: usize,
  yStride: usize,
  yCols: i32,
  scale: f64,
): f64 {
  const outputs = network.layer(network.depth).outputs;
  const delta = space.layer(network.depth).delta;
  return costOf<T>(network.output, rows, outputs, delta, space.stride, y, yStride, yCols, scale, space.loss);
}

/** MR rows of dW_l from row i on, before the first also db_l; A (rows, n_{l−1}). */
export function gradientRows<T extends number>(
  training: Training,
  l: i32,
  i: i32,
  rows: i32,
  a: usize,
  aStride: usize,
): void {
  const network = training.network,
    space = training.space;
  const layer = network.layer(l);
  const delta = space.layer(l).delta,
    gradient = network.within(training.gradients, l);
  const accumulate = training.done > 0;
  if (i == 0) columnSums<T>(layer.outputs, rows, delta, space.stride, gradient, layer.stride, accumulate);
  gemmTN<T>(
    min(MR, layer.inputs - i),
    layer.outputs,
    rows,
    a + Panel.offset<T>(i, aStride),
    aStride,
    delta,
    space.stride,
    gradient + <usize>(1 + i) * PANEL_BYTES,
    layer.stride,
    accumulate,
  );
}

/** One panel of dZ_{l−1}. */
export function errorPanel<T extends number>(
  network: Network,
  space: Workspace,
  l: i32,
  panel: i32,
  rows: i32,
): void {
  const own = space.layer(l),
    below = space.layer(l - 1);
  const stride = space.stride;
  const at = <usize>panel * stride;
  const n = panelWidth<T>();
  gemmNN<T>(
    rows,
    n,
    network.layer(l).outputs,
    own.delta,
    stride,
    own.transposed + <usize>panel * own.transposedStride,
    own.transposedStride,
    below.delta + at,
    stride,
  );
  Slopes.multiply<T>(rows, n, below.delta + at, below.a + at, below.slope + at, stride);
}

/** Columns j … of W_l, as many as a vector has lanes, become rows of W_lᵀ. */
export function transposeColumns<T extends number>(
  network: Network,
  space: Workspace,
  l: i32,
  j: i32,
  n: i32,
): void {
  const layer = network.layer(l);
  const own = space.layer(l);
  packTransposed<T>(
    layer.inputs,
    n,
    layer.parameters + PANEL_BYTES + Panel.offset<T>(j, layer.stride),
    layer.stride,
    own.transposed + <usize>j * PANEL_BYTES,
    own.transposedStride,
  );
}
