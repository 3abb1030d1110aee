import { type Engine, runSlices } from '../../gpu';
import { deriveKey, type Words } from '../../math';
import type { ModelTables } from '../model';
import type { ResolvedPolicy } from '../policy';
import { policyRow, REPORT } from './layout';
import type { Program } from './program';
import type { Episode } from './records';

/** A policy that meets an episode. */
export interface EpisodeRun {
  readonly policy: ResolvedPolicy;
  readonly episode: Episode;
}

/** Runs that are in memory together. */
export interface Batch {
  readonly program: Program;
  readonly tables: ModelTables;
  readonly seed: Words;
  readonly runs: readonly EpisodeRun[];
  readonly maxBound?: number;
  /** Bytes of the event log, for a program that writes one. */
  readonly logBytes?: number;
}

export interface BatchResult {
  /** `REPORT.words` words a run. */
  readonly reports: Uint32Array;
  /** The event log: a count of entries, then the entries. */
  readonly log: Uint32Array | undefined;
}

/** Status word of an episode that has ended. */
const FINISHED = 2;
const NONE = 0xffffffff;
const GPU_WORKGROUP = 32;
/**
 * Events of all episodes together in the first slice of a batch, some milliseconds of work, from which slices double until
 * they take as long as they should. What the last batch came to is no guide: its last slices had few episodes left, and ours
 * may be heavier.
 */
const FIRST_SLICE_EVENTS = { webgpu: 65_536, wasm: 524_288 };

/**
 * The policies of a batch one after the other, each in a row as long as the kernel takes it to be, and where each run finds
 * its own; runs of one policy follow each other.
 */
export function packPolicies(runs: readonly EpisodeRun[]): { words: Uint32Array; at: number[] } {
  const rows: Uint32Array[] = [];
  const at: number[] = [];
  runs.forEach(({ policy }, i) => {
    if (i === 0 || policy !== runs[i - 1].policy) rows.push(policy.words);
    at.push((rows.length - 1) * policyRow(policy.words.length));
  });
  const length = policyRow(rows[0].length);
  const words = new Uint32Array(rows.length * length);
  rows.forEach((row, i) => words.set(row, i * length));
  return { words, at };
}

/** Four words a run: where its policy is, its random key (of the replication alone), where its fault is. */
export function packEpisodes(
  { runs, tables, seed }: Pick<Batch, 'runs' | 'tables' | 'seed'>,
  policyAt: readonly number[],
): Uint32Array {
  return Uint32Array.from(
    runs.flatMap(({ episode: { fault, replication } }, i) => [
      policyAt[i],
      ...deriveKey(seed, replication),
      fault < 0 ? NONE : tables.faultAt[fault],
    ]),
  );
}

export interface BatchOptions {
  readonly signal?: AbortSignal;
  /** Called after each slice with the number of runs that have ended. */
  readonly onProgress?: (ended: number) => void;
}

/** Simulates a batch, slice by slice, until every episode has ended. */
export async function runBatch(
  engine: Engine,
  batch: Batch,
  { signal, onProgress }: BatchOptions = {},
): Promise<BatchResult> {
  const { program, logBytes } = batch;
  const { INTERLEAVE: interleave } = program.constants;
  const count = batch.runs.length;
  const workgroup = engine.kind === 'webgpu' ? GPU_WORKGROUP : 1;
  const kernel = await engine.kernel({
    label: 'simulator',
    code: program.code,
    entryPoint: program.entryPoint,
    constants: { WORKGROUP: workgroup },
  });
  const upload = (label: string, data: Uint32Array) => {
    const buffer = engine.scratch(`simulator ${label}`, data.byteLength);
    engine.write(buffer, data);
    return buffer;
  };
  const policies = packPolicies(batch.runs);
  const states = Math.ceil(count / interleave) * interleave;
  const slice = upload('slice', Uint32Array.of(1, count));
  const status = upload('status', new Uint32Array(count));
  const reports = engine.scratch('simulator reports', count * REPORT.words * 4);
  const buffers = [
    engine.resident('simulator scenario', batch.tables.words),
    upload('policies', policies.words),
    upload('episodes', packEpisodes(batch, policies.at)),
    slice,
    engine.scratch('simulator state', states * program.constants.STATE_WORDS * 4),
    reports,
    status,
  ];
  const reads = [{ buffer: reports, byteLength: count * REPORT.words * 4 }];
  if (logBytes) {
    const log = engine.scratch('simulator log', logBytes);
    engine.write(log, Uint32Array.of(0));
    buffers.push(log);
    reads.push({ buffer: log, byteLength: logBytes });
  }
  await runSlices(
    engine,
    {
      bound: { buffer: slice, byteOffset: 0 },
      initialBound: Math.ceil(FIRST_SLICE_EVENTS[engine.kind] / count),
      maxBound: batch.maxBound,
      dispatches: () => [{ kernel, buffers, workgroups: [Math.ceil(count / workgroup)] }],
      status: { buffer: status, byteLength: 4 * count },
      done: (words) => {
        const ended = words.reduce((sum, word) => sum + (word === FINISHED ? 1 : 0), 0);
        onProgress?.(ended);
        return ended === count;
      },
    },
    { signal },
  );
  const [words, log] = await engine.submit([], reads, { signal });
  return { reports: words, log };
}
