// Makes mnist, trains it once with the contestant named (or with none), prints the peak of its memory in bytes.
import { makeCase } from './peers/cases.mjs';

const FILES = { 'plain-js': 'plain-js', 'ours-f64': 'ours', 'ours-f32': 'ours' };
const ITERATIONS = 3;

const [id] = process.argv.slice(2);
const spec = makeCase('mnist');
if (id in FILES) {
  const { contestants } = await import(`./peers/${FILES[id]}.mjs`);
  const contestant = (await contestants()).find((one) => one.id === id);
  contestant.setup(spec).run(ITERATIONS);
}
process.stdout.write(String(1024 * process.resourceUsage().maxRSS));
