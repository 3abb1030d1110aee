import type { EpisodeBlock, Problem } from '../problem';
import type { Batch } from './column';
import type { Design, RowRange } from './design';
import { partsOf, type Shard, shardRange, usualPartRows, WHOLE } from './shard';
import type { PartWriter, ProblemIdentity, Sink, SweepHeader } from './sink';
import { type ColumnHints, tabulate } from './tabulate';

export interface SweepOptions {
  /** What the result says of the problem; a sweep is resumed and merged only with the same. */
  readonly identity?: ProblemIdentity;
  /** Replications behind each row, for a problem with noise. The first one of the test stream by default. */
  readonly episodes?: EpisodeBlock;
  readonly columns?: ColumnHints;
  /** The share of the design to evaluate; all of it by default. */
  readonly shard?: Shard;
  /** Rows of a part: what is lost at most when the process dies. */
  readonly partRows?: number;
  /** Rows evaluated in one call and held in memory. */
  readonly batchRows?: number;
  readonly signal?: AbortSignal;
  /** Hears of every batch once it is written. */
  readonly onProgress?: (progress: SweepProgress) => void;
}

export interface SweepProgress {
  /** Rows of this shard. */
  readonly rows: number;
  /** Of these, how many there were before this run. */
  readonly resumed: number;
  /** Of these, how many are written, those before included. */
  readonly done: number;
}

export interface SweepResult {
  readonly header: SweepHeader;
  readonly rows: number;
  readonly resumed: number;
  /** Rows of this run that have an objective or constraint that is not finite. They are kept as they are. */
  readonly notFinite: number;
}

const ONE_EPISODE: EpisodeBlock = { index: 0, first: 0, count: 1, purpose: 'test' };

/** A batch of 32 variables then takes 8 MiB of genes. */
const MOST_BATCH_ROWS = 65_536;

/** What a sweep of a problem is, before any row of it. */
export function describeSweep(problem: Problem, design: Design, options: SweepOptions = {}): SweepHeader {
  const { shard = WHOLE, episodes = ONE_EPISODE } = options;
  const { name, count, settings } = design;
  const range = shardRange(count, shard);
  return {
    problem: options.identity ?? { name: 'problem' },
    design: { name, count, settings },
    replications: episodes.count,
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
  const { onProgress } = options;
  const header = describeSweep(problem, design, options);
  const { rows } = header.range;
  const kept = new Set((await sink.open(header)).map(({ first }) => first));
  try {
    const parts = partsOf(header.range, header.partRows);
    const missing = parts.filter(({ first }) => !kept.has(first));
    const resumed = rows - missing.reduce((sum, part) => sum + part.rows, 0);
    let done = resumed;
    let notFinite = 0;
    let committing = Promise.resolve();
    let writer: PartWriter | undefined;
    try {
      for await (const { part, batch, bad } of ahead(evaluate(problem, design, missing, options))) {
        writer ??= await sink.begin(part);
        await writer.write(batch);
        done += batch.rows;
        notFinite += bad;
        onProgress?.({ rows, resumed, done });
        if (batch.first + batch.rows < part.first + part.rows) continue;
        // The disk is waited for while the next part is evaluated.
        await committing;
        committing = writer.commit();
        committing.catch(() => {});
        writer = undefined;
      }
    } catch (error) {
      await Promise.allSettled([writer?.abort(), committing]);
      throw error;
    }
    await committing;
    return { header, rows, resumed, notFinite };
  } finally {
    await sink.close();
  }
}

interface Evaluated {
  readonly part: RowRange;
  readonly batch: Batch;
  readonly bad: number;
}

async function* evaluate(
  problem: Problem,
  design: Design,
  parts: readonly RowRange[],
  { episodes = ONE_EPISODE, columns, batchRows = MOST_BATCH_ROWS, signal }: SweepOptions,
): AsyncGenerator<Evaluated> {
  const table = tabulate(problem, episodes, columns);
  for (const part of parts)
    for (const { first, rows } of partsOf(part, batchRows)) {
      const genes = await design.rows(first, rows, signal);
      const scores = await problem.evaluate(genes, episodes, signal);
      signal?.throwIfAborted();
      yield { part, batch: table.batch(first, genes, scores), bad: countNotFinite(rows, scores) };
    }
}

/** The same values, each under way while the one before it is used. */
async function* ahead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    let coming = source.next();
    for (;;) {
      const { value, done } = await coming;
      if (done) return;
      coming = source.next();
      // Whoever waits for it hears of its failure; until then it must not end the process.
      coming.catch(() => {});
      yield value;
    }
  } finally {
    await source.return(undefined);
  }
}

function countNotFinite(
  rows: number,
  { objectives, violations }: { objectives: Float64Array; violations: Float64Array },
): number {
  let count = 0;
  for (let row = 0; row < rows; row++)
    if (!finite(objectives, row, rows) || !finite(violations, row, rows)) count++;
  return count;
}

function finite(values: Float64Array, row: number, rows: number): boolean {
  const width = values.length / rows;
  for (let i = row * width; i < (row + 1) * width; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
