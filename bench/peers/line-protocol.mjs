// A network that lives in another process, which measures itself.
//
// The process reads a line and answers a line:
//   setup <file> <m> <n0> <n1> <n2> <learning rate>    → ok
//   train <iterations>       → <seconds> <cost before the last update>
//   predict <iterations>     → <seconds> <cost of the probabilities, its time not counted>
// and begins by saying what it is. The file holds float64: x, w1, b1, w2, b2, then the labels.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const folder = mkdtempSync(path.join(os.tmpdir(), 'peers-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** A name for a file that is gone when the run ends. */
export const temporary = (name) => path.join(folder, name);

function writeCase({ name, x, labels, weights: { w1, b1, w2, b2 } }) {
  const file = temporary(`${name}.f64`);
  writeFileSync(
    file,
    Buffer.concat([x, w1, b1, w2, b2, Float64Array.from(labels)].map((part) => Buffer.from(part.buffer))),
  );
  return file;
}

/** Starts `command`; resolves to its first line and to the `setup` of a contestant. */
export async function start(command, args, threads) {
  const limits = ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'];
  const env = { ...process.env, ...Object.fromEntries(limits.map((limit) => [limit, String(threads)])) };
  const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const failed = once(child, 'error').then(([error]) => {
    throw error;
  });
  failed.catch(() => {});
  child.stdin.on('error', () => {}); // a process that has ended says so in its answer
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += text;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  async function answer() {
    const { value, done } = await Promise.race([lines.next(), failed]);
    if (done) throw new Error(`${path.basename(command)} ended: ${complaint.trim().split('\n').at(-1)}`);
    return value;
  }
  async function ask(...words) {
    child.stdin.write(`${words.join(' ')}\n`);
    return answer();
  }

  async function setup(spec) {
    await ask('setup', writeCase(spec), spec.rows, ...spec.layers, spec.learningRate);
    return {
      async run(iterations) {
        const [seconds, cost] = (await ask(spec.kind, iterations)).split(' ').map(Number);
        return { seconds, cost };
      },
      dispose() {},
    };
  }

  return { version: await answer(), setup, close: () => child.stdin.end() };
}
