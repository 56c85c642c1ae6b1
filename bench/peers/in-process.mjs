// A network that lives in this process, measured from outside.
import { crossEntropy } from './cases.mjs';

/**
 * From what a peer offers
 *   train(iterations) → the cost before the last update
 *   predict()         → the probabilities of all rows, as an array JavaScript can read; where the case has one row,
 *                       every row is a call of its own, with what that copies in and out
 *   dispose()
 * to what the rounds run:
 *   run(iterations)   → { seconds, cost }
 */
export function inProcess({ kind, labels }, { train, predict, dispose = () => {} }) {
  const work = {
    train,
    predict(times) {
      let probabilities;
      for (let t = 0; t < times; t++) probabilities = predict();
      return probabilities;
    },
  }[kind];
  return {
    run(iterations) {
      const start = performance.now();
      const result = work(iterations);
      const seconds = (performance.now() - start) / 1000;
      return { seconds, cost: kind === 'train' ? result : crossEntropy(result, labels) };
    },
    dispose,
  };
}
