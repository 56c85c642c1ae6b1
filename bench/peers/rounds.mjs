// The method: every contestant is checked and warmed, then all take turns, so that whatever else
// the machine does falls on all of them alike.
import { summarize } from './statistics.mjs';

/** A turn lasts at least this long, or one iteration. */
const TURN_SECONDS = 0.05;

/** The turns of one contestant in one case share this time; the slow ones get LEAST_ROUNDS. */
const CASE_SECONDS = 2;
const LEAST_ROUNDS = 3;

/** Whoever takes longer for an iteration has been warmed by the check. */
const SLOW_SECONDS = 0.5;

/** How long a contestant with several threads may keep them spinning after its turn. */
const REST_MILLISECONDS = 30;

/** Relative difference of the cost after `checkIterations` that still counts as the same result. */
const TOLERANCE = { f64: 1e-9, f32: 1e-3 };

const rest = () =>
  new Promise((resolve) => {
    setTimeout(resolve, REST_MILLISECONDS);
  });

function compare({ unchecked, precision }, cost, referenceCost) {
  if (unchecked) return { checked: false, remark: `not checked: ${unchecked}` };
  const difference = Math.abs(cost - referenceCost) / referenceCost;
  if (difference <= TOLERANCE[precision]) return { checked: true, difference, remark: 'checked' };
  return { checked: false, difference, remark: `**differs** by ${difference.toExponential(1)}` };
}

/** Runs the warm code until a run fills a turn, by doubling; gives the seconds of an iteration. */
async function warm(network, iterations) {
  let seconds;
  for (; ; iterations *= 2) {
    ({ seconds } = await network.run(iterations));
    if (seconds >= TURN_SECONDS) return seconds / iterations;
  }
}

/** Sets a contestant up, checks its result, warms it and plans its turns. */
async function enter(contestant, spec, referenceCost, mostRounds) {
  const network = await contestant.setup(spec);
  const { seconds, cost } = await network.run(spec.checkIterations);
  const check = compare(contestant, cost, referenceCost);
  const first = seconds / spec.checkIterations;
  const perIteration = first < SLOW_SECONDS ? await warm(network, spec.checkIterations) : first;
  const iterations = Math.max(contestant.minimumIterations ?? 1, Math.ceil(TURN_SECONDS / perIteration));
  const affordable = Math.floor(CASE_SECONDS / (iterations * perIteration));
  const rounds = Math.min(mostRounds, Math.max(LEAST_ROUNDS, affordable));
  return { contestant, network, check, iterations, rounds, samples: [] };
}

/** One case: `{ contestant, check, iterations, samples, minimum, median, spread }` of each, times in µs an iteration. */
export async function compete(contestants, spec, referenceCost, mostRounds, log) {
  const entries = [],
    failures = [];
  for (const contestant of contestants) {
    log(`${spec.name}: ${contestant.id}`);
    try {
      entries.push(await enter(contestant, spec, referenceCost, mostRounds));
    } catch (error) {
      failures.push({ contestant, remark: `failed: ${error.message.split('\n')[0]}` });
    }
  }
  log(`${spec.name}: rounds`);
  for (let round = 0; round < mostRounds; round++) {
    for (const entry of entries) {
      if (round >= entry.rounds) continue;
      const { seconds } = await entry.network.run(entry.iterations);
      entry.samples.push((1e6 * seconds) / entry.iterations);
      if (entry.contestant.threads > 1) await rest();
    }
  }
  for (const { network } of entries) network.dispose();
  const results = entries.map(({ contestant, check, iterations, samples }) => ({
    contestant,
    check,
    iterations,
    samples,
    ...summarize(samples),
  }));
  return { results, failures };
}
