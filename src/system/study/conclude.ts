import type { Engine } from '../../gpu';
import type { EpisodeBlock } from '../../optimize';
import { dominance } from '../measure';
import { type SizedProfile, scopeName, sizedProfiles, writeValue } from '../policy';
import type { Policy, Scenario } from '../scenario';
import type { Arena } from './arena';
import { type Assessed, assess, objectiveSamples } from './assess';
import { bestTradeOff, choose, mostDominating } from './choose';
import { blockOf } from './episodes';
import type { Settings, Stage } from './evolve';
import { distinctPolicies, frontMembers, frontVolumes } from './fronts';
import { knobValues } from './knob-values';
import { minimalChanges, nearestPolicy } from './minimal-changes';
import type { ScenarioProblem } from './problem';
import { type DominanceRow, type EvolveResult, OBJECTIVE_UNITS } from './result';
import type { SearchState } from './search';
import { type Contestant, type Tested, testAll } from './table';
import { drawTimelines } from './timelines';
import { verdict } from './verdict';

export interface Conclusion {
  readonly engine: Engine;
  readonly arena: Arena;
  readonly problem: ScenarioProblem;
  readonly search: SearchState;
  readonly settings: Settings;
  readonly signal?: AbortSignal;
  readonly onStage?: (stage: Stage) => void;
}

const NOTHING_SET: Policy = { name: 'Nothing set', values: [] };
/** Subsets of the changes are many and differ on common episodes only by what they leave out: few will do. */
const REDUCTION_REPLICATIONS = 4;
const CHOICE_LABEL = 'Genetic choice';

/** Chooses from what the search left, on episodes of its own, and tests the choice on others again. */
export async function conclude(of: Conclusion): Promise<EvolveResult> {
  const { arena, problem, search, settings, signal, onStage } = of;
  const { scenario } = arena;
  const profiles = sizedProfiles(scenario);

  onStage?.('choosing');
  const choiceBlock = blockOf('choice', settings.choiceReplications);
  const assessOn = (block: EpisodeBlock) => (policies: readonly Policy[]) =>
    assess(arena, policies, block, signal);
  const assessOnChoice = assessOn(choiceBlock);
  const survivors = await assessOnChoice(distinctPolicies(problem, search.genetic.population));
  const randomSurvivors = await assessOnChoice(distinctPolicies(problem, search.random.population));
  const profilesOnChoice = await assessOnChoice(profiles.map(({ policy }) => policy));
  const chosen = choose(survivors, profilesOnChoice);
  const choice = survivors[chosen];
  const randomChosen = choose(randomSurvivors, profilesOnChoice);
  const rivals = profilesOnChoice.map((profile) => mostDominating(scenario, survivors, profile));
  const bestProfile = bestTradeOff(profilesOnChoice, profilesOnChoice[0].means);

  onStage?.('reducing');
  const nearest = nearestPolicy(
    scenario,
    profiles.map(({ policy }) => policy),
    choice.policy,
  );
  const assessSubset = assessOn(
    blockOf('choice', Math.min(REDUCTION_REPLICATIONS, settings.choiceReplications)),
  );
  const [from, to] = await assessSubset([profiles[nearest].policy, choice.policy]);
  const reduced = await minimalChanges(scenario, from, to, assessSubset);

  onStage?.('testing');
  const contestants: Contestant[] = [
    ...profileContestants(profiles, profilesOnChoice),
    { id: 'today', label: 'Today', school: 'baseline', policy: scenario.policy, headline: false },
    {
      id: 'random',
      label: 'Random search',
      school: 'random',
      policy: randomSurvivors[randomChosen].policy,
      headline: true,
    },
    { id: 'genetic', label: CHOICE_LABEL, school: 'genetic', policy: choice.policy, headline: true },
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
  const testBlock = blockOf('test', settings.heldout);
  const tested = await testAll(arena, [...contestants, ...memberContestants], testBlock, signal);
  const table = tested.slice(0, contestants.length);
  const dominanceRows = profiles.map((_, p): DominanceRow => {
    const member = tested[contestants.length + members.indexOf(rivals[p])];
    return dominanceRow(scenario, table[p], member, rivals[p] === chosen);
  });

  onStage?.('drawing');
  const timelines = await drawTimelines(of.engine, scenario, onePerSchool(contestants), settings.seed);

  const volumes = frontVolumes(survivors, randomSurvivors, profilesOnChoice);
  return {
    search: {
      seed: settings.seed,
      generations: search.genetic.generation,
      population: settings.population,
      evaluations: search.genetic.evaluations,
      knobs: problem.space.variables.length,
      replications: settings.replications,
      choiceReplications: settings.choiceReplications,
      updates: search.genetic.log,
    },
    objectives: scenario.objectives.map((name) => ({ name, unit: OBJECTIVE_UNITS[name] })),
    comparison: {
      replications: settings.heldout,
      healthyRequests: table[0].assessed.samples.healthyRequests,
      rows: table.map(({ row }) => row),
    },
    front: frontMembers(scenario, survivors, chosen),
    randomFront: frontMembers(scenario, randomSurvivors, randomChosen),
    profilePoints: profiles.map(({ id }, p) => ({ rowId: id, objectives: profilesOnChoice[p].means })),
    convergence: search.convergence,
    hypervolume: volumes,
    dominance: dominanceRows,
    verdict: verdict({
      scenario,
      choice: table.find(({ row }) => row.id === 'genetic')!,
      bestProfile: table[bestProfile],
      profiles: profiles.map(({ label }, p) => ({
        label,
        dominated: dominanceRows[p].nonInferior && dominanceRows[p].better.length > 0,
      })),
      hypervolume: volumes,
      evaluations: search.genetic.evaluations,
      replications: settings.heldout,
    }),
    changes: {
      nearest: profiles[nearest].label,
      list: reduced.changes.map(({ field, scope, from, to }) => ({
        scope: scopeName(scenario, scope),
        field,
        from: String(writeValue(field, from)),
        to: String(writeValue(field, to)),
      })),
      gainKept: reduced.gainKept,
    },
    choice: { ...choice.policy, name: 'evolved' },
    columns: [
      { label: NOTHING_SET.name, policy: NOTHING_SET },
      { label: profiles[nearest].label, policy: profiles[nearest].policy },
      { label: CHOICE_LABEL, policy: choice.policy },
    ],
    timelines,
  };
}

/** Of each school the first contestant of the short table, what ran before aside. */
function onePerSchool(contestants: readonly Contestant[]): Contestant[] {
  const shown = contestants.filter(({ headline, school }) => headline && school !== 'random');
  return shown.filter(({ school }, i) => shown.findIndex((other) => other.school === school) === i);
}

/** Profiles as contestants; the short table has each profile at the size with its best trade-off. */
function profileContestants(profiles: readonly SizedProfile[], onChoice: readonly Assessed[]): Contestant[] {
  const families = new Map<string, number[]>();
  profiles.forEach(({ id, size }, p) => {
    const family = id.slice(0, -`-${size}`.length);
    families.set(family, [...(families.get(family) ?? []), p]);
  });
  const headlines = [...families.values()].map((sizes) => {
    const candidates = sizes.map((p) => onChoice[p]);
    return sizes[bestTradeOff(candidates, onChoice[0].means)];
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
    nonInferior,
    better,
    differences,
  };
}
