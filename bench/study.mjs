// Does evolution win, and on which seeds? Evolves the example at a full budget for each seed and prints what the verdicts
// say: for how many profiles and sizes a member of the front is non-inferior and better on untouched episodes, and the
// hypervolumes with their 95 % intervals. `npm run study -- [seeds=1,2,3] [generations=24]`; some two minutes a seed on
// two idle cores.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [seeds = '1,2,3', generations = '24'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'tardigrade-study-'));
const rows = [];
try {
  for (const seed of seeds.split(',')) {
    const out = join(folder, seed);
    const flags = ['--seed', seed, '--generations', generations, '--out', out];
    execFileSync(process.execPath, ['dist/cli.js', 'evolve', 'examples/online-boutique.yaml', ...flags], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    /** @type {import('../src/report').ResultDocument} */
    const { dominance, hypervolume, comparison } = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'));
    const beaten = dominance.filter(
      ({ withinLimits, nonInferior, better }) => withinLimits && nonInferior && better.length > 0,
    );
    rows.push({
      seed,
      'profiles beaten': `${beaten.length} of ${dominance.length}`,
      'front hypervolume': interval(hypervolume.genetic),
      'random search': interval(hypervolume.random),
      lead: interval(hypervolume.lead),
      'test replications': comparison.replications,
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.table(rows);

/** @param {{ mean: number, low: number, high: number }} bootstrapped */
function interval({ mean, low, high }) {
  return `${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
