/**
 * Lets this thread's timers and signals have their turn. Work that is done on the calling thread never leaves it between two
 * submits: nobody could abort, and a page would stand still.
 */
export function turn(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
