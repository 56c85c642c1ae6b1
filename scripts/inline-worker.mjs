// Writes the worker's program into a module, as text.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

const { outputFiles } = await build({
  entryPoints: [path('bindings/worker/body.ts')],
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  write: false,
});
writeFileSync(
  path('bindings/worker/body.generated.ts'),
  `export const source: string = ${JSON.stringify(outputFiles[0].text.trim())};\n`,
);
