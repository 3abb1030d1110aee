import { isNode } from './dawn';
import type { Engine } from './engine';
import type { Dispatch } from './session';
import type { Read } from './staging';

/**
 * Work cut into slices: a dispatch that advances by at most `bound` steps and leaves its state in buffers.
 */
export interface SlicedWork {
  /** The word that kernels read the bound from; the host writes it before each slice. Offset in bytes. */
  readonly bound: { readonly buffer: GPUBuffer; readonly byteOffset: number };
  readonly initialBound: number;
  readonly maxBound?: number;
  /**
   * The dispatches of the next slice, given the status that the last one left (undefined before the first).
   */
  dispatches(status: Uint32Array | undefined): readonly Dispatch[];
  readonly status: Read;
  /** Whether the status says that nothing is left to do. */
  done(status: Uint32Array): boolean;
  /** Brought back with the status of every slice. */
  readonly reads?: readonly Read[];
}

export interface SliceOptions {
  /** The wall time that a slice should take. */
  readonly targetMs?: number;
  readonly signal?: AbortSignal;
  /** The clock, in milliseconds; it moves the bound and nothing else. */
  readonly now?: () => number;
}

/** What the slices came to: `bound` is a good initial bound for the next run of the same work. */
export interface SliceOutcome {
  readonly slices: number;
  readonly bound: number;
  readonly reads: Uint32Array[];
}

/**
 * The wall time of a slice: a page must not hold the GPU that draws it, nor a program for long that of the desktop. Threads of
 * our own hold nobody up, but whoever interrupts waits for them.
 */
const TARGET_MS = { webgpu: { page: 10, node: 50 }, wasm: { page: 50, node: 200 } };

/**
 * Repeats a bounded dispatch until its status says done, moving the bound so that a slice lands near the
 * target: no dispatch may hold a GPU for seconds, and none so short that the round trip rules. The bound only
 * decides where the work pauses, never what it computes.
 */
export async function runSlices(
  engine: Engine,
  work: SlicedWork,
  {
    targetMs = TARGET_MS[engine.kind][isNode() ? 'node' : 'page'],
    signal,
    now = () => performance.now(),
  }: SliceOptions = {},
): Promise<SliceOutcome> {
  const { maxBound = 0x7fffffff } = work;
  let bound = Math.max(1, Math.min(work.initialBound, maxBound));
  let status: Uint32Array | undefined;
  for (let slices = 1; ; slices++) {
    engine.write(work.bound.buffer, Uint32Array.of(bound), work.bound.byteOffset);
    const started = now();
    const [next, ...reads] = await engine.submit(
      work.dispatches(status),
      [work.status, ...(work.reads ?? [])],
      {
        signal,
      },
    );
    // At most doubled, at least halved: one slow slice, a compilation say, must not upset the next ones.
    const factor = Math.min(2, Math.max(0.5, targetMs / Math.max(now() - started, 0.01)));
    status = next;
    if (work.done(status)) return { slices, bound, reads };
    bound = Math.max(1, Math.min(Math.round(bound * factor), maxBound));
  }
}
