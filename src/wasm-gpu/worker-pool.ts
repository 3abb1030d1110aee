import { CONTROL, controlWords, type WorkerOrder, type WorkerReport } from './control';
import type { Kernel } from './kernel';
import { startWorker, type WorkerThread } from './worker-thread';

/** Ranges that each worker takes of one dispatch: enough to even out workgroups of unequal length. */
const CHUNKS_PER_WORKER = 8;

/** Worker threads that run dispatches, one at a time, all of them on the same one. */
export class WorkerPool {
  readonly #control: Int32Array;
  readonly #threads: WorkerThread[] = [];
  /** For each worker, the kernels it has been sent. */
  readonly #known: Set<number>[] = [];
  readonly #fail: (message: string) => void;
  readonly #collected = new FinalizationRegistry<number>((id) => this.#drop(id));
  #dispatches = 0;
  #starting: number;
  /** Resolves when every worker has started up. */
  readonly started: Promise<void>;
  #start = (): void => {};
  #finish: (() => void) | undefined;

  /** @param fail told, once or more, when a worker died or a kernel trapped: the device is lost then */
  constructor(workers: number, memory: WebAssembly.Memory, fail: (message: string) => void) {
    this.#fail = fail;
    this.#starting = workers;
    this.started = new Promise((resolve) => {
      this.#start = resolve;
    });
    this.#control = new Int32Array(new SharedArrayBuffer(4 * controlWords(workers)));
    for (let index = 0; index < workers; index++) {
      const thread = startWorker({
        report: (report) => this.#receive(index, report),
        died: (message) => fail(`worker thread ${index} died: ${message}`),
      });
      thread.post({ kind: 'start', index, workers, control: this.#control, memory, words: CONTROL });
      this.#threads.push(thread);
      this.#known.push(new Set());
    }
  }

  get workers(): number {
    return this.#threads.length;
  }

  /**
   * Runs workgroups 0..`workgroups` - 1 (fewer than 2^31) on up to as many workers as `paramsOf` has addresses for them.
   * @param paramsOf the address of worker i's parameter block
   * @returns when every worker has finished; never, when the pool fails or is closed
   */
  run(kernel: Kernel, workgroups: number, paramsOf: readonly number[]): Promise<void> {
    const takers = Math.min(paramsOf.length, workgroups);
    const control = this.#control;
    Atomics.store(control, CONTROL.kernel, kernel.id);
    Atomics.store(control, CONTROL.next, 0);
    Atomics.store(control, CONTROL.end, workgroups);
    Atomics.store(control, CONTROL.chunk, Math.ceil(workgroups / (takers * CHUNKS_PER_WORKER)));
    Atomics.store(control, CONTROL.remaining, takers);
    this.#dispatches = (this.#dispatches + 1) | 0;
    for (let index = 0; index < takers; index++) {
      Atomics.store(control, CONTROL.tickets + this.#threads.length + index, paramsOf[index]);
      this.#send(index, kernel);
      Atomics.store(control, CONTROL.tickets + index, this.#dispatches);
      Atomics.notify(control, CONTROL.tickets + index);
    }
    // Idle workers do not keep the process alive; a dispatch that somebody may be waiting for does.
    this.#threads[0].setKeepsProcessAlive(true);
    return new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** Ends the threads, in the middle of a dispatch if need be. */
  close(): void {
    for (const thread of this.#threads) thread.end();
  }

  #send(index: number, kernel: Kernel): void {
    const known = this.#known[index];
    if (known.has(kernel.id)) return;
    if (!this.#known.some((ids) => ids.has(kernel.id))) this.#collected.register(kernel, kernel.id);
    known.add(kernel.id);
    this.#post(index, { kind: 'kernel', id: kernel.id, module: kernel.module });
  }

  #drop(id: number): void {
    for (const [index, known] of this.#known.entries())
      if (known.delete(id)) this.#post(index, { kind: 'drop', id });
  }

  #post(index: number, order: WorkerOrder): void {
    this.#threads[index].post(order);
  }

  #receive(index: number, report: WorkerReport): void {
    if (report.kind === 'ready') {
      this.#threads[index].setKeepsProcessAlive(false);
      this.#starting--;
      if (this.#starting === 0) this.#start();
    } else if (report.kind === 'trap') this.#fail(`a kernel trapped: ${report.message}`);
    else {
      this.#threads[0].setKeepsProcessAlive(false);
      this.#finish?.();
    }
  }
}
