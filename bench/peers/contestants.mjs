// Who takes part. A peer file exports `contestants()`, which gives one entry for each of its
// precisions, backends and thread counts, or throws where the peer is not installed:
//   { id, name, version, precision, threads, setup(case) → { run(iterations), dispose() },
//     unchecked?         why its result cannot be compared
//     minimumIterations? the least a measured call should hold
//     close?() }
const FILES = ['ours', 'plain-js', 'brain-js', 'convnetjs', 'tfjs', 'jax-js', 'c', 'numpy', 'pytorch'];

/** `--only tfjs` means tfjs-cpu and tfjs-wasm, `--only tfjs-wasm` the one. */
const within = (id, name) => id === name || id.startsWith(`${name}-`);

/** Of `only`, or of all: who is there, and who is missing with the reason. */
export async function gather(only) {
  const wanted = (id) => !only || only.some((name) => within(id, name));
  const concerned = FILES.filter(
    (file) => !only || only.some((name) => within(file, name) || within(name, file)),
  );
  const present = [],
    missing = [];
  for (const file of concerned) {
    try {
      const { contestants } = await import(`./${file}.mjs`);
      for (const contestant of await contestants()) {
        if (wanted(contestant.id)) present.push(contestant);
        else contestant.close?.();
      }
    } catch (error) {
      missing.push({ peer: file, reason: reasonOf(error) });
    }
  }
  return { present, missing };
}

/** What is missing, without the paths of this machine. */
function reasonOf({ code, message }) {
  if (code === 'ERR_MODULE_NOT_FOUND') return 'not installed';
  if (code === 'ENOENT') return 'its program is not on this machine';
  return message.split('\n')[0].replaceAll(/(\/[\w.@-]+){2,}/g, '…');
}
