import * as library from 'feedforward-wasm';
import { refuse } from './refusal.mjs';

export default {
  async fetch() {
    return Response.json(await refuse(() => library, 'the export condition "workerd"'));
  },
};
