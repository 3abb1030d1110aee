import type { Dispatch, Engine, Kernel, KernelSpec } from '../gpu';
import { episodeSeed } from './episodes';
import { momentsOf, type Widths } from './moments';
import { joinScores } from './scores';
import type { DeviceEvaluation, DeviceEvaluator, EpisodeBlock, Scores } from './types';

/** The most workgroups in x: the limit that every device has. */
const MAX_WORKGROUPS = 65535;
/** Rows in a workgroup: worker threads share fewer more evenly. */
const WORKGROUP = { webgpu: 64, wasm: 16 } as const;
/** Words before the seeds in `struct EpisodeBlock`. */
const HEADER_WORDS = 4;
/** Rows that the first slice scores; how long they take decides about the next. */
const FIRST_SLICE = 16384;
/** What a slice may grow to: the slowest call after a row of quick ones stays bearable. */
const MOST_SLICE = 2 ** 20;
/** The wall time that a slice should take: nothing may hold a GPU for long, and an abort is heard between slices. */
const SLICE_MS = 50;

/** What an evaluator runs. */
export interface Program {
  readonly spec: KernelSpec;
  /** What decoding reads. */
  readonly tables: Uint32Array;
  readonly widths: Widths;
  readonly variables: number;
  /** As words. */
  readonly data: Uint32Array | undefined;
  readonly noisy: boolean;
  readonly seed: number;
  /** Added to the objectives, in their order. */
  readonly offsets: readonly number[];
}

let evaluators = 0;

/** Runs a fitness kernel on candidates from the host, or where they are. */
export class ShaderEvaluator implements DeviceEvaluator {
  readonly engine: Engine;
  readonly #program: Program;
  /** Keeps the pooled buffers of problems apart. */
  readonly #id = ++evaluators;
  /** Kept, so that the engine knows them again at once. */
  readonly #specs: Readonly<Record<Engine['kind'], KernelSpec>>;
  #sliceRows = FIRST_SLICE;

  constructor(engine: Engine, program: Program) {
    const { spec } = program;
    const specFor = (kind: Engine['kind']): KernelSpec => ({
      ...spec,
      constants: { ...spec.constants, score_workgroup: WORKGROUP[kind] },
    });
    this.engine = engine;
    this.#program = program;
    this.#specs = { wasm: specFor('wasm'), webgpu: specFor('webgpu') };
  }

  kernel(): Promise<Kernel> {
    return this.engine.kernel(this.#specs[this.engine.kind]);
  }

  byteLength(count: number, episodes: EpisodeBlock): number {
    const { widths, noisy } = this.#program;
    return count * (noisy ? episodes.count : 1) * (widths.objectives + widths.constraints) * 4;
  }

  async prepare(genes: GPUBuffer, count: number, episodes: EpisodeBlock): Promise<DeviceEvaluation> {
    return this.#plan(await this.kernel(), genes, count, episodes);
  }

  #plan(kernel: Kernel, genes: GPUBuffer, count: number, episodes: EpisodeBlock): DeviceEvaluation {
    const { engine } = this;
    const { tables, widths, data, noisy, offsets } = this.#program;
    const replications = noisy ? episodes.count : 1;
    const rows = count * replications;
    const byteLength = this.byteLength(count, episodes);
    const scores = engine.scratch(`scores ${this.#id}`, byteLength);
    const block = this.#episodeWords(count, replications, episodes);
    const blockBuffer = engine.scratch(`episodes ${this.#id}`, block.byteLength);
    engine.write(blockBuffer, block);
    const buffers = [genes, blockBuffer, engine.resident('decode tables', tables), scores];
    if (data) buffers.push(engine.resident('problem data', data));
    const dispatch: Dispatch = {
      kernel,
      buffers,
      workgroups: workgroupGrid(Math.ceil(rows / WORKGROUP[engine.kind])),
    };
    return {
      dispatches: [dispatch],
      reads: [{ buffer: scores, byteLength }],
      scores: ([words]) =>
        momentsOf(
          new Float32Array(words.buffer, words.byteOffset, words.length),
          replications,
          widths,
          offsets,
        ),
    };
  }

  async evaluate(genes: Uint32Array, episodes: EpisodeBlock, signal?: AbortSignal): Promise<Scores> {
    const { variables, noisy } = this.#program;
    const replications = noisy ? episodes.count : 1;
    const parts: Scores[] = [];
    for (let done = 0; done < genes.length; ) {
      const candidates = Math.max(1, Math.floor(Math.min(this.#sliceRows, this.#mostRows) / replications));
      const slice = genes.subarray(done, done + candidates * variables);
      parts.push(await this.#evaluateSlice(slice, episodes, signal));
      done += slice.length;
    }
    return joinScores(parts);
  }

  /** Rows that fit into the buffers that this device allows. */
  get #mostRows(): number {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.engine.limits;
    const { widths, variables } = this.#program;
    const bytesPerRow = 4 * Math.max(variables, widths.objectives + widths.constraints);
    return Math.floor(Math.min(maxBufferSize, maxStorageBufferBindingSize) / bytesPerRow);
  }

  #evaluateSlice(genes: Uint32Array, episodes: EpisodeBlock, signal?: AbortSignal): Promise<Scores> {
    const { engine } = this;
    const { variables, noisy } = this.#program;
    const count = genes.length / variables;
    const rows = noisy ? count * episodes.count : count;
    return engine.replay(async () => {
      const kernel = await this.kernel();
      // Nothing is awaited between writing and submitting: evaluations that overlap share these buffers.
      const buffer = engine.scratch(`genes ${this.#id}`, genes.byteLength);
      engine.write(buffer, genes);
      const { dispatches, reads, scores } = this.#plan(kernel, buffer, count, episodes);
      const startedMs = performance.now();
      const results = await engine.submit(dispatches, reads, { signal });
      this.#adapt(rows, performance.now() - startedMs);
      return scores(results);
    });
  }

  /** At most doubled, at least halved: one slow slice, a compilation say, must not upset the next ones. */
  #adapt(rows: number, elapsedMs: number): void {
    const factor = Math.min(2, Math.max(0.5, SLICE_MS / Math.max(elapsedMs, 0.01)));
    // A slice that was not full tells nothing about larger ones.
    if (factor > 1 && rows < this.#sliceRows) return;
    this.#sliceRows = Math.min(Math.max(1, Math.round(this.#sliceRows * factor)), MOST_SLICE);
  }

  /** The header and seeds of a block, as the kernel's `EpisodeBlock`. */
  #episodeWords(count: number, replications: number, { index, first, purpose }: EpisodeBlock): Uint32Array {
    const words = new Uint32Array(HEADER_WORDS + 2 * replications);
    words.set([count, replications, index, first]);
    for (let i = 0; i < replications; i++) {
      words.set(episodeSeed(this.#program.seed, purpose, first + i), HEADER_WORDS + 2 * i);
    }
    return words;
  }
}

/** As a row where that is enough, else as rows of full length: the kernel ignores what is too much. */
function workgroupGrid(workgroups: number): readonly [number, number] {
  const y = Math.ceil(workgroups / MAX_WORKGROUPS);
  return [Math.ceil(workgroups / y), y];
}
