import { basename, join } from 'node:path';
import { type Shard, sweep as sweepRows } from '../../sweep';
import { folderSink, mergeShards, rowsWritten, shardFolder } from '../../sweep/node';
import { UserError } from '../../text';
import { defineCommand } from '../command';
import { diskFailure } from '../disk-failure';
import { Interrupted } from '../interrupt';
import { choice, ENGINE_FLAGS, type Flag, integer, OUTPUT_FLAGS, toggle, word } from '../options';
import { checkQueueFlags, queueSweep } from '../queue/sweep';
import { withEngine } from '../session';
import { chooseShard, parseShard } from '../shard';
import { printSweep, sweepDocument } from '../sweep-outcome';
import { count, SweepTeller } from '../sweep-progress';
import { openTask, TASK_FLAGS } from '../sweep-task';
import type { Terminal } from '../terminal';

const MOST_SHARDS = 1_000_000;

const shardFlag: Flag<Shard | undefined> = {
  help: 'evaluate the i-th of n equal shares of the rows, into a folder of its own',
  value: 'i/n',
  expects: 'a share such as 2/8',
  read: parseShard,
  otherwise: undefined,
};

export const sweep = defineCommand({
  name: 'sweep',
  summary: 'Evaluate every row of a design, of a scenario or of your own problem, into Parquet',
  about: `FILE is a scenario (YAML), whose knobs are the variables and whose measures are scored, or a module that exports
problem: a Problem, or a function of an engine that makes one (shaderProblem). Each row is a pure function of the design,
its seed and the row's number. Rows go to part files; what manifest.json lists is whole whatever happens, and --resume goes
on from there. In an array of Slurm, AWS Batch or Kubernetes (with --shards), each task takes its own share; --merge then
makes one result of them. With --queue, tardigrade workers anywhere take the shares; all must see the output folder.`,
  positionals: [
    {
      name: 'FILE',
      help: 'scenario or module; with --merge the folder that was given to --out',
      required: true,
    },
  ],
  flags: {
    ...TASK_FLAGS,
    shard: shardFlag,
    shards: integer(
      'how many shares there are, where only the place is known; with --queue, how many to deal (64)',
      1,
      MOST_SHARDS,
      undefined,
    ),
    merge: toggle('make one result of the shares in FILE, each of which must be there once'),
    out: word('output folder (out/ and the name of the file, then -sweep)', 'FOLDER'),
    format: choice('what the rows are kept in', ['parquet', 'csv', 'ndjson'], 'parquet'),
    resume: toggle('go on with what the output folder holds'),
    queue: word('deal the rows out to tardigrade workers through this Redis', 'URL'),
    ...ENGINE_FLAGS,
    ...OUTPUT_FLAGS,
  },
  examples: [
    'tardigrade sweep examples/online-boutique.yaml --design lhs --rows 10000',
    'tardigrade sweep examples/problem.mjs --design sobol --rows 1048576 --out out/rastrigin',
    'tardigrade sweep shop.yaml --rows 100000 --shard 2/8 --out out/shop',
    'tardigrade sweep out/shop --merge',
    'tardigrade sweep shop.yaml --rows 100000 --queue redis://localhost:6379 --out /mnt/results/shop',
  ],

  async run({ positionals: [path], flags, given, terminal, signal }) {
    const root = flags.out ?? join('out', `${basename(path).replace(/\.\w+$/, '')}-sweep`);
    const { queue } = flags;
    if (queue) {
      checkQueueFlags(flags);
      return queueSweep(path, root, { ...flags, queue }, terminal, signal);
    }
    if (flags.merge) {
      checkMergeFlags(given);
      return merge(path, flags.json, terminal);
    }
    const { shard, from } = chooseShard(flags.shard, flags.shards, process.env);
    const out = shard.of > 1 ? join(root, shardFolder(shard)) : root;

    await withEngine(flags, terminal, async (engine, progress) => {
      const { problem, design, options } = await openTask(engine, path, flags);
      if (shard.of > 1)
        progress.remark(`shard ${shard.index + 1} of ${shard.of}${from ? `, from ${from}` : ''}`);
      const startMs = performance.now();
      const teller = new SweepTeller(startMs);
      const sink = folderSink(out, { files: flags.format, resume: flags.resume });
      let told = false;
      try {
        const result = await sweepRows(problem, design, sink, {
          ...options,
          ...{ shard, signal },
          onProgress(now) {
            if (!told && now.resumed > 0) progress.remark(`resumed: ${count(now.resumed)} rows are there`);
            told = true;
            progress.update(() => teller.line(now, performance.now()));
          },
        });
        const seconds = (performance.now() - startMs) / 1000;
        progress.end();
        const facts = { out, files: flags.format, seconds };
        if (flags.json) terminal.printJson(sweepDocument(result, facts));
        else printSweep(result, facts, terminal);
      } catch (error) {
        progress.end();
        if (error instanceof Interrupted) progress.remark(`what ${out} lists is whole; go on with --resume`);
        throw diskFailure(error, out);
      }
    });
  },
});

const MERGE_FLAGS = ['merge', ...Object.keys(OUTPUT_FLAGS)];

/** Throws UserError for flags that a merge would ignore: it makes no rows. */
function checkMergeFlags(given: ReadonlySet<string>): void {
  const idle = [...given].find((name) => !MERGE_FLAGS.includes(name));
  if (idle)
    throw new UserError(
      `--${idle} says what to sweep, and --merge takes shares as they are`,
      `leave out --${idle}, or --merge`,
    );
}

async function merge(folder: string, json: boolean, { print, printJson }: Terminal): Promise<void> {
  const manifest = await mergeShards(folder);
  const rows = rowsWritten(manifest);
  if (json) return printJson({ out: folder, design: manifest.design, rows, parts: manifest.parts.length });
  print(
    `${count(rows)} rows in ${count(manifest.parts.length)} parts. Wrote ${join(folder, 'manifest.json')}.`,
  );
}
