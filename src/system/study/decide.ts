import type { EpisodeBlock } from '../../problem';
import { type SizedProfile, sizedProfiles } from '../policy';
import type { Arena } from './arena';
import { type Assessed, assess } from './assess';
import { bestTradeOff, byDominance, choose, rankForChoice } from './choose';
import { distinctPolicies } from './fronts';
import type { ScenarioProblem } from './problem';
import type { SearchState } from './search';

/** What is decided on the episodes of the choice, before any test. Indices are into the lists beside them. */
export interface Decision {
  /** What the genetic search left, on the first episodes of the choice, and the one to recommend. */
  readonly survivors: readonly Assessed[];
  readonly chosen: number;
  readonly randomSurvivors: readonly Assessed[];
  readonly randomChosen: number;
  readonly profiles: readonly (SizedProfile & { readonly assessed: Assessed })[];
  /** The profile with the best trade-off. */
  readonly bestProfile: number;
  /** For each profile the survivor that is to dominate it. */
  readonly rivals: readonly number[];
}

/** Survivors that go into the final for each decision. */
const FINALISTS = 4;
/** Replications of the final for each that all survivors met. */
const FINAL_SHARE = 2;

/**
 * Assesses what both searches left and every profile, and decides in two rounds. All survivors meet `replications`
 * replications. The few that stand best for each decision meet as many again, twice, that none of them has seen: whoever
 * stands out of many on a few episodes has also been lucky there, and is judged on these alone.
 */
export async function decide(
  arena: Arena,
  problem: ScenarioProblem,
  search: SearchState,
  replications: number,
  signal?: AbortSignal,
): Promise<Decision> {
  const { scenario } = arena;
  const first: EpisodeBlock = { index: 0, first: 0, count: replications, purpose: 'choice' };
  const final: EpisodeBlock = {
    index: 1,
    first: replications,
    count: FINAL_SHARE * replications,
    purpose: 'choice',
  };
  const sized = sizedProfiles(scenario);
  const profilePolicies = sized.map(({ policy }) => policy);
  const { genetic, niches, random } = search;
  const left = distinctPolicies(problem, [genetic.population, genetic.archive, niches]);
  const randomLeft = distinctPolicies(problem, [random.population, random.archive]);
  const survivors = await assess(arena, left, first, signal);
  const randomSurvivors = await assess(arena, randomLeft, first, signal);
  const profiles = await assess(arena, profilePolicies, first, signal);
  const rivalOrders = profiles.map((profile) => byDominance(scenario, survivors, profile));
  const finalists = [
    ...new Set(
      [rankForChoice(survivors, profiles), ...rivalOrders].flatMap((order) => order.slice(0, FINALISTS)),
    ),
  ];
  const randomFinalists = rankForChoice(randomSurvivors, profiles).slice(0, FINALISTS);

  const finalProfiles = await assess(arena, profilePolicies, final, signal);
  const finals = await assess(
    arena,
    finalists.map((i) => left[i]),
    final,
    signal,
  );
  const randomFinals = await assess(
    arena,
    randomFinalists.map((i) => randomLeft[i]),
    final,
    signal,
  );
  return {
    survivors,
    chosen: finalists[choose(finals, finalProfiles)],
    randomSurvivors,
    randomChosen: randomFinalists[choose(randomFinals, finalProfiles)],
    profiles: sized.map((profile, p) => ({ ...profile, assessed: profiles[p] })),
    bestProfile: bestTradeOff(finalProfiles, finalProfiles[0].means),
    rivals: finalProfiles.map((profile) => finalists[byDominance(scenario, finals, profile)[0]]),
  };
}
