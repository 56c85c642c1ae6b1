import { conform } from './conformance.mjs';
import { deliver } from './deliver.mjs';

deliver(await conform(() => import('feedforward-wasm')));
