import fc from 'fast-check';
import { Matrix as MlMatrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import { scaledRows } from '../bindings/data/scaling.js';
import { selectRows } from '../bindings/data/selection.js';
import { complete } from '../bindings/interruptible.js';
import { oneHotRows } from '../bindings/one-hot.js';
import { resolveOptions } from '../bindings/options.js';
import { readMatrix, type RowSource } from '../bindings/row-source.js';
import { resolveTrainOptions } from '../bindings/train-options.js';
import { planTraining } from '../bindings/training/plan.js';

fc.configureGlobal({ seed: 1 });

/** A source, and the rows that it stands for. */
interface Known {
  readonly source: RowSource;
  readonly rows: number[][];
}

const label = fc.nat({ max: 3 });
const matrix = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 7 })).chain(([m, n]) =>
  fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n, maxLength: n }), {
    minLength: m,
    maxLength: m,
  }),
);

const base: fc.Arbitrary<Known> = fc.oneof(
  matrix.map((rows) => ({ source: readMatrix(rows, 'x'), rows })),
  matrix.map((rows) => ({ source: readMatrix(new MlMatrix(rows), 'x'), rows })),
  matrix.map((rows) => {
    const data = Float32Array.from(rows.flat());
    return { source: readMatrix({ data, rows: rows.length, cols: rows[0]!.length }, 'x'), rows };
  }),
  fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => ({
    source: oneHotRows(Int32Array.from(labels), 4),
    rows: labels.map((hot) => [0, 1, 2, 3].map((j) => Number(j === hot))),
  })),
);

const scaled = base.map(({ source, rows }) => {
  const offset = Float64Array.from({ length: source.cols }, (_, j) => j);
  const factor = offset.map((j) => 2 ** j);
  return {
    source: scaledRows(source, { offset, factor }),
    rows: rows.map((row) => row.map((value, j) => (value - j) * 2 ** j)),
  };
});

const selected = fc.tuple(base, fc.array(fc.nat(), { minLength: 1, maxLength: 9 })).map(([given, picks]) => {
  const chosen = picks.map((pick) => pick % given.rows.length);
  return {
    source: selectRows(given.source, Uint32Array.from(chosen)),
    rows: chosen.map((row) => given.rows[row]!),
  };
});

/** Targets with their weights in the last column. */
const weighted = fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => {
  const sampleWeights = labels.map((_, i) => i + 1);
  const sum = sampleWeights.reduce((a, b) => a + b);
  const network = resolveOptions({ layers: [1, 4] });
  const options = resolveTrainOptions({ sampleWeights }, network);
  const x = labels.map((hot) => [hot]);
  const known = { classes: undefined, scaling: undefined };
  const { rows } = complete(planTraining(network, known, x, labels, options));
  return {
    source: rows.targets,
    rows: labels.map((hot, i) => [
      ...[0, 1, 2, 3].map((j) => Number(j === hot)),
      ((i + 1) / labels.length) * (labels.length / sum) * labels.length,
    ]),
  };
});

test.each([
  ['rows as they are given', base],
  ['scaled rows', scaled],
  ['selected rows', selected],
  ['weighted targets', weighted],
])('%s come whole, and in parts, and each part alone', (_, arbitrary) => {
  const property = fc.property(arbitrary, fc.nat(), fc.nat(), fc.boolean(), (known, a, b, single) => {
    const { source, rows } = known;
    const { cols } = source;
    const View = single ? Float32Array : Float64Array;
    const got = (first: number, count: number, from: number, to: number): number[] => {
      const target = new View(count * (to - from) + 1).fill(-99);
      source.copyTo(target, first, count, from, to);
      expect(target.at(-1)).toBe(-99);
      return [...target.subarray(0, -1)];
    };
    const near = (want: number[]): unknown => want.map((value) => expect.closeTo(value, 5));
    const i = a % rows.length;
    const [from, to] = [a % (cols + 1), b % (cols + 1)].sort((p, q) => p - q) as [number, number];
    expect(got(i, 1, from, to)).toEqual(near(rows[i]!.slice(from, to)));
    expect(got(i, rows.length - i, 0, cols)).toEqual(near(rows.slice(i).flat()));
  });
  fc.assert(property, { numRuns: 300 });
});
