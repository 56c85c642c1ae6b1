import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const dist = JSON.stringify(new URL('../../dist/index.js', import.meta.url).href);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A program that trains, tells what it finds once that has settled, and then has nothing left to do. */
const program = (training: string, before = ''): string => `
  import { FeedforwardNN } from ${dist};
  ${before}
  process.on('unhandledRejection', (reason) => { console.log('unhandled', reason); process.exit(1); });
  const network = new FeedforwardNN({ layers: [2, 8, 2] });
  const x = [[0, 0], [0, 1], [1, 0], [1, 1]];
  const y = [0, 1, 1, 0];
  const control = new AbortController();
  const outcome = await network.trainAsync(x, y, ${training}).then(
    ({ iterations }) => iterations + ' passes',
    (error) => String(error),
  );
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  console.log(outcome + ', ' + timers + ' timers');
`;

const NO_THREADS = 'process.getBuiltinModule = () => undefined;';

test.each<[what: string, printed: string, training: string, before?: string | undefined, flags?: string[]]>([
  ['made all passes', '20 passes, 0 timers', '{ iterations: 20 }'],
  ['made all passes in slices', '20 passes, 0 timers', '{ iterations: 20 }', NO_THREADS],
  ['was stopped', '1 passes, 0 timers', '{ onProgress: () => false }'],
  [
    'was aborted',
    'gone, 0 timers',
    "{ iterations: 1e7, signal: control.signal, onProgress: () => control.abort('gone') }",
  ],
  [
    'was aborted in slices',
    'gone, 0 timers',
    "{ iterations: 1e7, signal: control.signal, onProgress: () => control.abort('gone') }",
    NO_THREADS,
  ],
  ['threw', 'Error: mine, 0 timers', "{ onProgress() { throw new Error('mine'); } }"],
  [
    'did without a worker that never answers',
    '20 passes, 0 timers',
    '{ iterations: 20 }',
    'globalThis.Worker = class { postMessage() {} terminate() {} };',
  ],
  [
    'did without a worker that Node’s permissions forbid',
    '20 passes, 0 timers',
    '{ iterations: 20 }',
    undefined,
    [permissionFlag(), '--allow-fs-read=*'],
  ],
])('a process ends by itself once trainAsync %s', async (_, printed, training, before, flags = []) => {
  const args = [...flags, '--input-type=module', '--eval', program(training, before)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 50_000 });
  expect(stdout.trim()).toBe(printed);
});

/** The flag had another name before Node 23.5. */
function permissionFlag(): string {
  return process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
}
