// Keeps the declarations that the package's entries lead to, and removes those of its inside.
import { readFileSync, readdirSync, rmSync } from 'node:fs';

const dist = new URL('../dist/', import.meta.url);
const reached = new Set();

function reach(declaration) {
  if (reached.has(declaration.href)) return;
  reached.add(declaration.href);
  for (const [, specifier] of readFileSync(declaration, 'utf8').matchAll(
    /(?:from |import\()'(\.[^']*)\.js'/g,
  ))
    reach(new URL(`${specifier}.d.ts`, declaration));
}

reach(new URL('index.d.ts', dist));
reach(new URL('core.d.ts', dist));

for (const name of readdirSync(dist, { recursive: true })) {
  const file = new URL(name, dist);
  if (name.endsWith('.d.ts') && !reached.has(file.href)) rmSync(file);
}
