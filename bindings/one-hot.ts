import { isArrayLike } from './arrays.js';
import { isIndex, positiveCount, wrongNumber } from './checks.js';
import { copyOf, type Matrix } from './matrix.js';
import { mismatch } from './messages.js';
import type { RowSource } from './row-source.js';
import { withDefault } from './rules.js';

const INT32_LIMIT = 2 ** 31;

/**
 * One row per label: 1 in the label's column, 0 elsewhere.
 *
 * @param labels integers from 0 to classes − 1, in a plain or typed array
 * @param classes number of columns, >= 1; default: the largest label + 1
 * @throws TypeError if `labels` is no array of numbers or `classes` no number
 * @throws RangeError for labels that are negative, fractional or not below `classes`, with their row
 * @throws OutOfMemoryError if there is no room for the matrix
 */
export function oneHot(labels: ArrayLike<number>, classes?: number): Matrix {
  const limit = Math.min(INT32_LIMIT, withDefault(INT32_LIMIT, positiveCount)(classes, 'classes'));
  const columns = readLabels(labels, limit);
  return copyOf(oneHotRows(columns, classes ?? columns.reduce((max, label) => Math.max(max, label + 1), 0)));
}

/** A checked copy of class labels 0 … classes − 1. */
function readLabels(labels: unknown, classes: number): Int32Array {
  if (!isArrayLike(labels)) throw new TypeError(mismatch('labels', 'an array of class labels', labels));
  const columns = new Int32Array(labels.length);
  for (let i = 0; i < columns.length; i++) {
    const value = labels[i];
    if (!isIndex(value, classes))
      throw wrongNumber('labels', `class labels from 0 to ${classes - 1}`, value, ` at row ${i}`);
    columns[i] = value;
  }
  return columns;
}

/** Writes checked labels as one-hot rows. */
export function oneHotRows(labels: Int32Array, classes: number): RowSource {
  return {
    rows: labels.length,
    cols: classes,
    copyTo(target, firstRow, rowCount, from, to) {
      const width = to - from;
      target.fill(0, 0, rowCount * width);
      for (let i = 0; i < rowCount; i++) {
        const j = labels[firstRow + i]! - from;
        if (isIndex(j, width)) target[i * width + j] = 1;
      }
    },
  };
}
