const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** FNV-1a, 64 bits, over the bytes of the numbers as little-endian f64, in order. */
export function fnv1a(arrays) {
  const view = new DataView(new ArrayBuffer(8));
  let hash = OFFSET;
  for (const array of arrays) {
    for (const number of array) {
      view.setFloat64(0, number, true);
      for (let byte = 0; byte < 8; byte++)
        hash = BigInt.asUintN(64, (hash ^ BigInt(view.getUint8(byte))) * PRIME);
    }
  }
  return hash.toString(16).padStart(16, '0');
}
