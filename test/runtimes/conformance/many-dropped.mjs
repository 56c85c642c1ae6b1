// 50,000 networks, each dropped without dispose; together they would take 1.2 GB.
import { FeedforwardNN } from 'feedforward-wasm';
import { deliver } from './deliver.mjs';

const COUNT = 50_000;
const MOST_BYTES = 750e6;

let peak = 0;
for (let seed = 0; seed < COUNT; seed++) {
  new FeedforwardNN({ layers: [64, 32, 10], seed });
  if (seed % 100 !== 0) continue;
  // Finalizers run between tasks.
  await new Promise(setImmediate);
  peak = Math.max(peak, process.memoryUsage.rss());
}
deliver({ failures: peak <= MOST_BYTES ? [] : [`took ${Math.round(peak / 1e6)} MB`] });
