import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '../src/gpu';
import { shaderProblem } from '../src/problem';
import { defineSpace, vector } from '../src/space';
import { sobolDesign, sweep } from '../src/sweep';
import { folderSink } from '../src/sweep/node';
import type { Outcome } from './figure';
import { interleaved, seconds } from './rounds';

const ROWS = 1_000_000;
const VARIABLES = 32;
const ROUNDS = 5;

const RASTRIGIN = `
fn evaluate(c: Candidate, e: Episode) -> Score {
  var sum = ${10 * VARIABLES}.0;
  for (var i = 0u; i < ${VARIABLES}u; i++) {
    sum += c.x[i] * c.x[i] - 10.0 * cos(6.2831853 * c.x[i]);
  }
  return Score(array(sum));
}`;

/** The most memory that this process ever held, in MiB. */
const peakMiB = () => process.resourceUsage().maxRSS / 1024;

/**
 * A million rows of the Rastrigin function, made, evaluated and written, beside DuckDB's COPY of the same table from its own
 * memory; and how the memory of the sweep grows with its rows.
 */
export async function sweepParquet(): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'tardigrade-bench-sweep-'));
  const engine = await openEngine();
  const space = defineSpace(
    vector('x', VARIABLES, { type: 'float', min: -5.12, max: 5.12, scale: 'linear' }),
  );
  const problem = await shaderProblem(engine, { space, objectives: ['value'], wgsl: RASTRIGIN });
  let made = '';
  const ours = async (rows: number) => {
    await rm(made, { recursive: true, force: true });
    made = await mkdtemp(join(folder, 'ours-'));
    await sweep(problem, sobolDesign(engine, space, { rows }), folderSink(made));
  };
  try {
    await ours(ROWS / 4);
    const quarterMiB = peakMiB();
    await ours(ROWS);
    const wholeMiB = peakMiB();

    const { DuckDBInstance } = await import('@duckdb/node-api');
    const database = await (await DuckDBInstance.create(':memory:')).connect();
    await database.run(`CREATE TABLE swept AS SELECT * FROM read_parquet('${made}/*.parquet')`);
    const copy = (options: string) =>
      seconds(() => database.run(`COPY swept TO '${folder}/theirs.parquet' (FORMAT parquet${options})`));
    const medians = await interleaved(
      {
        ours: () => seconds(() => ours(ROWS)),
        copy: () => copy(''),
        plain: () => copy(', COMPRESSION uncompressed'),
      },
      ROUNDS,
    );
    database.closeSync();
    return {
      figures: [
        {
          name: `sweep of ${ROWS.toLocaleString('en-US')} rows beside DuckDB's COPY of them`,
          value: medians.ours / medians.copy,
          unit: 'times',
          goal: { atMost: 3 },
        },
        { name: 'the sweep, evaluation included', value: medians.ours, unit: 's' },
        { name: "DuckDB's COPY", value: medians.copy, unit: 's' },
        { name: "DuckDB's COPY, uncompressed", value: medians.plain, unit: 's' },
        { name: 'peak memory after a quarter of the rows', value: quarterMiB, unit: 'MiB' },
        { name: 'peak memory after all rows', value: wholeMiB, unit: 'MiB', goal: { atMost: 1024 } },
      ],
    };
  } finally {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}
