import type { EpisodeBlock } from '../../problem';
import { type Bootstrapped, bootstrap, dominance, resampledMean } from '../measure';
import type { Policy, Scenario } from '../scenario';
import type { Arena } from './arena';
import { type Assessed, assess, objectiveSamples } from './assess';
import { bestTradeOff, tradeOff } from './choose';
import type { Decision } from './decide';
import { type FrontVolumes, frontVolumes, undominated } from './fronts';
import { knobValues } from './knob-values';
import type { DominanceRow } from './result';
import { type Contestant, type Tested, testAll } from './table';

export const CHOICE_LABEL = 'Genetic choice';

/** The test: everyone in the table, for each profile how its rival from the front stands, and the fronts as wholes. */
export interface Contest {
  readonly contestants: readonly Contestant[];
  readonly table: readonly Tested[];
  readonly dominance: readonly DominanceRow[];
  readonly hypervolume: FrontVolumes;
  /** Share of the choice's gain over the nearest profile that the smallest set of changes keeps; null where there is none. */
  readonly gainKept: Bootstrapped | null;
}

/** The smallest set of changes that is worth testing. */
export interface Reduced {
  /** Index of the profile that is changed. */
  readonly nearest: number;
  readonly policy: Policy;
}

/** Tests profiles, what runs today, both choices, both fronts and the rivals on one block that nobody has seen. */
export async function holdContest(
  arena: Arena,
  decision: Decision,
  { nearest, policy }: Reduced,
  block: EpisodeBlock,
  signal?: AbortSignal,
): Promise<Contest> {
  const { scenario } = arena;
  const { survivors, chosen, randomSurvivors, randomChosen, rivals, profiles } = decision;
  const contestants: Contestant[] = [
    ...profileContestants(decision),
    { id: 'today', label: 'Today', school: 'baseline', policy: scenario.policy, headline: false },
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
  const table = await testAll(arena, contestants, block, signal);
  const members = [...new Set(rivals)];
  const assessAll = (policies: readonly Policy[]) => assess(arena, policies, block, signal);
  const tested = await assessAll(members.map((member) => survivors[member].policy));
  const [reduced] = await assessAll([policy]);
  const testedProfiles = table.slice(0, profiles.length);
  return {
    contestants,
    table,
    dominance: rivals.map((rival, p) => {
      const member = tested[members.indexOf(rival)];
      return dominanceRow(scenario, testedProfiles[p], member, rival === chosen);
    }),
    hypervolume: await volumes(arena, decision, testedProfiles, block, signal),
    gainKept: gainKept(scenario, testedProfiles[nearest].assessed, table[table.length - 1].assessed, reduced),
  };
}

/** Test replications that whole fronts meet: what many policies dominate together varies little between replications. */
const FRONT_REPLICATIONS = 8;

async function volumes(
  arena: Arena,
  { survivors, randomSurvivors }: Decision,
  profiles: readonly Tested[],
  { count, ...block }: EpisodeBlock,
  signal?: AbortSignal,
): Promise<FrontVolumes> {
  const few = { ...block, count: Math.min(count, FRONT_REPLICATIONS) };
  const test = (members: readonly Assessed[]) =>
    assess(
      arena,
      members.map(({ policy }) => policy),
      few,
      signal,
    );
  return frontVolumes(
    arena.scenario,
    await test(undominated(survivors)),
    await test(undominated(randomSurvivors)),
    profiles.map(({ assessed }) => assessed),
    few.count,
  );
}

/** Gain is the trade-off over all objectives beside the profile. */
function gainKept(
  scenario: Scenario,
  profile: Assessed,
  choice: Assessed,
  reduced: Assessed,
): Bootstrapped | null {
  const [from, whole, part] = [profile, choice, reduced].map((one) => objectiveSamples(scenario, one));
  const gainOver = (policy: typeof whole, replications: Uint32Array) => {
    const means = (samples: typeof whole) =>
      samples.map((objective) => resampledMean(objective, replications));
    return -tradeOff(means(policy), means(from));
  };
  const share = bootstrap(
    from[0].length,
    (replications) => gainOver(part, replications) / gainOver(whole, replications),
  );
  return tradeOff(choice.means, profile.means) < 0 && Number.isFinite(share.low + share.high) ? share : null;
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

function dominanceRow(
  scenario: Scenario,
  profile: Tested,
  member: Assessed,
  isChoice: boolean,
): DominanceRow {
  const { nonInferior, better, differences } = dominance(
    scenario.objectives,
    objectiveSamples(scenario, member),
    objectiveSamples(scenario, profile.assessed),
  );
  return {
    rowId: profile.row.id,
    objectives: member.means,
    isChoice,
    knobs: knobValues(scenario, member.policy),
    withinLimits: member.violation === 0,
    nonInferior,
    better,
    differences,
  };
}
