/**
 * The plain binary, made of the one with relaxed SIMD, so that one travels and not two that are much alike: each
 * multiply–add is taken apart, with a local t more in each function.
 *
 *     a b c relaxed_madd    a b c (set t) mul (get t) add
 *
 * A module is sections (id, size, contents); the code holds functions (size, groups of locals, instructions). Numbers are
 * LEB128, which may be longer than they need (https://webassembly.github.io/spec/core/binary/modules.html). The core has no
 * other relaxed operation, and no constant that looks like one (test/unfuse.test.ts).
 */
export function unfuse(fused: Uint8Array): Uint8Array<ArrayBuffer> {
  // Sections
  const TYPES = 1;
  const FUNCTIONS = 3;
  const CODE = 10;

  const plain = new Uint8Array(2 * fused.length);
  let at = 0;
  let to = 0;

  const number = (): number => {
    const byte = fused[at++]!;
    return byte < 128 ? byte : byte - 128 + 128 * number();
  };
  const put = (...bytes: number[]): void => {
    plain.set(bytes, to);
    to += bytes.length;
  };
  /** A number below 2²¹, as all are here. */
  const putNumber = (value: number): void =>
    put((value % 128) + 128, ((value >> 7) % 128) + 128, value >> 14);
  /** What is written goes behind its size. */
  const sized = (write: () => void): void => {
    const begin = (to += 3);
    write();
    const end = to;
    to = begin - 3;
    putNumber(end - begin);
    to = end;
  };

  /** How many parameters each type has, and the type of each function. */
  const parameters: number[] = [];
  const types: number[] = [];

  /** A function as it is, but for its multiply–adds. */
  const takeApart = (type: number): void => {
    const end = number() + at;
    let t = parameters[type]!;
    const groups = number();
    putNumber(groups + 1);
    for (let i = 0; i < groups; i++) {
      const locals = number();
      putNumber(locals);
      put(fused[at++]!);
      t += locals;
    }
    // t, a v128
    put(1, 0x7b);
    const low = (t % 128) + 128;
    const high = t >> 7;
    while (at < end) {
      // 0x85 is that of f32x4, 0x87 that of f64x2.
      if (fused[at] === 0xfd && fused[at + 1]! > 0x84 && fused[at + 2] === 2) {
        const add = fused[at + 1] === 0x85 ? 0xe4 : 0xf0;
        put(0x21, low, high, 0xfd, add + 2, 1, 0x20, low, high, 0xfd, add, 1);
        at += 3;
      } else plain[to++] = fused[at++]!;
    }
  };

  plain.set(fused.subarray(0, (at = to = 8)));
  while (at < fused.length) {
    const begin = at;
    const id = fused[at++];
    const end = number() + at;
    const count = number();
    if (id === CODE) {
      put(CODE);
      sized(() => {
        putNumber(count);
        for (const type of types) sized(() => takeApart(type));
      });
    } else {
      for (let i = 0; i < count; i++) {
        if (id === FUNCTIONS) types.push(number());
        if (id === TYPES) {
          // 0x60, the parameters, the results
          parameters.push(fused[at + 1]!);
          at += 2 + fused[at + 1]!;
          at += 1 + fused[at]!;
        }
      }
      put(...fused.subarray(begin, end));
      at = end;
    }
  }
  return plain.subarray(0, to);
}
