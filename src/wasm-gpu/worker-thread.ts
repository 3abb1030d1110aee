import type { WorkerOrder, WorkerReport } from './control';
import workerSource from './worker.js?raw';

/** One worker thread, Node's or a browser's. */
export interface WorkerThread {
  post(order: WorkerOrder): void;
  /** Whether this thread keeps the Node process from ending. It does, to begin with. */
  setKeepsProcessAlive(keeps: boolean): void;
  end(): void;
}

export interface WorkerListener {
  report(report: WorkerReport): void;
  /** Called when the thread ended though nobody asked it to. */
  died(reason: string): void;
}

/** Starts a worker thread that runs `worker.js`. */
export function startWorker(listener: WorkerListener): WorkerThread {
  const node = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  return node ? startNodeWorker(node, listener) : startWebWorker(listener);
}

function startNodeWorker(node: typeof import('node:worker_threads'), listener: WorkerListener): WorkerThread {
  const worker = new node.Worker(workerSource, { eval: true });
  let ended = false;
  worker.on('message', (report: WorkerReport) => listener.report(report));
  worker.on('error', (error) => !ended && listener.died(String(error)));
  worker.on('exit', (code) => !ended && listener.died(`exit code ${code}`));
  return {
    post: (order) => worker.postMessage(order),
    setKeepsProcessAlive: (keeps) => (keeps ? worker.ref() : worker.unref()),
    end: () => {
      ended = true;
      void worker.terminate();
    },
  };
}

function startWebWorker(listener: WorkerListener): WorkerThread {
  // A file of its own, not a blob: a strict content security policy forbids blobs.
  const worker = new Worker(new URL('./worker.js', import.meta.url));
  worker.onmessage = (event: MessageEvent<WorkerReport>) => listener.report(event.data);
  worker.onerror = (event) => listener.died(event.message || 'the worker script did not load');
  return {
    post: (order) => worker.postMessage(order),
    setKeepsProcessAlive: () => {},
    end: () => worker.terminate(),
  };
}
