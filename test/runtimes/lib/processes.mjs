import { spawn } from 'node:child_process';

/**
 * Runs a program to its end.
 *
 * @returns {Promise<string>} what it printed
 */
export function run(command, args, { cwd, env = {}, timeout = 120_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, timeout });
    let printed = '';
    let complaints = '';
    child.stdout.on('data', (chunk) => (printed += chunk));
    child.stderr.on('data', (chunk) => (complaints += chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(printed);
      else
        reject(new Error(`${command} ended with ${signal ?? code}: ${(complaints || printed).slice(-600)}`));
    });
  });
}

/** Runs a program that prints a result as its last line. */
export async function resultOf(command, args, options) {
  const printed = await run(command, args, options);
  return JSON.parse(printed.trim().split('\n').at(-1));
}

/**
 * Starts a program that goes on until it is stopped, in a process group of its own.
 *
 * @returns what ends it and all it started
 */
export function start(command, args, { cwd, env = {}, stdio = 'ignore' } = {}) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio, detached: true });
  const ended = new Promise((resolve) => child.on('close', resolve).on('error', resolve));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined)
      process.kill(-child.pid, 'SIGKILL');
    await ended;
  };
  return { child, stop };
}
