import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';

const read = (file: string): string => readFileSync(new URL(`../dist/${file}`, import.meta.url), 'utf8');

test.each(['index.js', 'core.js'])('%s imports nothing, from nowhere, and awaits nothing', async (file) => {
  const source = read(file);
  expect(source).not.toMatch(/^import\b/m);
  expect(source).not.toMatch(/\bimport\s*\(|import\.meta|\brequire\(/);
  // Of Node's own modules, Node itself is asked for one, at run time: no bundler and no other runtime sees an import.
  const asked = /getBuiltinModule(?:\?\.)?\(\\?"node:worker_threads\\?"\)/g;
  expect(source.replaceAll(asked, '')).not.toMatch(/["']node:/);
  // A CommonJS module has no top-level await.
  const { warnings } = await transform(source, { format: 'cjs' });
  expect(warnings).toEqual([]);
});

test('index.workerd.js imports the two binaries', () => {
  const imports = Array.from(
    read('index.workerd.js').matchAll(/^import .* from "(.*)";$/gm),
    ([, from]) => from,
  );
  expect(imports.sort()).toEqual(['./core.relaxed.wasm', './core.wasm']);
});

test('index.js begins with the text of the binary; the other entries have neither it nor its reader', () => {
  const text = /^var binary = "[A-Za-z0-9+/=]{1000,}"/m;
  expect(read('index.js').search(text)).toBe(0);
  for (const file of ['index.workerd.js', 'core.js']) {
    expect(read(file)).not.toMatch(text);
    expect(read(file)).not.toContain('decompress');
    expect(read(file)).not.toContain('unfuse');
  }
});

test('classes keep their names in the bundle, which errors and the console show', async () => {
  const library = (await import('../dist/index.js')) as Record<string, unknown>;
  for (const name of ['FeedforwardNN', 'Matrix', 'DivergenceError', 'OutOfMemoryError'])
    expect((library[name] as { name: string }).name).toBe(name);
});
