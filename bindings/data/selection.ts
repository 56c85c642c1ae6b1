import { originOf, type RowSource } from '../row-source.js';

/** Row i is row `rows[i]` of the source; a row may come several times. */
export function selectRows(source: RowSource, rows: Uint32Array): RowSource {
  const { cols } = source;
  return {
    rows: rows.length,
    cols,
    copyTo(target, firstRow, rowCount, from, to) {
      const end = firstRow + rowCount;
      // Rows that follow each other in the source too are copied at once.
      for (let i = firstRow; i < end;) {
        const first = rows[i]!;
        let run = 1;
        while (i + run < end && rows[i + run] === first + run) run++;
        source.copyTo(target.subarray((i - firstRow) * cols), first, run, from, to);
        i += run;
      }
    },
    origin: (row) => originOf(source, rows[row]!),
  };
}
