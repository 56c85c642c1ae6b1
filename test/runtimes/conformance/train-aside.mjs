import { fnv1a } from './fnv1a.mjs';
import { numbersOf } from './numbers-of.mjs';
import { watchThreads } from './watch-threads.mjs';

/** More passes than there is time for, so that only a timer ends them. */
const ENDLESS = 1e6;

/**
 * trainAsync beside train: the same bits, and timers come meanwhile.
 *
 * @returns {Promise<'a worker' | 'slices'>} the way in which it has trained
 */
export async function trainAside({ FeedforwardNN }, options, x, y, check) {
  const threads = watchThreads();
  for (const precision of ['f64', 'f32']) {
    for (const deterministic of [false, true]) {
      const given = { ...options, precision, deterministic };
      const train = { iterations: 40, validation: 0.2 };
      const here = new FeedforwardNN(given);
      const aside = new FeedforwardNN(given);
      const bits = bitsOf(here, here.train(x, y, train));
      const same = bitsOf(aside, await aside.trainAsync(x, y, train)) === bits;
      check(same, `trainAsync and train differ in ${precision}, deterministic ${deterministic}`);
      here.dispose();
      aside.dispose();
    }
  }
  for (const train of [{}, { validation: 0.2 }]) {
    const nn = new FeedforwardNN(options);
    const training = nn.trainAsync(x, y, { ...train, iterations: ENDLESS, signal: AbortSignal.timeout(50) });
    const name = await training.then(
      () => 'nothing',
      (error) => error?.name,
    );
    check(name === 'TimeoutError', `expected a TimeoutError of trainAsync, got ${name}`);
    check(nn.predict(x).data.every(Number.isFinite), 'an abort left the network unusable');
    nn.dispose();
  }
  return threads.answers > 0 ? 'a worker' : 'slices';
}

function bitsOf(nn, { costHistory, validationCostHistory }) {
  return fnv1a([...numbersOf(nn), costHistory, validationCostHistory]);
}
