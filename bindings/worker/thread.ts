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
  return threadOf(worker, (put, fail) => {
    worker.onmessage = ({ data }) => put(data);
    worker.onerror = (event) => {
      event.preventDefault();
      fail(new Error(event.message || 'the worker could not start'));
    };
  });
}

function startNodeWorker(Worker: NodeWorkerClass): Thread {
  // Options of this process, such as --input-type, are not for the worker's program.
  const worker = new Worker(source, { eval: true, execArgv: [] });
  return threadOf(worker, (put, fail) => {
    worker.on('message', put);
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('the worker ended')));
  });
}

/** @param listen has to put each answer that comes, and to fail with what ends the worker */
function threadOf(
  worker: Pick<NodeWorker, 'postMessage' | 'terminate'>,
  listen: (put: (answer: unknown) => void, fail: (error: unknown) => void) => void,
): Thread {
  let failure: { readonly error: unknown } | undefined;
  let answered: ((answer: unknown) => void) | undefined;
  let failed: ((error: unknown) => void) | undefined;
  listen(
    (answer) => answered?.(answer),
    (error) => {
      failure ??= { error };
      failed?.(error);
    },
  );
  return {
    // What cannot be sent throws, which a promise under way rejects with.
    ask: (message, transfer) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure.error);
        answered = resolve;
        failed = reject;
        worker.postMessage(message, transfer);
      }),
    end: () => void worker.terminate(),
  };
}
