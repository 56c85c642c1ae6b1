import {
  Elementwise,
  Elu,
  Gelu,
  Identity,
  LeakyRelu,
  Relu,
  Sigmoid,
  Silu,
  Softplus,
  Tanh,
} from './elementwise';
import { PANEL_BYTES, clearSpareColumns, panelCount, panelWidth } from './panel';
import { lanes } from './simd';
import { InlineTanh } from './tanh';

/** The hidden activations over a block of rows; bindings/options.ts lists their names in this order. */
export const enum Activation {
  TANH,
  RELU,
  LEAKY_RELU,
  SIGMOID,
  ELU,
  GELU,
  SILU,
  SOFTPLUS,
  IDENTITY,
}

/**
 * A ← f(Z), in place, and S ← f′(Z), unless S is at A; all (rows, cols) in panels of one stride.
 * The slopes are computed here and not on the way back, where they would want Z again or what f has of it.
 */
export function activate<T extends number>(
  activation: i32,
  rows: i32,
  cols: i32,
  z: usize,
  s: usize,
  stride: usize,
): void {
  switch (activation) {
    case Activation.TANH:
      return map<T, Tanh<T>>(rows, cols, z, s, stride);
    case Activation.RELU:
      return map<T, Relu<T>>(rows, cols, z, s, stride);
    case Activation.LEAKY_RELU:
      return map<T, LeakyRelu<T>>(rows, cols, z, s, stride);
    case Activation.ELU:
      return map<T, Elu<T>>(rows, cols, z, s, stride);
    case Activation.GELU:
      return map<T, Gelu<T>>(rows, cols, z, s, stride);
    case Activation.SILU:
      return map<T, Silu<T>>(rows, cols, z, s, stride);
    case Activation.IDENTITY:
      return map<T, Identity<T>>(rows, cols, z, s, stride);
    // The others have f(0) = 0 and leave spare columns as they are.
    case Activation.SIGMOID:
      map<T, Sigmoid<T>>(rows, cols, z, s, stride);
      return clearSpareColumns(rows, cols, sizeof<T>(), z, stride);
    case Activation.SOFTPLUS:
      map<T, Softplus<T>>(rows, cols, z, s, stride);
      return clearSpareColumns(rows, cols, sizeof<T>(), z, stride);
  }
}

function map<T extends number, F extends Elementwise>(
  rows: i32,
  cols: i32,
  z: usize,
  s: usize,
  stride: usize,
): void {
  const toSlopes = s - z;
  for (; cols > 0; cols -= panelWidth<T>(), z += stride) {
    const end = z + <usize>rows * PANEL_BYTES;
    // The last panel may fill half of its two vectors.
    const step: usize = cols > lanes<T>() ? 16 : PANEL_BYTES;
    for (let at = z; at < end; at += step) {
      const zi = v128.load(at);
      const g = changetype<F>(0).inner(zi);
      if (toSlopes) v128.store(at + toSlopes, changetype<F>(0).slope(zi, g));
      v128.store(at, changetype<F>(0).value(zi, g));
    }
  }
}

/**
 * A ← tanh Z, in place, without slopes: the textbook's activation has its own loop. Two vectors a turn, as each waits for
 * itself: 5 % of an iteration of iris and 6 % of xor in f64 (Zen 3, Node 24).
 */
export function tanhForward<T extends number>(rows: i32, cols: i32, z: usize, stride: usize): void {
  for (; cols > 0; cols -= panelWidth<T>(), z += stride) {
    const end = z + <usize>rows * PANEL_BYTES;
    if (cols > lanes<T>()) {
      for (let at = z; at < end; at += PANEL_BYTES) {
        const a0 = InlineTanh.of<T>(v128.load(at)),
          a1 = InlineTanh.of<T>(v128.load(at, 16));
        v128.store(at, a0);
        v128.store(at, a1, 16);
      }
    } else {
      // The last panel may fill half of its two vectors.
      for (let at = z; at < end; at += PANEL_BYTES) v128.store(at, InlineTanh.of<T>(v128.load(at)));
    }
  }
}

/**
 * Whether the slopes are computed on the way back: of tanh they are 1 − A², where dropout has left A as it was. That
 * saves the textbook's network a store, 4 % of an iteration of iris in f32.
 */
export function hasLateSlopes(activation: i32, dropout: f64): bool {
  return activation == Activation.TANH && dropout == 0;
}

/** A method, as only these are inlined wherever they are called: called, it took 2 % of an iteration of xor. */
@unmanaged
@final
export class Slopes {
  /**
   * C ← C ∘ S, all (rows, cols) in panels of one stride; where S is at A, it is 1 − A². Of these two vectors a turn, 2 % of
   * an iteration of iris and xor.
   */
  @inline
  static multiply<T extends number>(rows: i32, cols: i32, c: usize, a: usize, s: usize, stride: usize): void {
    const late = s == a;
    const one = v128.splat<T>(<T>1);
    for (let panels = panelCount(cols, sizeof<T>()); panels > 0; panels--, c += stride, s += stride) {
      const end = <usize>rows * PANEL_BYTES;
      if (late) {
        for (let at: usize = 0; at < end; at += PANEL_BYTES) {
          const a0 = v128.load(s + at),
            a1 = v128.load(s + at, 16);
          v128.store(c + at, v128.mul<T>(v128.load(c + at), v128.sub<T>(one, v128.mul<T>(a0, a0))));
          v128.store(c + at, v128.mul<T>(v128.load(c + at, 16), v128.sub<T>(one, v128.mul<T>(a1, a1))), 16);
        }
      } else {
        for (let at: usize = 0; at < end; at += 16) {
          v128.store(c + at, v128.mul<T>(v128.load(c + at), v128.load(s + at)));
        }
      }
    }
  }
}
