import type { EpisodeBlock } from '../../problem';
import { dominance } from '../measure';
import type { Scenario } from '../scenario';
import type { Arena } from './arena';
import { objectiveSamples } from './assess';
import { bestTradeOff } from './choose';
import type { Decision } from './decide';
import { knobValues } from './knob-values';
import type { DominanceRow } from './result';
import { type Contestant, type Tested, testAll } from './table';

export const CHOICE_LABEL = 'Genetic choice';

/** The test: everyone in the table, and for each profile how its rival from the front stands. */
export interface Contest {
  readonly contestants: readonly Contestant[];
  readonly table: readonly Tested[];
  readonly dominance: readonly DominanceRow[];
}

/** Tests profiles, what runs today, both choices and the rivals on one block that nobody has seen. */
export async function holdContest(
  arena: Arena,
  decision: Decision,
  block: EpisodeBlock,
  signal?: AbortSignal,
): Promise<Contest> {
  const { survivors, chosen, randomSurvivors, randomChosen, rivals } = decision;
  const contestants: Contestant[] = [
    ...profileContestants(decision),
    { id: 'today', label: 'Today', school: 'baseline', policy: arena.scenario.policy, headline: false },
    {
      id: 'random',
      label: 'Random search',
      school: 'random',
      policy: randomSurvivors[randomChosen].policy,
      headline: true,
    },
    {
      id: 'genetic',
      label: CHOICE_LABEL,
      school: 'genetic',
      policy: survivors[chosen].policy,
      headline: true,
    },
  ];
  const members = [...new Set(rivals)];
  const memberContestants = members.map(
    (member): Contestant => ({
      id: `member-${member}`,
      label: `Front member ${member}`,
      school: 'genetic',
      policy: survivors[member].policy,
      headline: false,
    }),
  );
  const tested = await testAll(arena, [...contestants, ...memberContestants], block, signal);
  return {
    contestants,
    table: tested.slice(0, contestants.length),
    dominance: rivals.map((rival, p) => {
      const member = tested[contestants.length + members.indexOf(rival)];
      return dominanceRow(arena.scenario, tested[p], member, rival === chosen);
    }),
  };
}

/** Profiles as contestants; the short table has each profile at the size with its best trade-off. */
function profileContestants({ profiles }: Decision): Contestant[] {
  const reference = profiles[0].assessed.means;
  const families = new Map<string, number[]>();
  profiles.forEach(({ id, size }, p) => {
    const family = id.slice(0, -`-${size}`.length);
    families.set(family, [...(families.get(family) ?? []), p]);
  });
  const headlines = [...families.values()].map((sizes) => {
    const candidates = sizes.map((p) => profiles[p].assessed);
    return sizes[bestTradeOff(candidates, reference)];
  });
  return profiles.map(({ id, label, school, policy }, p) => ({
    id,
    label,
    school,
    policy,
    headline: headlines.includes(p),
  }));
}

function dominanceRow(scenario: Scenario, profile: Tested, member: Tested, isChoice: boolean): DominanceRow {
  const { nonInferior, better, differences } = dominance(
    scenario.objectives,
    objectiveSamples(scenario, member.assessed),
    objectiveSamples(scenario, profile.assessed),
  );
  return {
    rowId: profile.row.id,
    objectives: member.assessed.means,
    isChoice,
    knobs: knobValues(scenario, member.assessed.policy),
    withinLimits: member.assessed.violation === 0,
    nonInferior,
    better,
    differences,
  };
}
