import { isFloatArray, zeros } from './arrays.js';
import { count, isIndex, wrongNumber } from './checks.js';
import { mismatch } from './messages.js';
import { readMatrix, rowMajor, type RowSource } from './row-source.js';

/**
 * A matrix as callers give it: a `Matrix`, row-major numbers with their shape, an array of equally long rows, or an
 * object that gives its numbers one by one, as the matrices and views of the package ml-matrix do; `get` is called
 * row by row whenever the numbers are read, and nothing keeps them; it must not use a network itself, as those share the
 * memory that is written. Every array may be a plain one or a typed one (not of bigint).
 */
export type MatrixLike =
  | Matrix
  | { readonly data: ArrayLike<number>; readonly rows: number; readonly cols: number }
  | { readonly rows: number; readonly columns: number; get(row: number, column: number): number }
  | ArrayLike<ArrayLike<number>>;

/** `rows` × `cols` numbers in row-major order: element (i, j) is `data[i * cols + j]`. */
export class Matrix {
  readonly data: Float64Array | Float32Array;
  readonly rows: number;
  readonly cols: number;

  /**
   * @param rows safe integer >= 0
   * @param cols safe integer >= 0
   * @param data `rows * cols` numbers in row-major order, kept and not copied; default zeros in a Float64Array
   * @throws TypeError if an argument is of the wrong kind
   * @throws RangeError if a size is negative or fractional, or `data` has another length
   * @throws OutOfMemoryError if there is no room for the zeros
   */
  constructor(rows: number, cols: number, data?: Float64Array | Float32Array) {
    this.rows = count(rows, 'rows');
    this.cols = count(cols, 'cols');
    this.data =
      data === undefined
        ? zeros('f64', rows * cols)
        : rowMajor(data, 'data', 'a Float64Array or Float32Array', rows, cols, isFloatArray);
  }

  /**
   * Copies any MatrixLike into a new matrix of Float64Array, which holds every number exactly.
   * NaN and Infinity are copied as they are.
   *
   * @throws TypeError for anything but numbers, with row and column
   * @throws RangeError if rows differ in length, or the length of `data` is not rows · cols
   * @throws OutOfMemoryError if there is no room for the copy
   */
  static from(input: MatrixLike): Matrix {
    return copyOf(readMatrix(input, 'input'));
  }

  /**
   * Element (i, j), both counted from 0.
   *
   * @throws RangeError outside the matrix, TypeError if an index is no number
   */
  at(i: number, j: number): number {
    return this.data[index(i, this.rows, 'i', 'row') * this.cols + index(j, this.cols, 'j', 'column')]!;
  }

  /**
   * Row i, counted from 0, as a view: writing to it writes to the matrix.
   *
   * @throws RangeError outside the matrix, TypeError if the index is no number
   */
  row(i: number): Float64Array | Float32Array {
    const begin = index(i, this.rows, 'i', 'row') * this.cols;
    return this.data.subarray(begin, begin + this.cols);
  }

  /** The rows in order, as views like those of `row`. */
  *[Symbol.iterator](): Generator<Float64Array | Float32Array, void, undefined> {
    for (let i = 0; i < this.rows; i++) yield this.row(i);
  }

  /** A copy as plain arrays. */
  toRows(): number[][] {
    return Array.from(this, (row) => Array.from(row));
  }

  /**
   * The column of the largest element of each row, the first one on ties: the predicted classes.
   *
   * @throws RangeError if there are rows but no columns
   */
  argmax(): Int32Array {
    if (this.rows > 0 && this.cols === 0) throw new RangeError(mismatch('cols', 'at least 1 column', 0));
    return Int32Array.from(this, largest);
  }
}

/** A matrix of its own. Outside the class, which a bundler renames when it names itself. */
export function copyOf(source: RowSource): Matrix {
  const matrix = new Matrix(source.rows, source.cols);
  source.copyTo(matrix.data, 0, source.rows, 0, source.cols);
  return matrix;
}

/** The column of the largest element, the first one on ties. */
export function largest(row: ArrayLike<number>): number {
  let best = 0;
  for (let j = 1; j < row.length; j++) if (row[j]! > row[best]!) best = j;
  return best;
}

function index(value: number, size: number, label: string, name: string): number {
  if (isIndex(value, size)) return value;
  throw wrongNumber(label, `a ${name} index in [0, ${size})`, value);
}
