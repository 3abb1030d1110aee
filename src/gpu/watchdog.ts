import { isWasm } from './choose';
import { isNode } from './dawn';
import { KernelTimeoutError } from './errors';
import type { Dispatch } from './session';

/** What `setTimeout` can wait. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Ends a device whose work takes longer than its kernels may. */
export class Watchdog {
  readonly #device: GPUDevice;
  /** All work submitted so far: a device does one piece after the other, and what waits is not late yet. */
  #submitted: Promise<unknown> = Promise.resolve();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /**
   * The outcome of work that was submitted at `startedMs`, or a rejection with `KernelTimeoutError` once it has run for
   * longer than the limits of its kernels together.
   */
  async watch<T>(dispatches: readonly Dispatch[], startedMs: number, work: Promise<T>): Promise<T> {
    const before = this.#submitted;
    this.#submitted = work.catch(() => {});
    const limited = dispatches.filter(({ kernel }) => Number.isFinite(kernel.timeLimitMs));
    if (limited.length === 0) return work;
    const limitMs = limited.reduce((sum, { kernel }) => sum + kernel.timeLimitMs!, 0);
    const overrun = (): KernelTimeoutError => new KernelTimeoutError(limited[0].kernel.label, limitMs);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let settled = false;
    const late = new Promise<never>((_, reject) => {
      void before.then(() => {
        if (settled) return;
        timer = setTimeout(
          () => {
            reject(overrun());
            this.#end();
          },
          Math.min(limitMs, LONGEST_TIMER_MS),
        );
      });
    });
    try {
      return await Promise.race([work, late]);
    } catch (error) {
      // Work on the calling thread lets no timer run; it breaks itself off, and the device is lost.
      if (performance.now() - startedMs > limitMs) throw overrun();
      throw error;
    } finally {
      settled = true;
      clearTimeout(timer);
    }
  }

  /** Dawn in this process would wait for the work before it destroys the device; there it is left to the driver. */
  #end(): void {
    if (!isNode() || isWasm({ info: this.#device.adapterInfo })) this.#device.destroy();
  }
}
