import { conform } from './conformance.mjs';
import { deliver } from './deliver.mjs';

const dist = '/node_modules/feedforward-wasm/dist';
const stream = (file) => WebAssembly.compileStreaming(fetch(`${dist}/${file}`));

async function load() {
  const library = await import('/node_modules/feedforward-wasm/dist/core.js');
  library.useCore(await stream('core.wasm'), await stream('core.relaxed.wasm').catch(() => undefined));
  return library;
}

deliver(await conform(load));
