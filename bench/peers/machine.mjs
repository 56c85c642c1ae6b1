// What the figures were measured on.
import { readFileSync } from 'node:fs';
import os from 'node:os';

export const cores = os.availableParallelism();

export const machine = () => ({
  processor: os.cpus()[0].model,
  cores,
  platform: `${process.platform} ${process.arch}`,
  node: process.versions.node,
  v8: process.versions.v8,
  loadAverage: os.loadavg()[0],
});

/** The version of an installed package. */
export function versionOf(name) {
  const manifest = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}
