import type { EvolveGeneration, LoggedUpdate, Population, ProfileStanding } from 'tardigrade';
import type { Frame, Points, ProfilePoint } from './api';

/** A generation as the page draws it. */
export function frameOf(
  generation: EvolveGeneration,
  profiles: readonly ProfileStanding[],
  bounds: readonly (number | null)[],
  applied: readonly LoggedUpdate[],
  measured: Pick<Frame, 'evaluationsPerS' | 'callsPerS' | 'digest'>,
): Frame {
  const { index, evaluations, candidates, archive, random, convergence } = generation;
  return {
    generation: index,
    evaluations,
    ...measured,
    candidates: pointsOf(candidates, bounds),
    front: { ...pointsOf(archive, bounds), genes: archive.genes },
    random: pointsOf(random.archive, bounds),
    profiles: profiles.map((profile) => profilePoint(profile, bounds)),
    hypervolume: convergence.hypervolume,
    randomHypervolume: convergence.randomHypervolume,
    applied,
  };
}

export function pointsOf(population: Population, bounds: readonly (number | null)[]): Points {
  const { count, objectives, violations, shape } = population;
  const feasible = Uint8Array.from({ length: count }, (_, i) => {
    const row = violations.subarray(i * shape.constraints, (i + 1) * shape.constraints);
    const values = objectives.subarray(i * shape.objectives, (i + 1) * shape.objectives);
    return Number(row.every((excess) => excess <= 0) && within(values, bounds));
  });
  return { objectives, feasible };
}

function profilePoint(
  { id, label, school, objectives, violation }: ProfileStanding,
  bounds: readonly (number | null)[],
): ProfilePoint {
  return { id, label, school, objectives, feasible: violation === 0 && within(objectives, bounds) };
}

function within(values: readonly number[] | Float64Array, bounds: readonly (number | null)[]): boolean {
  return values.every((value, k) => value <= (bounds[k] ?? Number.POSITIVE_INFINITY));
}
