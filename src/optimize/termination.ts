import { lowest } from './archive';
import { archiveVolume } from './generation';
import { fitnessOf } from './selection/fitness';
import type { Limits } from './settings';
import type { Progress, RunState } from './state';

/** Why a run ended: the limit that was reached, or `exhausted` where the algorithm expects nothing more. */
export type Stop = Exclude<keyof Limits, 'timeLimitMs'> | 'time' | 'exhausted';

const DEFAULT_IMPROVEMENT = 1e-6;

/** Throws RangeError for limits that can never be judged with so many objectives, or that make no sense. */
export function checkLimits(limits: Limits, objectives: number): void {
  const { target, hypervolume, stagnation, ...counts } = limits;
  for (const [name, value] of Object.entries({ ...counts, target, hypervolume })) {
    // No comparison with NaN holds: the run would never end.
    if (Number.isNaN(value)) throw new RangeError(`the limit ${name} is NaN`);
  }
  if (target !== undefined && objectives !== 1)
    throw new RangeError(`a target is of one objective, not of ${objectives}`);
  if ((hypervolume !== undefined || stagnation) && objectives > 3)
    throw new RangeError(`hypervolume of ${objectives} objectives is not offered, only of 1 to 3`);
  if (stagnation && !(stagnation.generations >= 1))
    throw new RangeError(`stagnation takes a number of generations from 1, not ${stagnation.generations}`);
}

/** The limit that this state has reached, if any, apart from time. */
export function limitReached(state: RunState): Stop | undefined {
  const { generation, evaluations, settings, progress } = state;
  const { limits } = settings;
  if (generation >= (limits.generations ?? Number.POSITIVE_INFINITY)) return 'generations';
  if (evaluations >= (limits.evaluations ?? Number.POSITIVE_INFINITY)) return 'evaluations';
  // The archive is merged when it is looked at, so only limits that are set look.
  if (limits.target !== undefined && lowest(state.archive)[0] <= limits.target) return 'target';
  if (limits.hypervolume !== undefined && (archiveVolume(state) ?? 0) >= limits.hypervolume)
    return 'hypervolume';
  if (limits.stagnation && generation - progress.since >= limits.stagnation.generations) return 'stagnation';
  return undefined;
}

/**
 * Progress after a generation. Only followed where a limit asks for it.
 * @param anew whether all before belongs to another block of episodes: levels then do not compare
 */
export function progressOf(before: Progress, state: RunState, anew: boolean): Progress {
  const { stagnation } = state.settings.limits;
  if (!stagnation) return { level: null, violation: null, since: state.generation };
  const improvement = stagnation.improvement ?? DEFAULT_IMPROVEMENT;
  if (state.archive.count === 0) return progressToFeasible(before, state, anew, improvement);
  const single = state.archive.shape.objectives === 1;
  const level = single ? state.archive.objectives[0] : (archiveVolume(state) ?? 0);
  if (before.level === null) return { level, violation: null, since: state.generation };
  if (anew) return { level, violation: null, since: before.since };
  const gain = single ? before.level - level : level - before.level;
  const better = gain > improvement * Math.abs(before.level);
  return better ? { level, violation: null, since: state.generation } : before;
}

/** Progress while nothing is feasible: the least violation of the survivors. */
function progressToFeasible(
  before: Progress,
  { population, settings, generation }: RunState,
  anew: boolean,
  improvement: number,
): Progress {
  const { violation: all } = fitnessOf(population, 0, { bounds: settings.bounds });
  const violation = all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (before.violation === null) return { level: null, violation, since: generation };
  if (anew) return { level: null, violation, since: before.since };
  // Not by a difference: of infinities there is none.
  const better = violation < (1 - improvement) * before.violation;
  return better ? { level: null, violation, since: generation } : before;
}
