import type { Interruptible } from '../interruptible.js';
import type { Classes } from '../data/labels.js';
import { fitScaling, scaledRows, type Scaling } from '../data/scaling.js';
import { selectRows } from '../data/selection.js';
import { splitRows } from '../data/split.js';
import { readWeights } from '../data/weights.js';
import { mismatch } from '../messages.js';
import type { ResolvedOptions } from '../options.js';
import { originOf, readMatrix, type RowSource } from '../row-source.js';
import { readTargets, type Targets } from '../targets.js';
import type { ResolvedTrainOptions } from '../train-options.js';

/** What a network has learnt of its data beside the parameters. */
export interface Learnt {
  readonly classes: Classes | undefined;
  readonly scaling: Scaling | undefined;
}

/** Rows with their targets, which are checked as far as not their copying does it; the last column of weighted targets is the rows' weights. */
export interface Rows {
  readonly inputs: RowSource;
  readonly targets: RowSource;
}

/** What a training is to do. */
export interface Plan {
  readonly rows: Rows;
  readonly validation: Rows | undefined;
  /** Goes before x and y in messages about the validation rows. */
  readonly validationLabel: string;
  readonly options: ResolvedTrainOptions;
  /** What the network knows once the rows are copied, and nothing can be wrong with them any more. */
  readonly learnt: Learnt;
}

/**
 * Checks rows and targets against the network and each other, and sets the validation rows aside. What a row of x
 * holds is checked when it is copied.
 *
 * @throws TypeError for anything of the wrong kind, RangeError for a wrong value or shape
 */
export function* planTraining(
  network: ResolvedOptions,
  known: Learnt,
  x: unknown,
  y: unknown,
  options: ResolvedTrainOptions,
): Interruptible<Plan> {
  const { validation } = options;
  const [inputs, targets] = yield* readPair(network, known.classes, x, y);
  const fold =
    typeof validation === 'number'
      ? yield* splitRows(inputs.rows, validation, 'validation', network.seed)
      : undefined;
  const chosen = (source: RowSource): RowSource => (fold ? selectRows(source, fold.train) : source);
  const scaling = known.scaling ?? (yield* fitScaling(network.scaling, chosen(inputs)));
  const learnt = { classes: targets.classes, scaling };
  const weights = yield* readWeights(options, targets, network.output, fold?.train);
  const part = (picked: RowSource, given: RowSource): Rows => ({
    inputs: scale(picked, scaling),
    targets: given,
  });
  let judges: Rows | undefined;
  if (fold) judges = part(selectRows(inputs, fold.test), selectRows(targets, fold.test));
  else if (typeof validation === 'object')
    judges = yield* readRows(network, learnt, validation.x, validation.y, 'validation.');
  return {
    rows: part(chosen(inputs), withWeights(chosen(targets), weights)),
    validation: judges,
    validationLabel: fold ? '' : 'validation.',
    options,
    learnt,
  };
}

/**
 * Rows with their targets, as the network sees them.
 *
 * @param path what holds x and y, for messages
 */
export function* readRows(
  network: ResolvedOptions,
  { classes, scaling }: Learnt,
  x: unknown,
  y: unknown,
  path = '',
): Interruptible<Rows> {
  const [inputs, targets] = yield* readPair(network, classes, x, y, path);
  return { inputs: scale(inputs, scaling), targets };
}

/** Rows as the network sees them. */
export function scale(inputs: RowSource, scaling: Scaling | undefined): RowSource {
  return scaling ? scaledRows(inputs, scaling) : inputs;
}

function* readPair(
  { layers, output }: ResolvedOptions,
  classes: Classes | undefined,
  x: unknown,
  y: unknown,
  path = '',
): Interruptible<[inputs: RowSource, targets: Targets]> {
  const inputs = readMatrix(x, `${path}x`, layers[0]!);
  const targets = yield* readTargets(y, inputs.rows, layers.at(-1)!, output, classes, path);
  if (inputs.rows === 0) throw new RangeError(mismatch(`${path}x`, 'at least 1 row', 0));
  return [inputs, targets];
}

function withWeights(targets: RowSource, weights: Float64Array | undefined): RowSource {
  if (weights === undefined) return targets;
  const { rows, cols } = targets;
  return {
    rows,
    cols: cols + 1,
    copyTo(target, firstRow, rowCount, from, to) {
      if (to <= cols) return targets.copyTo(target, firstRow, rowCount, from, to);
      const width = to - from;
      const own = width - 1;
      targets.copyTo(target.subarray(rowCount), firstRow, rowCount, from, cols);
      for (let i = 0; i < rowCount; i++) {
        target.copyWithin(i * width, rowCount + i * own, rowCount + (i + 1) * own);
        target[i * width + own] = weights[firstRow + i]!;
      }
    },
    origin: (row) => originOf(targets, row),
  };
}
