// examples/worker, bundled by wrangler, in workerd: trains over several requests and refuses what is too much.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { serving, workerdVersion } from '../lib/workerd.mjs';
import { wranglerModules } from '../lib/wrangler.mjs';

const example = fileURLToPath(new URL('../../../examples/worker/', import.meta.url));

export function rows(app) {
  return [
    {
      runtime: 'workerd',
      setting: 'examples/worker',
      version: workerdVersion,
      async run() {
        const folder = join(app, 'worker');
        cpSync(example, folder, { recursive: true });
        return serving(await wranglerModules(folder, 'worker.ts'), async (origin) => ({
          failures: [...(await trains(origin, await irisTask(app))), ...(await refuses(origin))],
        }));
      },
    },
  ];
}

/** The golden iris data as a client sends it. */
async function irisTask(app) {
  const { makeData } = await import(pathToFileURL(join(app, 'generator.mjs')));
  const { x, y } = makeData('iris', 150, 4, 3);
  const rowsOfX = Array.from(y, (_, i) => Array.from(x.subarray(i * 4, i * 4 + 4)));
  return { layers: [4, 10, 3], x: rowsOfX, y: Array.from(y), learningRate: 0.5 };
}

/** Sends the parameters back until 1,000 passes are made. */
async function trains(origin, task) {
  let { parameters, cost, accuracy } = {};
  let iterations = 1000;
  let requests = 0;
  for (; iterations > 0 && requests < 20; requests++) {
    const { status, answer } = await post(origin, { ...task, iterations, parameters });
    if (status !== 200) return [`status ${status}: ${answer.error}`];
    ({ parameters, cost, accuracy } = answer);
    iterations -= answer.iterations;
  }
  const failures = [];
  if (iterations > 0) failures.push(`${iterations} passes are left after ${requests} requests`);
  if (requests === 1) failures.push('one request made all passes, whatever its time');
  if (!(accuracy > 0.95)) failures.push(`accuracy is ${accuracy}, cost ${cost}`);
  return failures;
}

async function refuses(origin) {
  const network = { layers: [2, 3, 2], x: [[0, 1]], y: [1] };
  const cases = [
    ['a wrong shape', { ...network, x: [[0, 1, 2]] }, 400, '"x" expected'],
    ['no task', null, 400, '"layers"'],
    ['too wide a network', { ...network, layers: [2, 100_000, 2] }, 413, 'parameters'],
    ['too many rows', { ...network, layers: [2, 1800, 2], x: Array(300).fill([0, 1]) }, 413, 'one pass'],
    ['too much text', { ...network, x: 'x'.repeat(5e6) }, 413, 'characters'],
  ];
  const failures = [];
  for (const [name, task, status, words] of cases) {
    const { status: got, answer } = await post(origin, task);
    if (got !== status || !answer.error.includes(words)) failures.push(`${name}: ${got} ${answer.error}`);
  }
  return failures;
}

async function post(origin, task) {
  const response = await fetch(origin, { method: 'POST', body: JSON.stringify(task) });
  return { status: response.status, answer: await response.json() };
}
