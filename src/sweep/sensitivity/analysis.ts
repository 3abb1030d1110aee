import { deriveKey, seedKey, threefry2x32 } from '../../math';
import type { Variable } from '../../space';
import type { Batch, Column } from '../column';
import { binVariable, type Value } from './binning';
import { type MainEffect, MainEffectAccumulator } from './main-effects';
import { ParetoArchive } from './pareto-archive';
import { SaltelliGroups } from './saltelli-groups';
import { Smallest } from './smallest';
import { SobolAccumulator, type SobolEstimate } from './sobol-indices';

/** A result as it is read: what its columns are, and its rows in ascending order. */
export interface Table {
  readonly columns: readonly Column[];
  /** The problem's variables, in the order of the columns with that role. */
  readonly variables: readonly Variable[];
  /** The design's name: a 'saltelli' design has Sobol' indices. */
  readonly design: string;
  readonly batches: AsyncIterable<Batch>;
}

export interface AnalysisOptions {
  /** Best rows of each objective; 10 by default. */
  readonly best?: number;
  /** Draws bootstrap and sample; 1 by default. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

/** One row, its values in the order of the columns. */
export interface Row {
  readonly row: number;
  readonly values: readonly Value[];
}

/** What a sweep says, as plain data. */
export interface Analysis {
  readonly columns: readonly Column[];
  readonly variables: readonly Variable[];
  readonly rows: number;
  /** Of these, with all constraints satisfied and every objective and constraint a number. */
  readonly feasible: number;
  /** The columns that are minimised, and those that are only reported. */
  readonly outputs: readonly OutputAnalysis[];
  /** Feasible rows that no other feasible row betters, by row; none where there is a single objective. */
  readonly pareto: { readonly rows: readonly Row[]; readonly thinned: boolean } | undefined;
  /** Feasible rows drawn evenly, by row: what is drawn of results too large to draw. */
  readonly sample: readonly Row[];
}

export interface OutputAnalysis {
  readonly column: Column;
  /** Feasible rows with its least values, least first; none for a column that is not minimised. */
  readonly best: readonly Row[];
  /** In the order of the variables. */
  readonly effects: readonly MainEffect[];
  /** Where the design is Saltelli's. */
  readonly sobol: SobolEstimate | undefined;
}

/** A front longer than this is thinned out. */
const MOST_PARETO_ROWS = 20_000;
const SAMPLE_ROWS = 400;
/** Words that keep these draws apart from all others of the seed. */
const SAMPLE_STREAM = 0x5a3b1e;

/** Reads a result once, in memory that does not grow with its rows. */
export async function analyze(table: Table, options: AnalysisOptions = {}): Promise<Analysis> {
  const { best = 10, seed = 1, signal } = options;
  const indices = (role: Column['role']) =>
    table.columns.flatMap((column, i) => (column.role === role ? [i] : []));
  const objectives = indices('objective');
  const judged = [...objectives, ...indices('constraint')];
  const constraints = indices('constraint');
  const outputs = [...objectives, ...indices('other')].map(
    (column) => new Output(table, column, indices('variable'), best),
  );
  const archive = new ParetoArchive<Row>(objectives.length, MOST_PARETO_ROWS);
  const sample = new Smallest<Row>(SAMPLE_ROWS);
  const sampleKey = deriveKey(seedKey(seed), SAMPLE_STREAM);
  const point = new Float64Array(objectives.length);
  let rows = 0;
  let feasible = 0;

  for await (const { first, rows: count, data } of table.batches) {
    signal?.throwIfAborted();
    rows += count;
    for (let i = 0; i < count; i++) {
      const row = first + i;
      for (const output of outputs) output.add(row, data, i);
      const holds =
        judged.every((column) => Number.isFinite(data[column][i])) &&
        constraints.every((column) => (data[column][i] as number) <= 0);
      if (!holds) continue;
      feasible++;
      const whole = (): Row => ({ row, values: data.map((column) => column[i]) });
      objectives.forEach((column, k) => {
        point[k] = data[column][i] as number;
        outputs[k].offerBest(point[k], row, whole);
      });
      if (objectives.length > 1) archive.offer(point, whole);
      sample.offer(threefry2x32(sampleKey, [row, 0])[0], row, whole);
    }
  }
  const byRow = (a: Row, b: Row) => a.row - b.row;
  return {
    columns: table.columns,
    variables: table.variables,
    rows,
    feasible,
    outputs: outputs.map((output) => output.conclude(seed)),
    pareto:
      objectives.length > 1 ? { rows: archive.members.toSorted(byRow), thinned: archive.thinned } : undefined,
    sample: sample.items.sort(byRow),
  };
}

/** What is gathered for one output column. */
class Output {
  readonly #column: Column;
  readonly #index: number;
  readonly #variables: readonly number[];
  readonly #best: Smallest<Row>;
  readonly #effects: readonly MainEffectAccumulator[];
  readonly #sobol: { groups: SaltelliGroups; accumulator: SobolAccumulator } | undefined;

  constructor(table: Table, index: number, variables: readonly number[], best: number) {
    this.#column = table.columns[index];
    this.#index = index;
    this.#variables = variables;
    this.#best = new Smallest(best);
    this.#effects = table.variables.map((variable) => new MainEffectAccumulator(binVariable(variable)));
    if (table.design === 'saltelli') {
      const accumulator = new SobolAccumulator(variables.length);
      const groups = new SaltelliGroups(variables.length, (values) => accumulator.add(values));
      this.#sobol = { groups, accumulator };
    }
  }

  add(row: number, data: Batch['data'], i: number): void {
    const value = data[this.#index][i] as number;
    this.#sobol?.groups.add(row, value);
    // Rows between A and B repeat their values: means over them too would look more certain than they are.
    if (this.#sobol?.groups.isMixed(row)) return;
    for (let k = 0; k < this.#effects.length; k++) this.#effects[k].add(data[this.#variables[k]][i], value);
  }

  offerBest(value: number, row: number, whole: () => Row): void {
    this.#best.offer(value, row, whole);
  }

  conclude(seed: number): OutputAnalysis {
    return {
      column: this.#column,
      best: this.#best.items,
      effects: this.#effects.map((effect) => effect.estimate()),
      sobol: this.#sobol?.accumulator.estimate(seed),
    };
  }
}
