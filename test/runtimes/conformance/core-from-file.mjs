import { readFile } from 'node:fs/promises';
import { conform } from './conformance.mjs';
import { deliver } from './deliver.mjs';

const compile = async (file) => WebAssembly.compile(await readFile(new URL(import.meta.resolve(file))));

async function load() {
  const library = await import('feedforward-wasm/core');
  library.useCore(
    await compile('feedforward-wasm/core.wasm'),
    await compile('feedforward-wasm/core.relaxed.wasm').catch(() => undefined),
  );
  return library;
}

deliver(await conform(load));
