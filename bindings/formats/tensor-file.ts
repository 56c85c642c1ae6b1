// The container of safetensors (Hugging Face, https://github.com/huggingface/safetensors): N as a 64-bit little-endian
// integer, a header of N bytes of JSON, the numbers. The header gives each tensor's type, shape and place in the bytes
// behind it, which the tensors fill without holes; its `__metadata__` maps strings to strings.

import { count } from '../checks.js';
import { zeros } from '../arrays.js';
import { BYTES } from '../core/staging.js';
import { ModelFileError, OutOfMemoryError } from '../errors.js';
import type { Matrix } from '../matrix.js';
import { describe, mismatch } from '../messages.js';
import type { Precision } from '../options.js';
import { resolve } from '../rules.js';
import { listOf, parseJSON } from './loading.js';
import { finite } from './numbers.js';

/** The header begins behind its length. */
const HEADER = 8;

/** A matrix (in, out), and the name and shape of the tensor (out, in) that it becomes, or (out) if it has one row. */
export interface NamedMatrix {
  readonly name: string;
  readonly shape: readonly number[];
  readonly matrix: Matrix;
}

/**
 * The file as the reference implementation writes it: tensors in the order of their names, the header padded with
 * spaces to a multiple of 8.
 *
 * @throws RangeError for a NaN or an infinity
 * @throws OutOfMemoryError
 */
export function writeTensors(
  matrices: readonly NamedMatrix[],
  precision: Precision,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const sorted = [...matrices].sort((a, b) => (a.name < b.name ? -1 : 1));
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { name, shape, matrix } of sorted) {
    const begin = end;
    end += finite(matrix.data, name).length * BYTES[precision];
    header[name] = { dtype: precision.toUpperCase(), shape, data_offsets: [begin, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(json.length / 8) * 8;

  const bytes = allocate(HEADER + length + end);
  bytes.fill(0x20, HEADER, HEADER + length).set(json, HEADER);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(length), true);
  let at = HEADER + length;
  for (const { rows, cols, data } of sorted.map(({ matrix }) => matrix))
    for (let j = 0; j < cols; j++)
      for (let i = 0; i < rows; i++, at += BYTES[precision])
        view[precision === 'f64' ? 'setFloat64' : 'setFloat32'](at, data[i * cols + j]!, true);
  return bytes;
}

function allocate(bytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch {
    throw new OutOfMemoryError(bytes);
  }
}

interface Tensor {
  readonly dtype: Precision;
  readonly shape: readonly number[];
  /** The first byte, and the one behind the last, in the bytes behind the header. */
  readonly data_offsets: readonly number[];
}

/** A file whose header is checked, but whose numbers are not. */
export interface TensorFile {
  readonly metadata: unknown;
  readonly tensors: Map<string, Tensor>;
  /** The bytes behind the header. */
  readonly data: DataView;
}

function readTensor(entry: unknown, label: string): Tensor {
  return resolve<Tensor>(
    entry,
    {
      dtype: (value, path) => {
        if (value === 'F64' || value === 'F32') return value === 'F64' ? 'f64' : 'f32';
        throw new RangeError(mismatch(path, '"F32" or "F64"', value, '; in PyTorch, model.float() converts'));
      },
      shape: listOf(count),
      data_offsets: listOf(count, 2),
    },
    label,
  );
}

/** @throws TypeError, RangeError, ModelFileError */
export function readTensorFile(file: DataView): TensorFile {
  const room = file.byteLength - HEADER;
  const length = room < 0 ? 0 : Number(file.getBigUint64(0, true));
  if (length > room)
    throw new RangeError(mismatch('file', `at least ${HEADER + length} bytes`, file.byteLength));
  const begin = file.byteOffset + HEADER;
  // A copy, for TextDecoder does not take shared memory everywhere.
  const json = new Uint8Array(file.buffer, begin, length).slice();
  const { __metadata__: metadata, ...header } = Object(parseJSON(json, 'header')) as Record<string, unknown>;
  const tensors = Object.entries(header)
    .map(([name, entry]) => [name, readTensor(entry, printable(name))] as const)
    .sort(([, a], [, b]) => a.data_offsets[0]! - b.data_offsets[0]!);
  checkThatTensorsFill(room - length, tensors);
  const data = new DataView(file.buffer, begin + length, room - length);
  return { metadata, tensors: new Map(tensors), data };
}

/** Each begins where the one before ends, and is as long as its type and shape say. */
function checkThatTensorsFill(
  bytes: number,
  tensors: readonly (readonly [name: string, tensor: Tensor])[],
): void {
  let end = 0;
  for (const [name, { dtype, shape, data_offsets }] of tensors) {
    const begin = end;
    // Past 2⁵³ this is rounded, but stays larger than any file.
    end += shape.reduce((product, size) => product * size, BYTES[dtype]);
    if (String(data_offsets) !== `${begin},${end}`)
      throw new RangeError(
        mismatch(`${printable(name)}.data_offsets`, `"${begin},${end}"`, String(data_offsets)),
      );
  }
  if (end !== bytes) throw new RangeError(mismatch('data', `${end} bytes`, bytes));
}

/** Without control characters, and not too long for a message. */
function printable(name: string): string {
  return describe(name).slice(1, -1);
}

/** @throws ModelFileError */
export function getTensor(tensors: TensorFile['tensors'], name: string): Tensor {
  const tensor = tensors.get(name);
  if (tensor !== undefined) return tensor;
  throw new ModelFileError(`there is no tensor ${describe(name)}; names are those of torch.nn.Sequential`);
}

/**
 * Takes a tensor (out, in) or (out) out of the file, as the numbers of a matrix (in, out) or (1, out).
 *
 * @throws RangeError, ModelFileError, OutOfMemoryError
 */
export function takeTensor(
  { data, tensors }: TensorFile,
  name: string,
  shape: readonly number[],
  dtype: Precision,
): Float64Array | Float32Array {
  const tensor = getTensor(tensors, name);
  tensors.delete(name);
  if (`${tensor.dtype} ${tensor.shape}` !== `${dtype} ${shape}`)
    throw new RangeError(mismatch(name, `"${dtype} ${shape}"`, `${tensor.dtype} ${tensor.shape}`));
  const [cols, rows = 1] = shape as [number, number?];
  const values = zeros(dtype, rows * cols);
  let at = tensor.data_offsets[0]!;
  for (let j = 0; j < cols; j++)
    for (let i = 0; i < rows; i++, at += BYTES[dtype])
      values[i * cols + j] = data[dtype === 'f64' ? 'getFloat64' : 'getFloat32'](at, true);
  return finite(values, name);
}
