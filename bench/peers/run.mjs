/**
 * Ours beside pymoo, pygmo, cma, evosax and DEAP: `npm run bench:peers [seeds=5]`. Their versions are in requirements.txt;
 * they are installed into .cache/peers, for which python3 and PyPI are needed. Takes some minutes; leave the machine alone.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, load, root } from '../load.mjs';

const environment = join(root, '.cache/peers');
const python = join(environment, 'bin/python');
if (!existsSync(python)) {
  const show = { stdio: /** @type {const} */ ('inherit') };
  execFileSync('python3', ['-m', 'venv', environment], show);
  execFileSync(python, ['-m', 'pip', 'install', '-q', '-r', 'bench/peers/requirements.txt'], {
    cwd: root,
    ...show,
  });
}
const { compareWithPeers } = await load('peers/main.ts');
const seeds = Number(process.argv[2] ?? 5);
await compareWithPeers(
  { folder: join(root, 'bench/peers'), python, ours: await bundle('peers/ours.ts') },
  seeds,
);
process.exit(0);
