// Which Node measures. Relaxed SIMD is on from Node 22; the bars are for Node 24, which bench/peers brings along.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NODE_24 = fileURLToPath(new URL('peers/node_modules/node24/bin/node', import.meta.url));

/** The Node 24 of bench/peers where it is installed, else the Node that is running. */
export const preferredNode = () => (existsSync(NODE_24) ? NODE_24 : process.execPath);

/** Runs this program again on the preferred Node and ends with its exit code, unless it is running on it. */
export function continueOnPreferredNode() {
  const node = preferredNode();
  if (node === process.execPath) return;
  const { status } = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' });
  process.exit(status ?? 1);
}

/** (module (func (param v128) (result v128) local.get 0 local.get 0 local.get 0 f64x2.relaxed_madd)) */
const RELAXED_MADD = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x06, 0x01, 0x60, 0x01, 0x7b, 0x01, 0x7b],
  ...[0x03, 0x02, 0x01, 0x00, 0x0a, 0x0d, 0x01, 0x0b, 0x00, 0x20, 0x00, 0x20, 0x00, 0x20, 0x00, 0xfd],
  ...[0x87, 0x02, 0x0b],
]);

/** The binaries that this engine runs, the fastest first. */
export const binaries = WebAssembly.validate(RELAXED_MADD) ? ['relaxed-simd', 'simd'] : ['simd'];

export const PRECISIONS = ['f64', 'f32'];
