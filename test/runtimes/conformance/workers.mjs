import * as library from 'feedforward-wasm';
import { conform } from './conformance.mjs';

export default {
  async fetch() {
    return Response.json(await conform(() => library));
  },
};
