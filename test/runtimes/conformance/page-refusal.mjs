import { deliver } from './deliver.mjs';
import { refuse } from './refusal.mjs';

deliver(await refuse(() => import('/node_modules/feedforward-wasm/dist/index.js'), "'wasm-unsafe-eval'"));
