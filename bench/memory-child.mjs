// Trains mnist once, in the way named, or only makes it; prints { bytes, cost }: the peak of the process, the last cost.
import { makeCase, makeStreamedCase } from './peers/cases.mjs';

/** The case with its x in float32, made in no other type before. */
function makeCaseInF32(name) {
  const spec = makeStreamedCase(name);
  const { rows, columns, get } = spec.x;
  const x = new Float32Array(rows * columns);
  for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < columns; j++, k++) x[k] = get(i, j);
  return { ...spec, x };
}

const WAYS = {
  none: { make: makeCase },
  'plain-js': { make: makeCase, file: 'plain-js', id: 'plain-js' },
  'ours-f64': { make: makeCase, file: 'ours', id: 'ours-f64' },
  'ours-f32': { make: makeCaseInF32, file: 'ours', id: 'ours-f32' },
  'ours-f64-streamed': { make: makeStreamedCase, file: 'ours', id: 'ours-f64' },
  'ours-f32-streamed': { make: makeStreamedCase, file: 'ours', id: 'ours-f32' },
};
const ITERATIONS = 3;

const { make, file, id } = WAYS[process.argv[2]];
const spec = make('mnist');
let cost;
if (file) {
  const { contestants } = await import(`./peers/${file}.mjs`);
  const contestant = (await contestants()).find((one) => one.id === id);
  ({ cost } = contestant.setup(spec).run(ITERATIONS));
}
process.stdout.write(JSON.stringify({ bytes: 1024 * process.resourceUsage().maxRSS, cost }));
