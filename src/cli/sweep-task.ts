import { createHash } from 'node:crypto';
import { basename, extname } from 'node:path';
import { readInput } from '../files';
import type { Engine } from '../gpu';
import type { Problem } from '../problem';
import type { Space } from '../space';
import {
  type Design,
  gridDesign,
  latinHypercube,
  MAX_ROWS,
  randomDesign,
  type SweepOptions,
  saltelliDesign,
  sobolDesign,
  usualPartRows,
} from '../sweep';
import { formatOf, listDesign } from '../sweep/node';
import { loadScenario, openSimulator, scenarioSweep } from '../system';
import { didYouMean, UserError } from '../text';
import { loadProblem } from './load-problem';
import { integer, word } from './options';

/** Flags that say what is swept, for every command that sweeps. */
export const TASK_FLAGS = {
  design: word(
    'grid, random, lhs, sobol or saltelli; or a file of rows (.csv, .ndjson, .parquet)',
    'NAME',
    'sobol',
  ),
  rows: integer('rows of the design (1024; a grid has as many as its levels give)', 1, MAX_ROWS, undefined),
  levels: integer('values of each variable in a grid, at most (3)', 2, 65_536, undefined),
  seed: integer('chooses the rows and, of a scenario, keys all randomness', 0, 0xffff_ffff, 1),
  replications: integer('replications behind each row (8 of a scenario, otherwise 1)', 1, 100_000, undefined),
  'part-rows': integer(
    'rows of a part, what a crash costs at most (a 64th of the sweep)',
    1,
    MAX_ROWS,
    undefined,
  ),
};

export interface TaskFlags {
  readonly design: string | undefined;
  readonly rows: number | undefined;
  readonly levels: number | undefined;
  readonly seed: number;
  readonly replications: number | undefined;
  readonly 'part-rows': number | undefined;
}

/** What a sweep evaluates, opened on an engine. */
export interface SweepTask {
  readonly problem: Problem;
  readonly design: Design;
  readonly options: SweepOptions;
}

const SCENARIOS = ['.yaml', '.yml'];
const MODULES = ['.mjs', '.js'];

/** A scenario's rows take long: news, and what a crash costs, are to be bounded in time. A GPU wants more rows at once. */
const SCENARIO_PART_ROWS = 1024;
const SCENARIO_SLICE_ROWS = { wasm: 32, webgpu: 256 };
const SCENARIO_REPLICATIONS = 8;

/**
 * Opens the scenario or the module that a user named, and the design for it.
 * @throws UserError for whatever is wrong with either
 */
export async function openTask(engine: Engine, path: string, flags: TaskFlags): Promise<SweepTask> {
  const text = await readInput(path);
  const extension = extname(path);
  const identity = { name: basename(path), digest: createHash('sha256').update(text).digest('hex') };
  const partRows = flags['part-rows'];
  if (MODULES.includes(extension)) {
    const problem = await loadProblem(path, engine);
    if (flags.replications !== undefined && problem.noisy === false)
      throw new UserError(
        `--replications is for noise, and ${path} exports a problem without any`,
        'leave it out, or make the problem noisy',
      );
    const design = await openDesign(engine, problem.space, flags);
    const episodes = episodesOf(flags.replications ?? 1);
    return { problem, design, options: { identity, episodes, partRows } };
  }
  if (!SCENARIOS.includes(extension))
    throw new UserError(
      `${path} is neither a scenario nor a module`,
      `name a file that ends in ${[...SCENARIOS, ...MODULES].join(', ')}`,
    );
  const scenario = loadScenario(text, path);
  if (scenario.knobs.length === 0)
    throw new UserError(`${path}: there are no knobs to turn`, 'add some under knobs');
  const simulator = await openSimulator(engine, scenario, { seed: flags.seed });
  const { problem, units, reported } = scenarioSweep(simulator, scenario);
  const design = await openDesign(engine, problem.space, flags);
  return {
    problem,
    design,
    options: {
      identity: { ...identity, seed: flags.seed },
      episodes: episodesOf(flags.replications ?? SCENARIO_REPLICATIONS),
      columns: { units, reported },
      partRows: partRows ?? usualPartRows(design.count, SCENARIO_PART_ROWS),
      sliceRows: SCENARIO_SLICE_ROWS[engine.kind],
    },
  };
}

function episodesOf(count: number) {
  return { index: 0, first: 0, count, purpose: 'test' } as const;
}

const DEFAULT_ROWS = 1024;
const DEFAULT_LEVELS = 3;

/** Designs by the names that users give them. */
const DESIGNS: Readonly<Record<string, (engine: Engine, space: Space, flags: TaskFlags) => Design>> = {
  grid: (_, space, { rows, levels = DEFAULT_LEVELS }) => {
    if (rows !== undefined)
      throw new UserError('a grid has as many rows as its levels give, not --rows', 'give --levels');
    return gridDesign(space, { levels });
  },
  random: (engine, space, flags) => randomDesign(engine, space, seeded(flags)),
  lhs: (engine, space, flags) => latinHypercube(engine, space, seeded(flags)),
  sobol: (engine, space, flags) => sobolDesign(engine, space, seeded(flags)),
  saltelli: (engine, space, flags) => saltelliDesign(engine, space, seeded(flags)),
};

function seeded({ rows = DEFAULT_ROWS, levels, seed }: TaskFlags) {
  if (levels !== undefined)
    throw new UserError('--levels is for a grid', 'add --design grid, or give --rows');
  return { rows, seed };
}

async function openDesign(engine: Engine, space: Space, flags: TaskFlags): Promise<Design> {
  const { design: name = 'sobol' } = flags;
  const make = Object.hasOwn(DESIGNS, name) ? DESIGNS[name] : undefined;
  try {
    if (make) return make(engine, space, flags);
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(error.message, 'choose another --design');
    throw error;
  }
  if (formatOf(name)) return listDesign(space, name);
  throw new UserError(`there is no design '${name}'`, didYouMean(name, Object.keys(DESIGNS), 'design'));
}
