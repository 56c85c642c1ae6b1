import { Job } from './job';

/** So many rows are put in their order between two looks at the work. */
const ROWS_AT_ONCE: i32 = 64;

/** What a row takes, in multiply–adds. */
const ROW: f64 = 100;

/**
 * The rows' numbers in a new order, if a pass begins, drawn from the network's generator (Fisher and Yates; Durstenfeld,
 * 1964); false at a pause.
 */
export function shuffle(job: Job): bool {
  const order = job.order;
  const rows = order ? job.x.rows : 0;
  const random = job.network.random;
  while (job.work > 0) {
    if (job.shuffled >= rows) return true;
    const end = min(job.shuffled + ROWS_AT_ONCE, rows);
    for (let i = job.shuffled; i < end; i++) {
      const j = random.below(i + 1);
      store<u32>(order + ((<usize>i) << 2), load<u32>(order + ((<usize>j) << 2)));
      store<u32>(order + ((<usize>j) << 2), i);
    }
    job.shuffled = end;
    job.work -= ROW * <f64>ROWS_AT_ONCE;
  }
  return false;
}
