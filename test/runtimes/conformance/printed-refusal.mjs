import { refuse } from './refusal.mjs';

console.log(JSON.stringify(await refuse(() => import('feedforward-wasm'), process.argv[2])));
