import { join } from 'node:path';
import { writeAtomic } from '../../files';
import { renderSweepReport, type SweepReport } from '../../report';
import { type Analysis, analyze as analyzeTable, type Batch, type Row } from '../../sweep';
import { type Result, readResult } from '../../sweep/node';
import { UserError } from '../../text';
import { indicesTable, rowsTable } from '../analysis-tables';
import { defineCommand } from '../command';
import { integer, OUTPUT_FLAGS, word } from '../options';
import { SILENT, startProgress } from '../progress';
import { queryResult } from '../sql';
import { layTable } from '../table';
import type { Terminal } from '../terminal';

/** Narrower tables than this say little. */
const LEAST_COLUMNS = 100;
/** Pareto rows printed; the page lists more. */
const PARETO_PRINTED = 10;

export const analyze = defineCommand({
  name: 'analyze',
  summary: 'Ask the result of a sweep: best and Pareto rows, what matters, effects, SQL',
  about: `RESULT is the folder of a sweep, or of its shards. Objectives are minimised, among rows that satisfy every constraint. A
saltelli design gives Sobol' indices with intervals: what each variable explains alone, and with its interactions. Other
designs give the share that each explains alone. The rows are read once, in bounded memory; charts go to a page of their own.
With --sql the rows are the table 'result', and the answer is printed instead (DuckDB must be installed).`,
  positionals: [{ name: 'RESULT', help: 'folder that was given to sweep --out', required: true }],
  flags: {
    best: integer('best rows of each objective', 1, 1000, 10),
    seed: integer('draws the intervals', 0, 0xffff_ffff, 1),
    html: word('where the page goes (analysis.html in RESULT)', 'FILE'),
    sql: word('a query to answer instead', 'QUERY'),
    ...OUTPUT_FLAGS,
  },
  examples: [
    'tardigrade sweep shop.yaml --design saltelli --rows 20000 --out out/shop && tardigrade analyze out/shop',
    'tardigrade analyze out/shop --best 3 --json',
    'tardigrade analyze out/shop --sql "select replicas, avg(downtime) from result group by 1 order by 1"',
  ],

  async run({ positionals: [folder], flags, terminal, signal }) {
    if (flags.sql && flags.html !== undefined)
      throw new UserError('--sql prints its answer and writes no page', 'leave out --html, or --sql');
    const result = await readResult(folder);
    if (flags.sql) {
      const { columns, rows } = await queryResult(folder, result.manifest, flags.sql);
      if (flags.json)
        return terminal.printJson(
          rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]]))),
        );
      const lines = [columns, ...rows.map((row) => row.map((value) => String(value ?? '')))];
      return terminal.print(layTable(lines.map((line) => line.map((text) => ({ lines: [text] })))));
    }
    const progress = flags.quiet ? SILENT : startProgress(terminal);
    const { manifest } = result;
    const analysis = await analyzeTable(
      {
        columns: result.columns,
        variables: manifest.variables,
        design: manifest.design.name,
        batches: watched(result, (done) =>
          progress.update(() => `${count(done)} of ${count(result.rows)} rows`),
        ),
      },
      { best: flags.best, seed: flags.seed, signal },
    );
    const report = reportOf(result, analysis);
    const page = flags.html ?? join(folder, 'analysis.html');
    await writeAtomic(page, renderSweepReport(report));
    progress.end();
    if (flags.json) terminal.printJson(writeReport(report));
    else {
      printReport(report, terminal);
      terminal.print(`\nWrote ${page}`);
    }
  },
});

async function* watched(result: Result, onRows: (done: number) => void): AsyncGenerator<Batch> {
  let done = 0;
  for await (const batch of result.batches()) {
    yield batch;
    done += batch.rows;
    onRows(done);
  }
}

function reportOf({ manifest, complete }: Result, analysis: Analysis): SweepReport {
  const { problem, design, replications } = manifest;
  const { seed } = design.settings;
  return {
    problem: problem.name,
    design: { name: design.name, rows: design.count, seed: typeof seed === 'number' ? seed : undefined },
    replications,
    complete,
    analysis,
  };
}

function printReport(
  { design, complete, analysis }: SweepReport,
  { print, colors, columns }: Terminal,
): void {
  const { bold, dim, yellow } = colors;
  const width = Math.max(columns, LEAST_COLUMNS);
  const { rows, feasible, outputs, pareto } = analysis;
  print(
    `${count(rows)} rows of the ${design.name} design; ${feasible === rows ? 'all' : count(feasible)} feasible.`,
  );
  if (!complete) print(yellow(`The sweep is not complete: it has ${count(design.rows)} rows.`));
  const objectives = outputs.filter(({ column }) => column.role === 'objective');
  for (const output of objectives) {
    print(`\n${bold(output.column.name)}\n${indicesTable(analysis, output, colors)}`);
    if (output.best.length > 0) print(`\n${rowsTable(analysis, output.best, width, colors)}`);
  }
  if (outputs.some(({ sobol }) => sobol))
    print(dim("\nSobol' indices, each above its 95 % bootstrap interval; below them the best rows."));
  else
    print(
      dim(
        '\nShares of variance between the bins of a variable (epsilon squared), beside what a variable without effect stays below 99 times\nof 100; below them the best rows.',
      ),
    );
  if (objectives.length < outputs.length)
    print(dim(`The page has ${outputs.length - objectives.length} more measures.`));
  if (!pareto || pareto.rows.length === 0) return;
  const first = pareto.rows.slice(0, PARETO_PRINTED);
  print(`\n${bold(`${count(pareto.rows.length)} Pareto rows`)}${pareto.thinned ? ' (thinned out)' : ''}`);
  print(rowsTable(analysis, first, width, colors));
  if (first.length < pareto.rows.length) print(dim(`and ${count(pareto.rows.length - first.length)} more`));
}

/** The report as it is printed for programs: rows as objects, by the names of the columns. */
function writeReport({ analysis, ...facts }: SweepReport): object {
  const { columns, variables, outputs, pareto, rows, feasible } = analysis;
  const named = (row: Row) => Object.fromEntries(columns.map(({ name }, i) => [name, row.values[i]]));
  return {
    ...facts,
    columns,
    rows,
    feasible,
    outputs: outputs.map(({ column, best, effects, sobol }) => ({
      name: column.name,
      best: best.map(named),
      effects: effects.map((effect, i) => ({ variable: variables[i].name, ...effect })),
      sobol: sobol && {
        ...sobol,
        indices: sobol.indices.map((indices, i) => ({ variable: variables[i].name, ...indices })),
      },
    })),
    pareto: pareto && { thinned: pareto.thinned, rows: pareto.rows.map(named) },
  };
}

const count = (value: number) => value.toLocaleString('en-US');
