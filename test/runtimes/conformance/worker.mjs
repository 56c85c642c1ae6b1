import { conform } from './conformance.mjs';

postMessage(await conform(() => import('/node_modules/feedforward-wasm/dist/index.js')));
