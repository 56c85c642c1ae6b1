import { conform } from './conformance.mjs';
import { deliver } from './deliver.mjs';

deliver(await conform(() => import('/node_modules/feedforward-wasm/dist/index.js')));
