import { Training } from './training';

/** So many rows are put in their order between two looks at the work. */
const ROWS_AT_ONCE: i32 = 64;

/** What a row takes, in multiply–adds. */
const ROW: f64 = 100;

/**
 * The rows' numbers in a new order, if a pass begins, drawn from the network's generator (Fisher and Yates; Durstenfeld,
 * 1964); false at a pause.
 */
export function shuffle(training: Training): bool {
  const order = training.order;
  const rows = order ? training.x.rows : 0;
  const random = training.network.random;
  while (training.work > 0) {
    if (training.shuffled >= rows) return true;
    const end = min(training.shuffled + ROWS_AT_ONCE, rows);
    for (let i = training.shuffled; i < end; i++) {
      const j = random.below(i + 1);
      store<u32>(order + ((<usize>i) << 2), load<u32>(order + ((<usize>j) << 2)));
      store<u32>(order + ((<usize>j) << 2), i);
    }
    training.shuffled = end;
    training.work -= ROW * <f64>ROWS_AT_ONCE;
  }
  return false;
}
