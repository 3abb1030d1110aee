import type { EpisodeBlock, Problem, Scores } from '../problem';
import type { Batch, Column, ColumnData, ColumnRole, ColumnType } from './column';
import { readVariables, variableReader } from './variable-columns';

/** What is known of a problem's names beyond their values. */
export interface ColumnHints {
  /** Unit of a variable's, objective's or constraint's numbers, by name. */
  readonly units?: Readonly<Record<string, string>>;
  /** Objectives that are only reported. */
  readonly reported?: readonly string[];
}

/** Turns genes and scores into the columns of a result. */
export interface Tabulator {
  readonly columns: readonly Column[];
  /** `genes` [row][variable], and what they scored. */
  batch(first: number, genes: Uint32Array, scores: Scores): Batch;
}

/** Replications behind each row: one where they would not differ. */
export function replicationsOf({ noisy = true }: Problem, { count }: EpisodeBlock): number {
  return noisy ? count : 1;
}

/**
 * The columns of a problem: row, variables, objectives, their variances where there is more than one replication and
 * replications may differ, and constraints. Variables are in their own units, never genes; a category is its value.
 */
export function tabulate(problem: Problem, episodes: EpisodeBlock, hints: ColumnHints = {}): Tabulator {
  const { space, objectives, constraints } = problem;
  const width = space.variables.length;
  const names = new Names();
  const unitOf = (name: string): string | undefined => hints.units?.[name];
  const column = (name: string, type: ColumnType, role: ColumnRole, unit = unitOf(name)): Column => {
    return { name: names.claim(name), ...(unit === undefined ? {} : { unit }), type, role };
  };
  const readers = space.variables.map(variableReader);
  const noisy = replicationsOf(problem, episodes) > 1;
  const reported = new Set(hints.reported);
  const varianceOf = (name: string): Column => {
    const unit = unitOf(name);
    return column(`${name}_variance`, 'double', 'variance', unit && `(${unit})^2`);
  };
  // Variables, objectives and constraints keep their names; what is ours gives way.
  const variables = space.variables.map(({ name }, i) => column(name, readers[i].type, 'variable'));
  const scored = objectives.map((name) => column(name, 'double', reported.has(name) ? 'other' : 'objective'));
  const held = constraints.map((name) => column(name, 'double', 'constraint'));
  const spread = noisy ? objectives.map((name) => varianceOf(name)) : [];
  const index = column('row', 'uint32', 'index');
  return {
    columns: [index, ...variables, ...scored, ...spread, ...held],
    batch(first, genes, scores) {
      const rows = genes.length / width;
      const data: ColumnData[] = [
        numbered(first, rows),
        ...readVariables(readers, genes, rows),
        ...objectives.map((_, i) => every(scores.objectives, i, objectives.length, rows)),
        ...spread.map((_, i) => every(scores.variance, i, objectives.length, rows)),
        ...constraints.map((_, i) => every(scores.violations, i, constraints.length, rows)),
      ];
      return { first, rows, data };
    },
  };
}

/** Names that are all different: one that is taken gets a number. */
class Names {
  readonly #taken = new Set<string>();

  claim(name: string): string {
    let free = name;
    for (let n = 2; this.#taken.has(free); n++) free = `${name}_${n}`;
    this.#taken.add(free);
    return free;
  }
}

function numbered(first: number, rows: number): Uint32Array {
  const column = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) column[i] = first + i;
  return column;
}

function every(values: Float64Array, offset: number, stride: number, rows: number): Float64Array {
  const column = new Float64Array(rows);
  for (let i = 0; i < rows; i++) column[i] = values[i * stride + offset];
  return column;
}
