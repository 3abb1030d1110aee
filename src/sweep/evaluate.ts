import { checkScores, type EpisodeBlock, joinScores, type Problem, type Scores } from '../problem';
import type { Batch } from './column';
import type { Design, RowRange } from './design';
import { partsOf } from './shard';
import { type ColumnHints, tabulate } from './tabulate';

export interface EvaluateOptions {
  /** Replications behind each row, for a problem with noise: the first one of the test stream by default. */
  readonly episodes?: EpisodeBlock;
  readonly columns?: ColumnHints;
  /** Rows held in memory and written at once. */
  readonly batchRows?: number;
  /** Rows evaluated in one call; the batch by default. Fewer give news more often where evaluation is slow. */
  readonly sliceRows?: number;
  readonly signal?: AbortSignal;
}

export const ONE_EPISODE: EpisodeBlock = { index: 0, first: 0, count: 1, purpose: 'test' };

/** A batch of 32 variables then takes 8 MiB of genes. */
const MOST_BATCH_ROWS = 65_536;

/** A batch, and how many of its rows have an objective or constraint that is not finite. */
export interface Evaluated {
  readonly part: RowRange;
  readonly batch: Batch;
  readonly bad: number;
}

/**
 * Evaluates the rows of parts, in their order, as batches that do not reach over the end of a part. Each is under way while
 * the one before it is used.
 * @param onSlice hears how many rows an evaluation had, once it is done
 */
export function evaluateRows(
  problem: Problem,
  design: Design,
  parts: readonly RowRange[],
  options: EvaluateOptions,
  onSlice: (rows: number) => void,
): AsyncGenerator<Evaluated> {
  return ahead(batches(problem, design, parts, options, onSlice));
}

async function* batches(
  problem: Problem,
  design: Design,
  parts: readonly RowRange[],
  options: EvaluateOptions,
  onSlice: (rows: number) => void,
): AsyncGenerator<Evaluated> {
  const { episodes = ONE_EPISODE, columns, batchRows = MOST_BATCH_ROWS, signal } = options;
  const { sliceRows = batchRows } = options;
  const table = tabulate(problem, episodes, columns);
  const width = problem.space.variables.length;
  const reported = new Set(columns?.reported);
  const widths = { objectives: problem.objectives.length, constraints: problem.constraints.length };
  const judged = problem.objectives.map((name) => !reported.has(name));
  for (const part of parts)
    for (const { first, rows } of partsOf(part, batchRows)) {
      const genes = await design.rows(first, rows, signal);
      const scores: Scores[] = [];
      for (const slice of partsOf({ first: 0, rows }, sliceRows)) {
        const some = genes.subarray(slice.first * width, (slice.first + slice.rows) * width);
        const scored = await problem.evaluate(some, episodes, signal);
        checkScores(scored, slice.rows, widths);
        scores.push(scored);
        signal?.throwIfAborted();
        onSlice(slice.rows);
      }
      const all = joinScores(scores);
      yield { part, batch: table.batch(first, genes, all), bad: countNotFinite(rows, all, judged) };
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

/** Rows with a violation, or an objective that is judged, that is NaN or infinite. */
function countNotFinite(
  rows: number,
  { objectives, violations }: Scores,
  judged: readonly boolean[],
): number {
  const held = violations.length / rows;
  let count = 0;
  for (let row = 0; row < rows; row++) {
    let finite = true;
    for (let i = 0; i < judged.length; i++)
      if (judged[i] && !Number.isFinite(objectives[row * judged.length + i])) finite = false;
    for (let i = 0; i < held; i++) if (!Number.isFinite(violations[row * held + i])) finite = false;
    if (!finite) count++;
  }
  return count;
}
