import { PANEL_BYTES, Panel } from './panel';
import { lanes } from './simd';

/** Which of the two `Columns.turn` writes. */
export const enum To {
  COLUMNS,
  PANELS,
}

/** Between panels (rows, cols) and columns (cols, rows), both to whole squares of a vector's lanes. */
@unmanaged
@final
export class Columns {
  /** columns, `stride` apart ← panels, or the other way round; decided by the compiler where it is called. */
  @inline
  static turn<T extends number>(
    to: To,
    rows: i32,
    cols: i32,
    panels: usize,
    panelStride: usize,
    columns: usize,
    stride: usize,
  ): void {
    for (let j = 0; j < cols; j += lanes<T>(), columns += <usize>lanes<T>() * stride) {
      let panel = panels + Panel.offset<T>(j, panelStride);
      const end = columns + <usize>rows * sizeof<T>();
      for (let column = columns; column < end; column += 16, panel += <usize>lanes<T>() * PANEL_BYTES) {
        if (to == To.COLUMNS) Square.transpose<T>(panel, PANEL_BYTES, column, stride);
        else Square.transpose<T>(column, stride, panel, PANEL_BYTES);
      }
    }
  }
}

/**
 * A square of one vector's lanes. Methods here, as only these are inlined wherever they are called: calls took a twentieth
 * of an iteration of iris in f32, and in engines that do not inline WebAssembly three times that.
 */
@unmanaged
@final
export class Square {
  /** target ← sourceᵀ; the strides are those of the vectors. */
  @inline
  static transpose<T extends number>(
    source: usize,
    sourceStride: usize,
    target: usize,
    targetStride: usize,
  ): void {
    const r0 = v128.load(source),
      r1 = v128.load(source + sourceStride);
    if (sizeof<T>() == 8) {
      v128.store(target, v128.shuffle<u64>(r0, r1, 0, 2));
      v128.store(target + targetStride, v128.shuffle<u64>(r0, r1, 1, 3));
    } else {
      const r2 = v128.load(source + 2 * sourceStride),
        r3 = v128.load(source + 3 * sourceStride);
      const even01 = v128.shuffle<u32>(r0, r1, 0, 4, 2, 6),
        odd01 = v128.shuffle<u32>(r0, r1, 1, 5, 3, 7),
        even23 = v128.shuffle<u32>(r2, r3, 0, 4, 2, 6),
        odd23 = v128.shuffle<u32>(r2, r3, 1, 5, 3, 7);
      v128.store(target, v128.shuffle<u64>(even01, even23, 0, 2));
      v128.store(target + targetStride, v128.shuffle<u64>(odd01, odd23, 0, 2));
      v128.store(target + 2 * targetStride, v128.shuffle<u64>(even01, even23, 1, 3));
      v128.store(target + 3 * targetStride, v128.shuffle<u64>(odd01, odd23, 1, 3));
    }
  }
}
