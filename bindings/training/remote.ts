import { PAUSED } from '../core/exports.js';
import type { Block, Lease } from '../core/lease.js';
import type { NetworkMemory } from '../core/network-memory.js';
import { PIECE_BYTES } from '../interruptible.js';
import type { Answer, Piece, Question, Start } from '../worker/messages.js';
import { startThread, type Thread } from '../worker/thread.js';
import type { AbortSignalLike } from '../train-options.js';
import type { Job } from './job.js';
import { LEAST } from './perform.js';
import type { Call } from './work.js';

const PAGE_BYTES = 65536;

/** A worker that has not started after so many milliseconds is taken for none: a page's stand-in, or a policy's doing. */
const PATIENCE = 3000;

/** A call into the worker's core ends after about so many milliseconds, so that an abort is soon seen. */
const CALL = 50;

const NOTHING: Block = { address: 0, bytes: 0 };

/** Does work in a worker's core, over a copy of this one's memory. */
export interface Remote {
  perform(call: Call): Promise<number>;
  /** Copies the worker's network to a place in this memory. */
  bring(place: Block): Promise<void>;
  end(): void;
}

/**
 * Undefined where this runtime, the page's policy or the host gives no worker.
 *
 * @param lease of all blocks that the training needs, the network's among them
 * @throws the signal's reason
 */
export async function startRemote(
  network: NetworkMemory,
  lease: Lease,
  job: Job,
  signal: AbortSignalLike | undefined,
): Promise<Remote | undefined> {
  let thread: Thread | undefined;
  try {
    thread = startThread();
    if (!thread) return undefined;
    const { module, exports } = network.core;
    const start: Start = { module, pages: exports.memory.buffer.byteLength / PAGE_BYTES };
    await started(thread.ask(start, []), signal);
    const remote = remoteOn(thread, network, job.mailbox, signal);
    for (const block of lease.blocks) await remote.send(block);
    return remote;
  } catch {
    // It has changed nothing: the training goes on in this thread.
    thread?.end();
    signal?.throwIfAborted();
    return undefined;
  }
}

function remoteOn(
  thread: Thread,
  network: NetworkMemory,
  mailbox: Block,
  signal: AbortSignalLike | undefined,
): Remote & { send(block: Block): Promise<void> } {
  const { memory } = network.core.exports;
  /** Multiply–adds of the next call. */
  let amount = LEAST;

  /**
   * Takes a piece of this memory over into the worker's, calls a function of its core, takes a piece of its back, to the
   * same address or that far from it.
   */
  async function call(
    name: string,
    args: readonly number[],
    there: Block,
    { address, bytes }: Block,
    offset = 0,
  ): Promise<number> {
    const piece = read(memory.buffer, there);
    const message: Question = { name, args, piece, back: { address, bytes } };
    const answer = (await thread.ask(message, [piece.bytes.buffer])) as Answer;
    new Uint8Array(memory.buffer).set(answer.bytes, address + offset);
    return answer.value;
  }

  return {
    async send(block) {
      for (const piece of piecesOf(block)) {
        signal?.throwIfAborted();
        await call('', [], piece, NOTHING);
      }
    },
    async perform({ kind, args }) {
      for (;;) {
        const begin = performance.now();
        const answer = await call(kind, [...args, amount], mailbox, mailbox);
        if (answer < PAUSED || (answer === PAUSED && signal?.aborted)) return answer;
        const elapsed = performance.now() - begin;
        if (elapsed < CALL / 2) amount *= 2;
        else if (elapsed > CALL) amount = Math.max(LEAST, amount / 2);
      }
    },
    async bring({ address }) {
      for (const piece of piecesOf(network)) await call('', [], NOTHING, piece, address - network.address);
    },
    end: () => thread.end(),
  };
}

function* piecesOf({ address, bytes }: Block): Generator<Block> {
  for (let done = 0; done < bytes; done += PIECE_BYTES)
    yield { address: address + done, bytes: Math.min(PIECE_BYTES, bytes - done) };
}

function read(buffer: ArrayBuffer, { address, bytes }: Block): Piece {
  return { address, bytes: new Uint8Array(buffer).slice(address, address + bytes) };
}

/** Waits for the worker, but not for ever. */
async function started(answer: Promise<unknown>, signal: AbortSignalLike | undefined): Promise<void> {
  const begin = performance.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const givenUp = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (signal?.aborted || performance.now() - begin > PATIENCE) reject(new Error('no worker'));
    }, CALL);
  });
  try {
    await Promise.race([answer, givenUp]);
  } finally {
    clearInterval(timer);
  }
}
