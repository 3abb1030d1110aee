import { percent, summarize } from '../../report';
import { type CompareResult, compareScenario, type Standing } from '../../system';
import { defineCommand } from '../command';
import { comparisonTable } from '../comparison-table';
import { SIMULATION_FLAGS, word } from '../options';
import { openPolicy, openScenario, withEngine } from '../session';

export const compare = defineCommand({
  name: 'compare',
  summary: 'Compare policies and profiles with what runs today: is any better?',
  about: `The baseline is what the scenario says runs today, or a policy file. Every profile at every size, and the policies
that are named, meet the same episodes; differences are paired, so they are surer than the intervals look.`,
  positionals: [
    { name: 'SCENARIO', help: 'scenario file (YAML)', required: true },
    { name: 'POLICIES', help: 'policy files to compare beside the profiles', required: false, many: true },
  ],
  flags: {
    ...SIMULATION_FLAGS,
    baseline: word('policy that runs today (the one in the scenario)', 'FILE'),
  },
  examples: [
    'tardigrade compare examples/online-boutique.yaml --baseline mine.yaml',
    'tardigrade compare shop.yaml out/shop/policy.yaml --heldout 100',
  ],

  async run({ positionals: [path, ...policyPaths], flags, terminal, signal }) {
    const scenario = await openScenario(path);
    const baseline = flags.baseline ? await openPolicy(flags.baseline, scenario) : scenario.policy;
    const others = await Promise.all(
      policyPaths.map(async (file) => ({ label: file, policy: await openPolicy(file, scenario) })),
    );
    const { seed, heldout } = flags;
    const label = flags.baseline ?? 'Today';
    const result = await withEngine(flags, terminal, (engine) =>
      compareScenario(engine, scenario, { label, policy: baseline }, others, { seed, heldout, signal }),
    );
    if (flags.json) return terminal.printJson({ scenario: summarize(scenario), ...result });
    const { rows, replications } = result.comparison;
    terminal.print(`\n${comparisonTable(rows, terminal.colors)}\n`);
    terminal.print(
      terminal.colors.dim(`Means over ${replications} replications, each above its 95 % interval.\n`),
    );
    const labels = new Map(rows.map((row) => [row.id, row.label]));
    for (const standing of result.standings)
      terminal.print(`${labels.get(standing.rowId)}: ${standingInWords(standing, label)}`);
    terminal.print(terminal.colors.dim(`\n${testInWords(result)}`));
  },
});

/** How a policy stands beside the baseline: "better on downtime, worse on cost". */
export function standingInWords({ dominates, dominated, better, worse }: Standing, baseline: string): string {
  const on = (word: string, objectives: readonly string[]) =>
    objectives.length > 0 ? [`${word} on ${objectives.join(', ')}`] : [];
  const detail = [...on('better', better), ...on('worse', worse)].join(', ');
  if (dominates) return `yes, better than ${baseline}: ${detail}, no worse on the rest`;
  if (dominated) return `no, ${baseline} is better: ${detail}, no better on the rest`;
  return detail === '' ? `no difference from ${baseline} that these replications show` : `a trade: ${detail}`;
}

/** At which level a line holds, which way, and what holds together. */
export function testInWords({ test, objectives, standings, comparison }: CompareResult): string {
  const { confidence, margin, comparisons } = test;
  return `Each line at ${percent(confidence)}, both ways: paired differences over ${comparison.replications} replications, "no worse" within ${percent(margin)}. The limits of a line hold together over ${objectives.length} objectives and two directions (Bonferroni, ${comparisons} limits); the ${standings.length} lines each hold by themselves, not together.`;
}
