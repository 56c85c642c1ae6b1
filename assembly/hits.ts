import { Job } from './job';
import { Output } from './loss';
import { PANEL_BYTES, offsetOf } from './panel';

/**
 * Counts the rows that are classified right: of softmax those with their greatest logit where Y has its greatest value, the
 * first on ties; else those with every output on the side of ½ where its target is. Of m rows from i on n columns from j on
 * are looked at; between them two numbers a row are kept where the loss will have the logits, and the last ones count.
 */
export function countHits(job: Job, i: i32, m: i32, j: i32, n: i32): void {
  const end = j + n,
    size = job.network.size,
    zStride = job.space.stride,
    yStride = job.targetStride,
    output = job.network.output;
  for (let row = <usize>i; row < <usize>(i + m); row++) {
    const z = job.own.delta + row * PANEL_BYTES,
      y = job.target + row * PANEL_BYTES;
    const state = job.space.loss.z + (row << 3);
    if (j == 0) store<u64>(state, 0);
    let found = load<i32>(state),
      wanted = load<i32>(state, 4);
    let greatest = valueOf(size, z, zStride, found),
      most = valueOf(size, y, yStride, wanted);
    for (let k = j; k < end; k++) {
      const logit = valueOf(size, z, zStride, k),
        target = valueOf(size, y, yStride, k);
      if (output != Output.SOFTMAX) {
        // What is found is how many are on the other side.
        found += i32(logit > 0 != target > 0.5);
        continue;
      }
      if (logit > greatest) {
        greatest = logit;
        found = k;
      }
      if (target > most) {
        most = target;
        wanted = k;
      }
    }
    store<i32>(state, found);
    store<i32>(state, wanted, 4);
    if (end == job.layer.outputs) job.hits += f64(found == wanted);
  }
}

/** Column k of a row in panels, of numbers of so many bytes. */
function valueOf(size: i32, row: usize, stride: usize, k: i32): f64 {
  const at = row + offsetOf(k, stride, size);
  return size == 4 ? <f64>load<f32>(at) : load<f64>(at);
}
