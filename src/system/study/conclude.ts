import type { Engine } from '../../gpu';
import { applyChanges, scopeName, writeValue } from '../policy';
import type { Policy, Scenario } from '../scenario';
import type { Arena } from './arena';
import { assess } from './assess';
import { CHOICE_LABEL, type Contest, holdContest } from './contest';
import { type Decision, decide } from './decide';
import { blockOf } from './episodes';
import type { Settings, Stage } from './evolve';
import { frontMembers } from './fronts';
import { type MinimalChanges, minimalChanges, nearestPolicy } from './minimal-changes';
import type { ScenarioProblem } from './problem';
import { type EvolveResult, OBJECTIVE_UNITS } from './result';
import type { SearchState } from './search';
import type { Contestant } from './table';
import { drawTimelines } from './timelines';
import { verdict } from './verdict';
import { type WorkerSensitivity, workerSensitivity } from './workers';

export interface Conclusion {
  readonly engine: Engine;
  readonly arena: Arena;
  readonly problem: ScenarioProblem;
  readonly search: SearchState;
  readonly settings: Settings;
  readonly signal?: AbortSignal;
  readonly onStage?: (stage: Stage) => void;
}

/** Chooses from what the search left, on episodes of its own, and tests the choice on others again. */
export async function conclude(of: Conclusion): Promise<EvolveResult> {
  const { engine, arena, problem, search, settings, signal, onStage } = of;
  const { scenario } = arena;
  onStage?.('choosing');
  const decision = await decide(arena, problem, search, settings.choiceReplications, signal);
  onStage?.('reducing');
  const nearest = nearestPolicy(
    scenario,
    decision.profiles.map(({ policy }) => policy),
    decision.survivors[decision.chosen].policy,
  );
  const reduced = await reduce(of, decision, nearest);
  onStage?.('testing');
  const block = blockOf('test', settings.heldout);
  const from = decision.profiles[nearest].policy;
  const contest = await holdContest(
    arena,
    decision,
    { nearest, policy: applyChanges(from, reduced.changes, 'smallest set of changes') },
    block,
    signal,
  );
  const { seed } = settings;
  const { contestants, table } = contest;
  const bestProfile = decision.profiles[decision.bestProfile].id;
  const workers = await workerSensitivity(
    { engine, scenario, seed, block, table, contestants, choice: 'genetic', bestProfile },
    signal,
  );
  onStage?.('drawing');
  const timelines = await drawTimelines(engine, scenario, onePerSchool(contestants), seed);
  return {
    ...searchFacts(of),
    ...frontFacts(scenario, decision),
    ...contestFacts(of, decision, contest, workers),
    ...changeFacts(scenario, decision, nearest, reduced, contest),
    workers,
    timelines,
  };
}

/** Subsets of the changes are many, and on common episodes differ only by what they leave out: few will do. */
const REDUCTION_REPLICATIONS = 2;

async function reduce(
  { arena, settings, signal }: Conclusion,
  { profiles, survivors, chosen }: Decision,
  nearest: number,
): Promise<MinimalChanges> {
  const block = blockOf('choice', Math.min(REDUCTION_REPLICATIONS, settings.choiceReplications));
  const assessAll = (policies: readonly Policy[]) => assess(arena, policies, block, signal);
  const [profile, choice] = await assessAll([profiles[nearest].policy, survivors[chosen].policy]);
  return minimalChanges(arena.scenario, profile, choice, assessAll);
}

function searchFacts({ arena: { scenario }, problem, search, settings }: Conclusion) {
  const { generation, evaluations, log } = search.genetic;
  return {
    search: {
      seed: settings.seed,
      generations: generation,
      population: settings.population,
      evaluations,
      knobs: problem.space.variables.length,
      replications: settings.replications,
      choiceReplications: settings.choiceReplications,
      updates: log,
    },
    objectives: scenario.objectives.map((name) => ({ name, unit: OBJECTIVE_UNITS[name] })),
    convergence: search.convergence,
  };
}

function frontFacts(scenario: Scenario, decision: Decision) {
  const { survivors, chosen, randomSurvivors, randomChosen, profiles } = decision;
  return {
    front: frontMembers(scenario, survivors, chosen),
    randomFront: frontMembers(scenario, randomSurvivors, randomChosen),
    profilePoints: profiles.map(({ id, assessed }) => ({ rowId: id, objectives: assessed.means })),
  };
}

function contestFacts(
  { arena, search, settings }: Conclusion,
  decision: Decision,
  contest: Contest,
  workers: WorkerSensitivity,
) {
  const { table, dominance, hypervolume } = contest;
  return {
    comparison: {
      replications: settings.heldout,
      healthyRequests: table[0].assessed.samples.healthyRequests,
      rows: table.map(({ row }) => row),
    },
    dominance,
    hypervolume,
    verdict: verdict({
      scenario: arena.scenario,
      choice: table.find(({ row }) => row.id === 'genetic')!,
      bestProfile: table[decision.bestProfile],
      profiles: decision.profiles.map(({ label }, p) => ({
        label,
        dominated: dominance[p].withinLimits && dominance[p].nonInferior && dominance[p].better.length > 0,
      })),
      hypervolume,
      workers,
      generations: search.genetic.generation,
      evaluations: search.genetic.evaluations,
      replications: settings.heldout,
    }),
  };
}

const NOTHING_SET: Policy = { name: 'Nothing set', values: [] };

function changeFacts(
  scenario: Scenario,
  decision: Decision,
  nearest: number,
  reduced: MinimalChanges,
  { gainKept }: Contest,
) {
  const { label, policy } = decision.profiles[nearest];
  const choice = decision.survivors[decision.chosen].policy;
  return {
    changes: {
      nearest: label,
      list: reduced.changes.map(({ field, scope, from, to }) => ({
        scope: scopeName(scenario, scope),
        field,
        from: String(writeValue(field, from)),
        to: String(writeValue(field, to)),
      })),
      gainKept,
    },
    choice: { ...choice, name: 'evolved' },
    columns: [
      { label: NOTHING_SET.name, policy: NOTHING_SET },
      { label, policy },
      { label: CHOICE_LABEL, policy: choice },
    ],
  };
}

/** Of each school the first contestant of the short table, what ran before aside. */
function onePerSchool(contestants: readonly Contestant[]): Contestant[] {
  const shown = contestants.filter(({ headline, school }) => headline && school !== 'random');
  return shown.filter(({ school }, i) => shown.findIndex((other) => other.school === school) === i);
}
