import { source } from './body.generated.js';

/** A worker thread that runs body.ts, which answers each message with one. */
export interface Thread {
  /** The answer to a message; rejects if it cannot be sent or the thread fails. One at a time. */
  ask(message: unknown, transfer: ArrayBuffer[]): Promise<unknown>;
  end(): void;
}

interface NodeWorker {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  on(event: string, listener: (value: unknown) => void): void;
  terminate(): unknown;
}

type NodeWorkerClass = new (source: string, options: { eval: true; execArgv: [] }) => NodeWorker;

/** Of the worker's program, once it was needed. */
let url: string | undefined;

/**
 * A new thread, if this runtime has any: a page's or Deno's or Bun's worker from a Blob, or Node's. Nothing is fetched,
 * and no bundler has to know. Undefined where there is none; where a policy forbids it, this throws or `ask` rejects,
 * and what a page has put in the place of Worker may never answer.
 */
export function startThread(): Thread | undefined {
  if (typeof Worker === 'function' && typeof Blob === 'function') return startWebWorker();
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const threads = process?.getBuiltinModule?.('node:worker_threads') as
    { Worker?: NodeWorkerClass } | undefined;
  return threads?.Worker && startNodeWorker(threads.Worker);
}

function startWebWorker(): Thread {
  url ??= URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module' });
  const answers = new Answers();
  worker.onmessage = ({ data }) => answers.put(data);
  worker.onerror = (event) => {
    event.preventDefault();
    answers.fail(new Error(event.message || 'the worker could not start'));
  };
  return {
    ask: (message, transfer) => answers.to(() => worker.postMessage(message, transfer)),
    end: () => worker.terminate(),
  };
}

function startNodeWorker(Worker: NodeWorkerClass): Thread {
  // Options of this process, such as --input-type, are not for the worker's program.
  const worker = new Worker(source, { eval: true, execArgv: [] });
  const answers = new Answers();
  worker.on('message', (message) => answers.put(message));
  worker.on('error', (error) => answers.fail(error));
  worker.on('exit', () => answers.fail(new Error('the worker ended')));
  return {
    ask: (message, transfer) => answers.to(() => worker.postMessage(message, transfer)),
    end: () => void worker.terminate(),
  };
}

/** Answers on their way to whoever awaits them, one at a time. */
class Answers {
  #resolve: ((answer: unknown) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** The answer to what `ask` sends; what it throws, this rejects with. */
  to(ask: () => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure.error);
      this.#resolve = resolve;
      this.#reject = reject;
      ask();
    });
  }

  put(answer: unknown): void {
    this.#resolve?.(answer);
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#reject?.(error);
  }
}
