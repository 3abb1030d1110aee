import type { Kernel } from './kernel';
import { type DeviceMemory, OutOfMemory } from './memory';
import type { WorkerPool } from './worker-pool';

/** The longest that one dispatch is to hold up the calling thread. */
const LONGEST_INLINE_MS = 1;
/** After this long of dispatches on the calling thread in one go, the rest go to workers, so that a page stays responsive. */
const INLINE_TOTAL_MS = 4;
/** Waking workers and hearing from them is taken for no longer than this, whatever the first dispatches are. */
const LONGEST_ROUND_TRIP_MS = 0.5;
/** What workers did is taken for no less work than this, lest a large dispatch be taken for none after a small one. */
const LEAST_WORK_MS = 0.02;

/** A kernel with everything it needs to run once. */
export interface Job {
  readonly kernel: Kernel;
  readonly workgroups: readonly [x: number, y: number, z: number];
  /** Address and length in bytes of what is bound, in the order of the kernel's `bindings`. */
  readonly ranges: readonly { readonly address: number; readonly byteLength: number }[];
}

const workgroupsOf = ({ workgroups: [x, y, z] }: Pick<Job, 'workgroups'>): number => x * y * z;
const estimateMs = (job: Job): number =>
  (job.kernel.workgroupMs ?? Number.POSITIVE_INFINITY) * workgroupsOf(job);
const scratchOffset = ({ kernel }: Job): number => Math.ceil(kernel.paramsBytes / 16) * 16;
const arenaBytes = (job: Job): number => scratchOffset(job) + job.kernel.info.scratchBytes;

/** Memory of one thread: a parameter block, then the kernel's scratch. */
interface Arena {
  address: number;
  byteLength: number;
}

/** Runs dispatches, one at a time, on the calling thread or on workers. Where a dispatch runs never shows in its results. */
export class Executor {
  readonly #memory: DeviceMemory;
  readonly #pool: WorkerPool | undefined;
  readonly #arenas: Arena[] = [];
  #inlineMs = 0;
  /** The shortest that a dispatch on workers ever took, little more than waking them and hearing from them. */
  #roundTripMs = LONGEST_ROUND_TRIP_MS;

  constructor(memory: DeviceMemory, pool: WorkerPool | undefined) {
    this.#memory = memory;
    this.#pool = pool;
  }

  /** Starts counting anew how long dispatches hold up the calling thread. */
  startTurn(): void {
    this.#inlineMs = 0;
  }

  /** Whether all these jobs would run on the calling thread, one after the other, and have the memory that they need. */
  takesNow(jobs: readonly Job[]): boolean {
    let totalMs = this.#inlineMs;
    return jobs.every((job) => {
      if (this.#pool && !this.#isSmall(this.#pool, job, totalMs)) return false;
      totalMs += estimateMs(job);
      return this.#arena(0, arenaBytes(job)) !== undefined;
    });
  }

  /**
   * Runs a job.
   * @returns undefined when it is done already, else a promise of the moment when it is
   * @throws OutOfMemory, or rejects with it, when there is no memory for the kernel's scratch; nothing has run then
   */
  run(job: Job): Promise<void> | undefined {
    const workgroups = workgroupsOf(job);
    if (workgroups === 0) return undefined;
    if (this.#pool && !this.#isSmall(this.#pool, job, this.#inlineMs))
      return this.#runOnWorkers(this.#pool, job, workgroups);
    this.runHere(job);
    return undefined;
  }

  /** Runs a job on the calling thread, however long it takes. @throws OutOfMemory as `run` does */
  runHere(job: Job): void {
    const workgroups = workgroupsOf(job);
    if (workgroups === 0) return;
    const params = this.#prepare(0, job);
    const elapsedMs = job.kernel.run(this.#memory.wasm, params, 0, workgroups);
    job.kernel.workgroupMs = elapsedMs / workgroups;
    this.#inlineMs += elapsedMs;
  }

  async #runOnWorkers(pool: WorkerPool, job: Job, workgroups: number): Promise<void> {
    await pool.started;
    const threads = Math.min(pool.workers, workgroups);
    const params = Array.from({ length: threads }, (_, thread) => this.#prepare(thread, job));
    const startMs = performance.now();
    await pool.run(job.kernel, workgroups, params);
    const elapsedMs = performance.now() - startMs;
    this.#roundTripMs = Math.min(this.#roundTripMs, elapsedMs);
    // Counted as work, the round trip would keep even the smallest dispatch on workers for good.
    job.kernel.workgroupMs = Math.max((elapsedMs - this.#roundTripMs) * threads, LEAST_WORK_MS) / workgroups;
  }

  /**
   * Whether the job is expected to be done sooner here than a worker could answer, after dispatches that took so long. What
   * was never timed is not.
   */
  #isSmall(pool: WorkerPool, job: Job, inlineMs: number): boolean {
    const sparedShare = 1 - 1 / pool.workers;
    const worthSharingMs = Math.min(LONGEST_INLINE_MS, this.#roundTripMs / sparedShare);
    return estimateMs(job) < worthSharingMs && inlineMs < INLINE_TOTAL_MS;
  }

  /** Writes the parameter block of one thread and returns its address. */
  #prepare(thread: number, job: Job): number {
    const byteLength = arenaBytes(job);
    const arena = this.#arena(thread, byteLength);
    if (!arena) throw new OutOfMemory(`no memory for ${byteLength} bytes of kernel scratch`);
    const { address } = arena;
    const { words } = this.#memory;
    let at = address / 4;
    for (const count of job.workgroups) words[at++] = count;
    words[at++] = address + scratchOffset(job);
    for (const range of job.ranges) {
      words[at++] = range.address;
      words[at++] = range.byteLength;
    }
    return address;
  }

  /** Memory for a thread; undefined where there is none left. */
  #arena(thread: number, byteLength: number): Arena | undefined {
    const present = this.#arenas[thread];
    if (present && present.byteLength >= byteLength) return present;
    const address = this.#memory.allocate(byteLength);
    if (address === undefined) return undefined;
    if (present) this.#memory.release(present.address);
    this.#arenas[thread] = { address, byteLength };
    return this.#arenas[thread];
  }
}
