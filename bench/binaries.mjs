// The binaries of the core that this engine runs.
import { FeedforwardNN } from '../dist/index.js';

function binaryOf(options) {
  const nn = new FeedforwardNN({ layers: [1, 2], ...options });
  const { binary } = nn;
  nn.dispose();
  return binary;
}

/** The one that the probe picks first, then the plain one if that is another. */
export const binaries = [...new Set([binaryOf({}), binaryOf({ deterministic: true })])];

export const PRECISIONS = ['f64', 'f32'];
