import { readFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';

// The built entry: its networks run on what the caller compiles.
type Entry = typeof import('../bindings/core.js');

const compile = (file: string): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(new URL(`../dist/${file}`, import.meta.url)));
const simd = compile('core.wasm');
const options = { layers: [2, 2] };

let entry: Entry;
beforeEach(async () => {
  vi.resetModules();
  entry = (await import(new URL('../dist/core.js', import.meta.url).href)) as Entry;
});

test('without a core the error says to call useCore', () => {
  expect(() => new entry.FeedforwardNN(options)).toThrow('call useCore');
});

test('networks run on the core that was given, and on the relaxed one unless deterministic', () => {
  entry.useCore(simd, compile('core.relaxed.wasm'));
  expect(new entry.FeedforwardNN(options).binary).toBe('relaxed-simd');
  expect(new entry.FeedforwardNN({ ...options, deterministic: true }).binary).toBe('simd');
});

test('one core is enough', () => {
  entry.useCore(simd);
  expect(new entry.FeedforwardNN(options).binary).toBe('simd');
});

test('a core cannot be changed under the networks', () => {
  entry.useCore(simd);
  entry.useCore(simd);
  new entry.FeedforwardNN(options);
  expect(() => entry.useCore(simd)).toThrow('after the first network');
});

test.each([{}, new Uint8Array(8), undefined])('%o is no core', (module) => {
  expect(() => entry.useCore(module as object)).toThrow(TypeError);
});
