/**
 * The program of the worker: the core over a copy of the network's and the training's memory, at the same addresses. It
 * knows nothing of training, so there is no second training loop. Built into `body.generated.ts` as text.
 */
import type { Answer, Question, Start } from './messages.js';

interface Port {
  postMessage(message: unknown, transfer?: ArrayBuffer[]): void;
  onmessage?: (event: { data: Start | Question }) => void;
  on?(event: 'message', listener: (data: Start | Question) => void): void;
}

type Core = Record<string, (...args: readonly number[]) => number | undefined> & {
  memory: WebAssembly.Memory;
};

const node = (globalThis as { process?: { getBuiltinModule?(name: string): { parentPort: Port } } }).process;
// A worker's global scope is not among the types of a program that runs in Node too.
const port: Port =
  'postMessage' in globalThis
    ? (globalThis as unknown as Port)
    : node!.getBuiltinModule!('node:worker_threads').parentPort;
let core: Core;

function start({ module, pages }: Start): void {
  core = new WebAssembly.Instance(module).exports as Core;
  core.memory.grow(Math.max(0, pages - core.memory.buffer.byteLength / 65536));
  port.postMessage('ready');
}

function call({ name, args, piece, back }: Question): void {
  const memory = new Uint8Array(core.memory.buffer);
  memory.set(piece.bytes, piece.address);
  const value = core[name]?.(...args) ?? 0;
  const bytes = memory.slice(back.address, back.address + back.bytes);
  port.postMessage({ value, bytes } satisfies Answer, [bytes.buffer]);
}

function receive(message: Start | Question): void {
  if ('module' in message) start(message);
  else call(message);
}

if (port.on) port.on('message', receive);
else port.onmessage = ({ data }) => receive(data);
