/**
 * The core's memory past what the binary itself holds there, in blocks: each is a head and its bytes. The free ones are a list
 * in the order of their addresses, so that neighbours become one; the first that is large enough is taken. Blocks are few,
 * and each may be as large as there is room for: the allocator that AssemblyScript has ends at a gibibyte.
 */

/** A head holds the bytes of its block, itself included, and if it is free the next free block or 0. */
const HEAD: usize = 16;
const NEXT: usize = 4;

/** The list begins with a block of no bytes that is never taken. */
const FIRST: usize = (__heap_base + HEAD - 1) & -HEAD;
/** Where the last block ends. */
let end: usize = FIRST + HEAD;

/** Address of so many bytes, 16-byte aligned; traps when there is no room. */
export function allocate(bytes: usize): usize {
  const size = (bytes + 2 * HEAD - 1) & -HEAD;
  let before = FIRST,
    block = load<usize>(FIRST, NEXT);
  while (block && load<usize>(block) < size) {
    before = block;
    block = load<usize>(block, NEXT);
  }
  if (!block) {
    const last = load<usize>(before);
    extend(before + last == end ? size - last : size);
    return allocate(bytes);
  }
  let next = load<usize>(block, NEXT);
  const rest = load<usize>(block) - size;
  if (rest) {
    store<usize>(block + size, rest);
    store<usize>(block + size, next, NEXT);
    next = block + size;
  }
  store<usize>(before, next, NEXT);
  store<usize>(block, size);
  return block + HEAD;
}

/** Gives back what `allocate` gave. */
export function release(address: usize): void {
  const block = address - HEAD;
  let size = load<usize>(block),
    before = FIRST,
    next = load<usize>(FIRST, NEXT);
  while (next && next < block) {
    before = next;
    next = load<usize>(next, NEXT);
  }
  if (block + size == next) {
    size += load<usize>(next);
    next = load<usize>(next, NEXT);
  }
  const room = load<usize>(before);
  if (before + room == block) {
    store<usize>(before, room + size);
    store<usize>(before, next, NEXT);
  } else {
    store<usize>(block, size);
    store<usize>(block, next, NEXT);
    store<usize>(before, block, NEXT);
  }
}

/** A free block of that size more, at the end. */
function extend(size: usize): void {
  // A byte more than is needed, so that `end` is an address too.
  const missing = <i32>((<u64>end + <u64>size) >> 16) + 1 - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
  store<usize>(end, size);
  end += size;
  release(end - size + HEAD);
}
