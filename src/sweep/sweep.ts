import type { Problem } from '../problem';
import type { Design } from './design';
import { type EvaluateOptions, evaluateRows, ONE_EPISODE } from './evaluate';
import { partsOf, type Shard, shardRange, usualPartRows, WHOLE } from './shard';
import type { PartWriter, ProblemIdentity, Sink, SweepHeader } from './sink';
import { replicationsOf, tabulate } from './tabulate';

/** Which rows of a design are evaluated, how often each, and in what parts they are kept. */
export interface SweepOptions extends EvaluateOptions {
  /** What the result calls the problem; a sweep is resumed and merged only with the same. */
  readonly identity?: Partial<Omit<ProblemIdentity, 'precision'>>;
  /** The share of the design to evaluate; all of it by default. */
  readonly shard?: Shard;
  /** Rows of a part: what is lost at most when the process dies. */
  readonly partRows?: number;
  /** Hears how far it is, once each slice is evaluated. */
  readonly onProgress?: (progress: SweepProgress) => void;
}

/** Rows of a shard. */
export interface SweepProgress {
  readonly rows: number;
  /** Of these, how many there were before this run. */
  readonly resumed: number;
  /** Of these, how many are evaluated, those before included. */
  readonly done: number;
}

/** What a sweep came to. */
export interface SweepResult {
  readonly header: SweepHeader;
  readonly rows: number;
  /** Of these, how many there were before this run. */
  readonly resumed: number;
  /** Rows of this run with an objective or constraint that is NaN or infinite. They are kept as they are. */
  readonly notFinite: number;
}

/** What a sweep of a problem is, before any row of it. Throws RangeError for a shard that cannot be. */
export function describeSweep(problem: Problem, design: Design, options: SweepOptions = {}): SweepHeader {
  const { shard = WHOLE, episodes = ONE_EPISODE, identity } = options;
  const { name, count, settings } = design;
  const range = shardRange(count, shard);
  return {
    problem: { name: problem.name ?? 'problem', precision: problem.precision ?? 'exact', ...identity },
    design: { name, count, settings },
    replications: replicationsOf(problem, episodes),
    columns: tabulate(problem, episodes, options.columns).columns,
    variables: problem.space.variables,
    partRows: options.partRows ?? usualPartRows(range.rows),
    shard,
    range,
  };
}

/**
 * Evaluates the rows of a design and writes them to a sink, part by part. Parts that the sink holds already are left as
 * they are. One batch is evaluated while the one before it is written.
 */
export async function sweep(
  problem: Problem,
  design: Design,
  sink: Sink,
  options: SweepOptions = {},
): Promise<SweepResult> {
  const header = describeSweep(problem, design, options);
  const { rows } = header.range;
  try {
    const kept = new Set((await sink.open(header)).map(({ first }) => first));
    const missing = partsOf(header.range, header.partRows).filter(({ first }) => !kept.has(first));
    const resumed = rows - missing.reduce((sum, part) => sum + part.rows, 0);
    let done = resumed;
    let notFinite = 0;
    let committing = Promise.resolve();
    let writer: PartWriter | undefined;
    const onSlice = (slice: number) => {
      done += slice;
      options.onProgress?.({ rows, resumed, done });
    };
    try {
      for await (const { part, batch, bad } of evaluateRows(problem, design, missing, options, onSlice)) {
        writer ??= await sink.begin(part);
        await writer.write(batch);
        notFinite += bad;
        if (batch.first + batch.rows < part.first + part.rows) continue;
        // The disk is waited for while the next part is evaluated.
        await committing;
        committing = writer.commit();
        committing.catch(() => {});
        writer = undefined;
      }
      await committing;
    } catch (error) {
      await Promise.allSettled([writer?.abort(), committing]);
      throw error;
    }
    return { header, rows, resumed, notFinite };
  } finally {
    await sink.close();
  }
}
