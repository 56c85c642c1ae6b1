import { resultOf, run } from './processes.mjs';
import { node } from './tools.mjs';

export async function nodeVersion(major) {
  return (await run(node(major), ['--version'])).trim().slice(1);
}

/** Runs a program in Node of that major version and takes the result that it prints. */
export function runNode(major, args, cwd) {
  return resultOf(node(major), args, { cwd });
}
