// A worker thread of the WebAssembly GPU. It waits in shared memory for a dispatch, takes ranges of workgroups from the
// shared counter until none is left, and waits again. This file is loaded as it stands, in Node and in browsers, so it
// imports nothing; `control.ts` describes the messages and the control block.

(() => {
  /** @typedef {import('./control').StartMessage} StartMessage */
  /** @typedef {import('./control').WorkerOrder} WorkerOrder */
  /** @typedef {import('./control').WorkerReport} WorkerReport */
  /** @typedef {(params: number, firstWorkgroup: number, endWorkgroup: number) => void} Run */

  const port = globalThis.process?.getBuiltinModule?.('node:worker_threads').parentPort;

  /** @param {WorkerReport} report */
  const post = (report) => (port ? port.postMessage(report) : globalThis.postMessage(report));

  /** @type {Map<number, Run>} */
  const kernels = new Map();
  /** @type {StartMessage} */
  let start;
  let ticket = 0;

  /** @param {Run} run */
  function takePart(run) {
    const { control, words, workers, index } = start;
    const params = Atomics.load(control, words.tickets + workers + index);
    const chunk = Atomics.load(control, words.chunk);
    const end = Atomics.load(control, words.end);
    try {
      for (;;) {
        // The counter may pass 2^31 by what the last takers add to it.
        const first = Atomics.add(control, words.next, chunk) >>> 0;
        if (first >= end) break;
        run(params, first, Math.min(first + chunk, end));
      }
    } catch (error) {
      Atomics.store(control, words.next, end);
      post({ kind: 'trap', message: String(error) });
    }
    if (Atomics.sub(control, words.remaining, 1) === 1) post({ kind: 'done' });
  }

  function work() {
    const { control, words, index } = start;
    for (;;) {
      Atomics.wait(control, words.tickets + index, ticket);
      const run = kernels.get(Atomics.load(control, words.kernel));
      // A kernel not seen yet is on its way as a message, and messages arrive only after this function has returned.
      if (!run) return;
      ticket = Atomics.load(control, words.tickets + index);
      takePart(run);
    }
  }

  /** @param {WorkerOrder} order */
  function receive(order) {
    if (order.kind === 'start') {
      start = order;
      post({ kind: 'ready' });
    } else if (order.kind === 'drop') {
      kernels.delete(order.id);
    } else {
      // A worker needs no tick: a kernel that does not end goes with the thread.
      const env = { memory: start.memory, tick() {} };
      const instance = new WebAssembly.Instance(order.module, { env });
      kernels.set(order.id, /** @type {Run} */ (instance.exports.run));
    }
    if (kernels.size > 0) work();
  }

  if (port) port.on('message', receive);
  else globalThis.onmessage = (event) => receive(event.data);
})();
