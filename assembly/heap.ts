/**
 * The core's memory in blocks, one after the other from the end of what the binary itself holds there; each is a head and
 * its bytes. The first free block that is large enough is taken, and free neighbours become one on the way. Blocks are few,
 * and each may be as large as there is room for: the allocator that AssemblyScript has ends at a gibibyte.
 */

/** A head holds the bytes of its block, itself included, and TAKEN unless that is free. Blocks are aligned to as many. */
const HEAD: usize = 16;
const TAKEN: usize = 1;

/** One less than addresses reach, so that none is past them. */
const MOST_PAGES: i32 = 0xffff;

/** Where the first block begins that may be free, and where the last one ends. */
let lowest: usize = (__heap_base + HEAD - 1) & -HEAD;
let end: usize = lowest;

/** Address of so many bytes, 16-byte aligned; traps when there is no room. */
export function allocate(bytes: usize): usize {
  const size = (bytes + 2 * HEAD - 1) & -HEAD;
  let block = lowest;
  for (; block < end; block += load<usize>(block) & ~TAKEN) {
    if (load<usize>(block) & TAKEN) {
      if (block == lowest) lowest = block + load<usize>(block) - TAKEN;
      continue;
    }
    join(block);
    if (block == end) break;
    const free = load<usize>(block);
    if (free < size) continue;
    if (free > size) store<usize>(block + size, free - size);
    break;
  }
  if (block == end) extend(size);
  store<usize>(block, size | TAKEN);
  return block + HEAD;
}

/** Gives back what `allocate` gave. */
export function release(address: usize): void {
  const block = address - HEAD;
  store<usize>(block, load<usize>(block) - TAKEN);
  lowest = min(lowest, block);
}

/** A free block becomes one with those that follow, the last of them with what was never taken. */
function join(block: usize): void {
  let next = block;
  while (next < end && !(load<usize>(next) & TAKEN)) next += load<usize>(next);
  if (next == end) end = block;
  else store<usize>(block, next - block);
}

function extend(size: usize): void {
  const pages = <i32>((<u64>end + <u64>size) >> 16) + 1;
  const missing = pages - memory.size();
  if (pages > MOST_PAGES || (missing > 0 && memory.grow(missing) < 0)) unreachable();
  end += size;
}
