import type { EpisodeBlock } from '../../problem';
import { type SizedProfile, sizedProfiles } from '../policy';
import type { Arena } from './arena';
import { type Assessed, assess } from './assess';
import { bestTradeOff, choose, mostDominating } from './choose';
import { distinctPolicies } from './fronts';
import type { ScenarioProblem } from './problem';
import type { SearchState } from './search';

/** What is decided on the episodes of the choice, before any test. Indices are into the lists beside them. */
export interface Decision {
  /** Survivors of the genetic search, and the one to recommend. */
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

/** Assesses what both searches left and every profile on one block, and decides. */
export async function decide(
  arena: Arena,
  problem: ScenarioProblem,
  search: SearchState,
  block: EpisodeBlock,
  signal?: AbortSignal,
): Promise<Decision> {
  const { scenario } = arena;
  const sized = sizedProfiles(scenario);
  const survivors = await assess(arena, distinctPolicies(problem, search.genetic.population), block, signal);
  const randomSurvivors = await assess(
    arena,
    distinctPolicies(problem, search.random.population),
    block,
    signal,
  );
  const assessed = await assess(
    arena,
    sized.map(({ policy }) => policy),
    block,
    signal,
  );
  return {
    survivors,
    chosen: choose(survivors, assessed),
    randomSurvivors,
    randomChosen: choose(randomSurvivors, assessed),
    profiles: sized.map((profile, p) => ({ ...profile, assessed: assessed[p] })),
    bestProfile: bestTradeOff(assessed, assessed[0].means),
    rivals: assessed.map((profile) => mostDominating(scenario, survivors, profile)),
  };
}
