/**
 * The words of the control block, a small shared array through which the host hands a dispatch to its workers. The worker
 * script gets this table with its first message, so host and worker cannot disagree.
 */
export const CONTROL = {
  /** Which kernel the dispatch runs. */
  kernel: 0,
  /** The next workgroup that nobody has taken; workers take `chunk` at a time from it. */
  next: 1,
  /** The number of workgroups. */
  end: 2,
  chunk: 3,
  /** Workers that have not finished with this dispatch; the one that brings it to zero tells the host. */
  remaining: 4,
  /** From here on, for each worker, the number of the dispatch it is to take part in: what it waits on. */
  tickets: 8,
} as const;

/** Words of a control block for `workers` workers: the fixed ones, a ticket and a parameter address for each. */
export function controlWords(workers: number): number {
  return CONTROL.tickets + 2 * workers;
}

export interface StartMessage {
  kind: 'start';
  /** This worker's number, 0-based. */
  index: number;
  workers: number;
  control: Int32Array;
  memory: WebAssembly.Memory;
  words: typeof CONTROL;
}
export interface KernelMessage {
  kind: 'kernel';
  id: number;
  module: WebAssembly.Module;
}
export interface DropMessage {
  kind: 'drop';
  id: number;
}
/** From the host to a worker. */
export type WorkerOrder = StartMessage | KernelMessage | DropMessage;
/** From a worker to the host. */
export type WorkerReport = { kind: 'ready' } | { kind: 'done' } | { kind: 'trap'; message: string };
