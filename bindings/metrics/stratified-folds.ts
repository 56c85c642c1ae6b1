import { kFold } from '../data/split.js';

/**
 * Folds as `kFold` makes them, but each with its share of every class, as nearly as whole rows allow.
 *
 * Method, that of scikit-learn's StratifiedKFold: the rows, shuffled and then sorted by class, are dealt to the test
 * parts in turn. Each part lists its rows in ascending order.
 *
 * @param classes what stands for the class of each row, compared by ===
 * @throws as `kFold`
 */
export function stratifiedFolds(
  classes: ArrayLike<unknown>,
  options: Parameters<typeof kFold>[1],
): ReturnType<typeof kFold> {
  const folds = kFold(classes.length, options);
  const ranks = new Map(Array.from(new Set(Array.from(classes)), (name, rank) => [name, rank]));
  const rankOf = (row: number): number => ranks.get(classes[row])!;
  const foldOf = new Uint32Array(classes.length);
  folds
    .flatMap(({ test }) => Array.from(test))
    .sort((a, b) => rankOf(a) - rankOf(b))
    .forEach((row, position) => {
      foldOf[row] = position % folds.length;
    });
  const rows = foldOf.map((_, row) => row);
  return folds.map((_, f) => ({
    train: rows.filter((row) => foldOf[row] !== f),
    test: rows.filter((row) => foldOf[row] === f),
  }));
}
