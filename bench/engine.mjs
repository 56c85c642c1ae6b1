// Which Node measures. Relaxed SIMD is on from Node 22; the bars are for Node 24, which bench/peers brings along.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NODE_24 = fileURLToPath(new URL('peers/node_modules/node24/bin/node', import.meta.url));

/** The Node 24 of bench/peers where it is installed, else the Node that is running; as execPath has it, without links. */
export const preferredNode = () => (existsSync(NODE_24) ? realpathSync(NODE_24) : process.execPath);

/** Runs this program again on the preferred Node and ends with its exit code, unless it is running on it. */
export function continueOnPreferredNode() {
  const node = preferredNode();
  if (node === process.execPath) return;
  const { status } = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' });
  process.exit(status ?? 1);
}
