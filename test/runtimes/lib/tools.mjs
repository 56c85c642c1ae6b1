import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));

/** A program from this folder's packages. */
export const tool = (name) => installed(`.bin/${name}`);

/** Node of that major version. */
export const node = (major) => installed(`node${major}/bin/node`);

function installed(name) {
  if (existsSync(modules + name)) return modules + name;
  throw new Error(`missing: ${name}; npm ci --prefix test/runtimes`);
}
