import { connectQueue, work } from '../../sweep/node';
import { UserError } from '../../text';
import { defineCommand } from '../command';
import { ENGINE_FLAGS, OUTPUT_FLAGS, seconds, word } from '../options';
import type { Notice } from '../queue/announcement';
import { ShardEvaluator } from '../queue/evaluate';
import { withEngine } from '../session';

const TAKEOVER_S = 30;

export const worker = defineCommand({
  name: 'worker',
  summary: 'Evaluate shards of sweeps that others queue with sweep --queue',
  about: `Serves every sweep of that Redis, a shard at a time, until it is interrupted. Workers may come and go: the shard of one that
was killed goes to another, and no shard counts twice. A worker must see the sweep's folder (the coordinator's --out, on a
shared disk) and what is swept, under the same paths or under those given here; one whose file or release differs from the
coordinator's refuses to serve. Whoever can write to that Redis chooses what its workers evaluate: keep it to yourselves.`,
  positionals: [
    {
      name: 'FILE',
      help: "scenario or module, where the coordinator's path is not this machine's",
      required: false,
    },
  ],
  flags: {
    queue: word('Redis that the sweeps are queued in, such as redis://host:6379', 'URL'),
    out: word("the sweep's folder, where the coordinator's path is not this machine's", 'FOLDER'),
    takeover: seconds(`a worker that is silent for so long loses its shard to another (${TAKEOVER_S}s)`),
    idle: seconds('end after so long without a shard (never)'),
    ...ENGINE_FLAGS,
    ...OUTPUT_FLAGS,
  },
  examples: [
    'tardigrade worker --queue redis://redis.internal:6379',
    'tardigrade worker shop.yaml --out /mnt/results/shop --queue redis://localhost --idle 10min',
  ],

  async run({ positionals: [file], flags, terminal, signal }) {
    const { queue, out: folder, takeover = TAKEOVER_S, idle } = flags;
    if (!queue)
      throw new UserError('worker lacks --queue', 'name a Redis, such as --queue redis://localhost:6379');
    await withEngine(flags, terminal, async (engine, progress) => {
      const evaluator = new ShardEvaluator(engine, { file, folder });
      const server = await connectQueue(queue, (message) => progress.remark(message));
      progress.remark(`serving redis://${server.address}`);
      let done = 0;
      try {
        await work<Notice>(server, {
          open: (task) => evaluator.open(task),
          takeoverMs: takeover * 1000,
          idleMs: idle === undefined ? undefined : idle * 1000,
          signal,
          onShard({ shard }, failure) {
            const name = `shard ${shard.index + 1} of ${shard.of}`;
            if (failure) return progress.remark(`${name} failed: ${failure.message}`);
            done++;
            progress.update(() => `${name} has landed · ${done} in all`);
          },
        });
      } finally {
        await server.close();
      }
      progress.end();
      if (flags.json) terminal.printJson({ shards: done });
      else terminal.print(`${done} ${done === 1 ? 'shard' : 'shards'}.`);
    });
  },
});
