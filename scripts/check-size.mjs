// Prints the size of the default import, minified and gzipped, and fails above the budget.
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const BUDGET = 30_000;

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../dist/index.js', import.meta.url))],
  bundle: true,
  minify: true,
  format: 'esm',
  write: false,
});
const [{ contents }] = outputFiles;
const bytes = gzipSync(contents, { level: 9 }).length;
const binary = /"[A-Za-z0-9+/=]{1000,}"/g;
const text = Buffer.from(contents).toString().replace(binary, '""');
const script = gzipSync(text, { level: 9 }).length;

const kB = (count) => `${(count / 1000).toFixed(1)} kB`;
console.log(
  `default import: ${kB(bytes)} of ${kB(BUDGET)}, minified and gzipped ` +
    `(script ${kB(script)}, two binaries ${kB(bytes - script)})`,
);
process.exitCode = bytes <= BUDGET ? 0 : 1;
