// Prints the size of the default import, minified and gzipped, and fails above the budget.
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const BUDGET = 30_000;

async function bytesOf(file) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../dist/${file}`, import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

const kB = (count) => `${(count / 1000).toFixed(1)} kB`;
const bytes = await bytesOf('index.js');
const script = await bytesOf('core.js');
console.log(
  `default import: ${kB(bytes)} of ${kB(BUDGET)}, minified and gzipped ` +
    `(feedforward-wasm/core, which has no binaries: ${kB(script)})`,
);
process.exitCode = bytes <= BUDGET ? 0 : 1;
