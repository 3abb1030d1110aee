import type { EpisodeBlock } from '../problem';
import { lowest } from './archive';
import { hypervolume } from './indicators/hypervolume';
import type { Population } from './population';
import { type Feasibility, fitnessOf } from './selection/fitness';
import { nondominated } from './selection/sort';
import type { Generation, RunState } from './state';

/**
 * The report of a generation. What takes time to find is found when it is first asked for: most callers look at a
 * few figures only.
 */
export function report(
  state: RunState,
  episodes: EpisodeBlock,
  candidates: Population,
  pessimism: number,
  rules: Feasibility,
): Generation {
  const { generation, evaluations, population } = state;
  const survivors = once(() => fitnessOf(population, pessimism, rules));
  const front = once(() => nondominated(survivors()));
  const volume = once(() => archiveVolume(state));
  const best = once(() => lowest(state.archive));
  return {
    index: generation - 1,
    evaluations,
    episodes,
    candidates,
    population,
    get archive() {
      return state.archive;
    },
    get front() {
      return front();
    },
    get hypervolume() {
      return volume();
    },
    get best() {
      return best();
    },
    get feasible() {
      return countOf(survivors().violation, (violation) => violation === 0);
    },
    get notFinite() {
      return countOf(
        fitnessOf(candidates, 0).violation,
        (violation) => violation === Number.POSITIVE_INFINITY,
      );
    },
  };
}

/** The hypervolume of the archive; 0 while nothing is feasible, undefined beyond three objectives. */
export function archiveVolume({
  archive,
  reference,
}: Pick<RunState, 'archive' | 'reference'>): number | undefined {
  if (archive.shape.objectives > 3) return undefined;
  return reference === null ? 0 : hypervolume(archive.objectives, reference);
}

function countOf(values: Float64Array, wanted: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (wanted(value)) count++;
  return count;
}

function once<T>(find: () => T): () => T {
  let found: { value: T } | undefined;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}
