import { expect, test } from 'vitest';
import { selectRows } from '../../bindings/data/selection.js';
import { refusal } from '../../bindings/core/staging.js';
import { copyOf } from '../../bindings/matrix.js';
import { readMatrix } from '../../bindings/row-source.js';

const source = readMatrix(
  Array.from({ length: 10 }, (_, i) => [10 * i, 10 * i + 1]),
  'x',
);

test.each([[[3, 1, 2]], [[0, 1, 2, 3]], [[9, 8, 7]], [[4, 4, 4]], [[5, 6, 7, 2, 3, 9]], [[]]])(
  'gives the rows %j, whole and in parts',
  (rows) => {
    const selected = selectRows(source, Uint32Array.from(rows));
    expect([selected.rows, selected.cols]).toEqual([rows.length, 2]);
    const expected = rows.map((i) => [10 * i, 10 * i + 1]);
    expect(copyOf(selected).toRows()).toEqual(expected);
    for (let first = 0; first < rows.length; first++) {
      const f32 = new Float32Array(2 * (rows.length - first) + 1).fill(-9);
      selected.copyTo(f32, first, rows.length - first, 0, 2);
      expect([...f32]).toEqual([...expected.slice(first).flat(), -9]);
    }
  },
);

test('a selection of a selection', () => {
  const selected = selectRows(selectRows(source, Uint32Array.of(5, 6, 7, 8)), Uint32Array.of(3, 0));
  expect(copyOf(selected).toRows()).toEqual([
    [80, 81],
    [50, 51],
  ]);
});

test('copies no row but the selected, and reads what follows at once', () => {
  const copied: [number, number][] = [];
  const spy = {
    rows: 10,
    cols: 2,
    copyTo: (_: unknown, first: number, n: number) => copied.push([first, n]),
  };
  const selected = selectRows(spy as never, Uint32Array.of(2, 3, 4, 9, 0, 1, 1));
  selected.copyTo(new Float64Array(14), 0, 7, 0, 2);
  expect(copied).toEqual([
    [2, 3],
    [9, 1],
    [0, 2],
    [1, 1],
  ]);
});

test('a refusal names the caller’s row', () => {
  const given = readMatrix([[1], [2], [NaN], [4]], 'x');
  const selected = selectRows(selectRows(given, Uint32Array.of(3, 2, 0)), Uint32Array.of(1));
  expect(refusal(selected, 'x', Float64Array.of(NaN), 0, 0).message).toBe(
    '"x" expected finite numbers, got NaN at row 2, column 0',
  );
});
