// A page that holds every memory its engine gives: the next network must get a proper error.
import { deliver } from './deliver.mjs';

const MOST = 5000;

function exhaust() {
  const held = [];
  try {
    while (held.length < MOST) held.push(new WebAssembly.Memory({ initial: 1, maximum: 65_536 }));
  } catch {
    return held;
  }
  throw new Error(`${MOST} memories are not enough`);
}

async function attempt() {
  const { FeedforwardNN, OutOfMemoryError } = await import('/node_modules/feedforward-wasm/dist/index.js');
  const held = exhaust();
  try {
    new FeedforwardNN({ layers: [1, 2] });
    return [`a network was made beside ${held.length} memories`];
  } catch (error) {
    return error instanceof OutOfMemoryError
      ? []
      : [`expected an OutOfMemoryError, got ${typeof error} ${error}`];
  }
}

deliver({ failures: await attempt().catch((error) => [String(error)]) });
