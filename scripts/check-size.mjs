// Prints the size of the package's usual import, minified and gzipped, and fails above the budget.
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const BUDGET = 30_000;
const USUAL = '{ FeedforwardNN, Matrix, oneHot }';

/** Of a bundle of what a program imports from that file. */
async function bytesOf(names, file) {
  const { outputFiles } = await build({
    stdin: {
      contents: `export ${names} from './dist/${file}'`,
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

const kB = (count) => `${(count / 1000).toFixed(1)} kB`;
const usual = await bytesOf(USUAL, 'index.js');
console.log(
  `import ${USUAL}: ${kB(usual)} of ${kB(BUDGET)}, minified and gzipped; all exports: ` +
    `${kB(await bytesOf('*', 'index.js'))}; from feedforward-wasm/core, which has no binaries: ` +
    kB(await bytesOf(USUAL, 'core.js')),
);
process.exitCode = usual <= BUDGET ? 0 : 1;
