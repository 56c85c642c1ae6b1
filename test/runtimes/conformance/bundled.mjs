import * as library from 'feedforward-wasm';
import { conform } from './conformance.mjs';
import { deliver } from './deliver.mjs';

void conform(() => library).then(deliver);
