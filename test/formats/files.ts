/** Puts a safetensors file together, right or wrong: the header as it is given, its length unless that is given too. */
export function fileOf(header: unknown, data: Uint8Array = new Uint8Array(0), length?: bigint): Uint8Array {
  const json =
    header instanceof Uint8Array
      ? header
      : Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

/** The header of a file, and the bytes behind it. */
export function partsOf(bytes: Uint8Array): { header: Record<string, unknown>; data: Uint8Array } {
  const begin = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const text = new TextDecoder().decode(bytes.subarray(8, begin));
  return { header: JSON.parse(text) as Record<string, unknown>, data: bytes.subarray(begin) };
}
