// Round-robin: in every round each task has one turn, so that whatever else the machine does falls on all alike.
import { Bench } from 'tinybench';
import { summarize } from './peers/statistics.mjs';

/** A turn lasts at least this long, or one call. Its result is the median of its calls. */
const TURN_MILLISECONDS = 10;

/** The first rounds are thrown away: they compile the code and bring the data in. */
const WARM_ROUNDS = 2;

const LEAST_ROUNDS = 5,
  MOST_ROUNDS = 25;

/** Four digits are more than the machine repeats. */
const rounded = (value) => Number(value.toPrecision(4));

/**
 * Rounds of all tasks for about that many seconds. A task is { run, units, … }: run() does `units` of its work and may
 * return the { seconds } that count. Gives each task with the seconds a unit:
 * minimum, median, spread (interquartile range over median) and the samples, one a round.
 */
export function takeTurns(tasks, seconds) {
  const bench = new Bench({ time: TURN_MILLISECONDS, iterations: 1, warmup: false, throws: true });
  tasks.forEach(({ run }, index) => bench.add(String(index), () => timed(run()), { async: false }));
  const samples = tasks.map(() => []);
  let minimums = tasks.map(() => Infinity);
  const round = () => {
    bench.reset();
    return bench.runSync().map(({ result: { latency } }) => latency);
  };

  for (let warm = 0; warm < WARM_ROUNDS; warm++) round();
  const end = performance.now() + 1000 * seconds;
  for (let done = 0; done < LEAST_ROUNDS || (done < MOST_ROUNDS && performance.now() < end); done++) {
    const latencies = round();
    latencies.forEach(({ p50 }, i) => samples[i].push(p50 / 1000 / tasks[i].units));
    minimums = latencies.map(({ min }, i) => Math.min(minimums[i], min / 1000 / tasks[i].units));
  }
  return tasks.map((task, i) => {
    const { median, spread } = summarize(samples[i]);
    return {
      ...task,
      minimum: rounded(minimums[i]),
      median: rounded(median),
      spread: rounded(spread),
      samples: samples[i].map(rounded),
    };
  });
}

/** What tinybench takes instead of its own measurement, in milliseconds. */
const timed = (result) =>
  result?.seconds === undefined ? undefined : { overriddenDuration: 1000 * result.seconds };
