import { expect, test } from 'vitest';
import { kFold } from '../../bindings/data/split.js';
import { stratifiedFolds } from '../../bindings/metrics/stratified-folds.js';
import { FIXTURE } from './fixture.js';

const LETTERS = ['a', 'b', 'c', 'd'];

test.each(FIXTURE.stratifiedFolds)(
  'every test part has as many rows of each class as scikit-learn’s, $folds folds',
  ({ y, folds, counts }) => {
    for (const classes of [y, Uint8Array.from(y), y.map((label) => LETTERS[label]!)]) {
      const parts = stratifiedFolds(classes, { folds, seed: 3 });
      const found = parts.map(({ test }) =>
        counts[0]!.map((_, label) => Array.from(test).filter((row) => y[row] === label).length),
      );
      expect(found).toEqual(counts);
    }
  },
);

test('each row is in the test part of one fold and in the train part of all others, in ascending order', () => {
  const classes = Array.from({ length: 23 }, (_, row) => row % 3);
  const rows = classes.map((_, row) => row);
  const parts = stratifiedFolds(classes, { folds: 4 });
  expect(parts.flatMap(({ test }) => Array.from(test)).sort((a, b) => a - b)).toEqual(rows);
  for (const { train, test } of parts) {
    expect(test).toEqual(test.toSorted());
    expect(Array.from(train)).toEqual(rows.filter((row) => !test.includes(row)));
  }
});

test('the seed decides which rows fall where', () => {
  const classes = Array.from({ length: 60 }, (_, row) => row % 2);
  const parts = (seed: number): unknown => stratifiedFolds(classes, { folds: 3, seed });
  expect(parts(1)).toEqual(parts(1));
  expect(parts(1)).not.toEqual(parts(2));
});

test('the defaults are those of kFold', () => {
  const classes = new Uint8Array(20);
  expect(stratifiedFolds(classes, {}).length).toBe(kFold(20).length);
  expect(stratifiedFolds(classes, {})).toEqual(stratifiedFolds(classes, { folds: 5, seed: 0 }));
});
