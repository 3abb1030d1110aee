import { join } from 'node:path';
import type { Engine } from '../gpu';
import { gainInWords, type ResultDocument } from '../report';
import { comparisonTable } from './comparison-table';
import { clock } from './generation-line';
import { describeEngine } from './session';
import type { Terminal } from './terminal';

/** Prints what an evolution came to: the table, the verdict, the changes, the engine, the files. */
export function printOutcome(
  { comparison, verdict, changes, search }: ResultDocument,
  engine: Engine,
  out: string,
  tookMs: number,
  { print, colors }: Terminal,
): void {
  const { bold, dim } = colors;
  print(
    `\n${comparisonTable(
      comparison.rows.filter((row) => row.headline),
      colors,
    )}`,
  );
  print(dim(`\nMeans over ${comparison.replications} test replications, each above its 95 % interval.`));
  const [headline, ...rest] = verdict.sentences;
  print(`\n${bold(headline)}\n${rest.join('\n')}`);
  print(`\nSmallest set of changes to ${bold(changes.nearest)}.${gainInWords(changes.gainKept)}`);
  for (const { field, scope, from, to } of changes.list)
    print(`  ${field} (${scope}): ${from} → ${bold(to)}`);
  if (changes.list.length === 0) print('  none: the choice is that profile');
  print(
    `\n${search.generations} generations of ${search.population}, ${search.evaluations} evaluations, seed ${search.seed}, in ${clock(tookMs)}. ${describeEngine(engine)}`,
  );
  print(`Wrote ${join(out, '{result.json, policy.yaml, report.html, run.json}')}`);
}
