// The limit that everything is set against: multiply–adds that never leave the registers.
import { PRECISIONS, binaries } from './binaries.mjs';
import { KernelInstance } from './kernel-instance.mjs';

const STEPS = 50_000;

/** A step is 12 madds of a 16-byte vector, each two operations a lane. */
const flop = (bytes) => STEPS * 12 * 2 * (16 / bytes);

export function limitTask(instance) {
  const { binary, precision, bytes } = instance;
  const limit = instance.kernel('limit');
  return {
    name: 'limit',
    binary,
    precision,
    units: 1,
    flop: flop(bytes),
    run: () => void limit(STEPS, 0.5, 1),
  };
}

/** The limit of every binary and precision. */
export const limitTasks = () =>
  binaries.flatMap((binary) =>
    PRECISIONS.map((precision) => limitTask(new KernelInstance(binary, precision))),
  );
