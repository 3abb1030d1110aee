import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { sweep } from '../../src/cli/commands/sweep';
import { parseCommand } from '../../src/cli/parse';

const EXAMPLES = resolve(import.meta.dirname, '../../examples');
const run = promisify(execFile);

/** Runs the Slurm script as one task of an array, with an npx and an sbatch that only say how they were called. */
async function asTask(id: number): Promise<string[]> {
  const bin = await mkdtemp(join(tmpdir(), 'tardigrade-slurm-'));
  for (const name of ['npx', 'sbatch'])
    await writeFile(join(bin, name), `#!/bin/bash\necho ${name} "$@"\n`, { mode: 0o755 });
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    SLURM_ARRAY_JOB_ID: '77',
    SLURM_ARRAY_TASK_ID: `${id}`,
    SLURM_ARRAY_TASK_MIN: '0',
    SLURM_CPUS_PER_TASK: '4',
  };
  const { stdout } = await run('bash', [join(EXAMPLES, 'sweep.slurm'), 'shop.yaml', '/scratch/shop'], {
    env,
  });
  return stdout.trimEnd().split('\n');
}

it('of Slurm sweeps in every task, and queues the merge in the first one alone', async () => {
  const [first, third] = [await asTask(0), await asTask(2)];
  expect(first).toHaveLength(2);
  expect(first[0]).toBe(
    "sbatch --parsable --dependency=afterok:77 --job-name=tardigrade-merge --wrap npx tardigrade sweep '/scratch/shop' --merge",
  );
  expect(third).toEqual([first[1]]);
  const [npx, tardigrade, command, ...args] = third[0].split(' ');
  expect([npx, tardigrade, command]).toEqual(['npx', 'tardigrade', 'sweep']);
  expect(parseCommand(sweep, args)).toMatchObject({
    positionals: ['shop.yaml'],
    flags: { out: '/scratch/shop', resume: true, workers: 4 },
  });
});

it('of Slurm asks for what it cannot do without', async () => {
  await expect(run('bash', [join(EXAMPLES, 'sweep.slurm')])).rejects.toThrow(/give a scenario or a module/);
});

it('of Kubernetes is an indexed Job whose flags the command knows, with a share for every completion', async () => {
  const job = parse(await readFile(join(EXAMPLES, 'sweep-job.yaml'), 'utf8'));
  expect(job).toMatchObject({ apiVersion: 'batch/v1', kind: 'Job', spec: { completionMode: 'Indexed' } });
  const [container] = job.spec.template.spec.containers;
  const [npx, yes, tardigrade, command, ...rest] = [...container.command, ...container.args];
  expect([npx, yes, tardigrade, command]).toEqual(['npx', '--yes', 'tardigrade', 'sweep']);
  expect(parseCommand(sweep, rest)).toMatchObject({
    positionals: ['/config/shop.yaml'],
    flags: { shards: job.spec.completions, out: '/data/shop', resume: true },
  });
  const mounted = container.volumeMounts.map(({ name }: { name: string }) => name);
  expect(job.spec.template.spec.volumes.map(({ name }: { name: string }) => name)).toEqual(mounted);
});
