/**
 * Watches the threads that are started from now on, of a page's Worker or of Node's.
 *
 * @returns {{ answers: number }} how many messages have come from them
 */
export function watchThreads() {
  const seen = { answers: 0 };
  const watched = (Worker) =>
    new Proxy(Worker, {
      construct(target, given) {
        const worker = Reflect.construct(target, given);
        const listen = (worker.addEventListener ?? worker.on).bind(worker);
        listen('message', () => seen.answers++);
        return worker;
      },
    });
  if (globalThis.Worker) globalThis.Worker = watched(globalThis.Worker);
  const { process } = globalThis;
  const getBuiltinModule = process?.getBuiltinModule;
  if (getBuiltinModule)
    process.getBuiltinModule = (name) => {
      const module = getBuiltinModule.call(process, name);
      return name === 'node:worker_threads' ? { ...module, Worker: watched(module.Worker) } : module;
    };
  return seen;
}
