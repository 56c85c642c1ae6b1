import { Worker } from 'node:worker_threads';
import { vi } from 'vitest';

/** The threads that are started from now on, until mocks are restored. */
export function watchThreads(): Worker[] {
  const started: Worker[] = [];
  class Watched extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      started.push(this);
    }
  }
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue({ Worker: Watched });
  return started;
}

/** From now on there are no threads, until mocks are restored. */
export function withoutThreads(): void {
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined);
}

/** What may stand in the place of a page's Worker, or be left of it by a policy. */
export const REFUSALS: readonly [how: string, stub: unknown][] = [
  [
    'throws when it is made',
    class {
      constructor() {
        throw new DOMException('the policy forbids it', 'SecurityError');
      }
    },
  ],
  [
    'tells of an error before it is asked',
    class {
      onerror?: (event: Event) => void;
      constructor() {
        queueMicrotask(() => this.onerror?.(new Event('error', { cancelable: true })));
      }
      postMessage(): void {}
      terminate(): void {}
    },
  ],
  [
    'tells of an error after it is asked',
    class {
      onerror?: (event: Event) => void;
      postMessage(): void {
        setTimeout(() => this.onerror?.(new Event('error', { cancelable: true })), 5);
      }
      terminate(): void {}
    },
  ],
  [
    'cannot take a compiled module',
    class {
      postMessage(): void {
        throw new DOMException('it could not be cloned', 'DataCloneError');
      }
      terminate(): void {}
    },
  ],
  [
    'never answers',
    class {
      postMessage(): void {}
      terminate(): void {}
    },
  ],
];
