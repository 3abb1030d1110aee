import { deriveKey } from '../../math';
import type { Algorithm, Standing, Told } from '../algorithm';
import { bestFirst, type Fitness } from '../selection/fitness';
import { ascending } from '../selection/order';
import { Draws } from '../variation/draws';
import { uniformBrood } from '../variation/sampling';
import { STREAM } from '../variation/streams';
import { emptyMemory, remember, type SuccessMemory } from './lshade/parameters';
import { type Plan, planTrials } from './lshade/plan';
import { remembered } from './remembered';

/** Candidates for each variable, the smallest population, and the archive's size for each parent. */
const CANDIDATES_PER_VARIABLE = 18;
const LEAST = 4;
const ARCHIVE_SHARE = 2.6;

/** What L-SHADE keeps from generation to generation. */
export interface LshadeMemory extends SuccessMemory {
  /** Genes of parents that were bettered, [candidate][variable]. */
  readonly archive: Uint32Array;
}

/**
 * L-SHADE, differential evolution for one objective that remembers which parameters succeeded and whose population
 * falls linearly: Tanabe and Fukunaga, "Improving the Search Performance of SHADE Using Linear Population Size
 * Reduction", CEC 2014, with its constants. The population falls to 4 by the end of the limit on evaluations or
 * generations; under neither it keeps its size. Trials are compared with their parents alone, so like candidates are not
 * dropped; an infeasible one is bettered by less violation.
 */
export function lshade(): Algorithm<LshadeMemory> {
  const plan = remembered(planOf);
  return {
    name: 'lshade',
    maxObjectives: 1,
    keepsParents: true,
    population: ({ variables }) => Math.max(CANDIDATES_PER_VARIABLE * variables.length, LEAST),
    begin({ settings }) {
      if (settings.population < LEAST)
        throw new RangeError(`lshade takes a population of at least ${LEAST}, not ${settings.population}`);
      return { ...emptyMemory(), archive: new Uint32Array() };
    },
    propose(standing, memory, device) {
      const { seed, generation, parents } = standing;
      if (generation === 0) return uniformBrood(standing);
      return {
        count: parents.count,
        unlike: null,
        recipe: device.trials({
          parents: parents.genes,
          archive: memory.archive,
          plans: plan(standing, memory).words,
          key: deriveKey(seed, STREAM.difference, generation),
        }),
      };
    },
    absorb(standing, memory, told) {
      const size = plannedSize(standing, told.fitness.count);
      if (told.parents === 0) return { memory, survivors: bestFirst(told.fitness, size) };
      const { kept, bettered, gains } = compare(told);
      return {
        memory: {
          ...remember(memory, plan(standing, memory), bettered, gains),
          archive: archiveAfter(standing, memory, bettered, Math.round(ARCHIVE_SHARE * size)),
        },
        survivors: bestFirst(told.fitness, size, kept),
      };
    },
  };
}

function planOf({ seed, generation, parents, space }: Standing, memory: LshadeMemory): Plan {
  const variables = space.variables.length;
  const key = deriveKey(seed, STREAM.trial, generation);
  return planTrials(key, parents.count, memory.archive.length / variables, variables, memory);
}

/** The size of the next generation, given the candidates evaluated in this one: linear in the budget spent. */
function plannedSize({ settings, generation, evaluations, parents }: Standing, rivals: number): number {
  const { population, limits } = settings;
  const fresh = rivals - parents.count;
  let spent = 0;
  if (limits.evaluations !== undefined) spent = (evaluations + fresh) / limits.evaluations;
  else if (limits.generations !== undefined) spent = (generation + 1) / limits.generations;
  return Math.max(LEAST, Math.round(population + (LEAST - population) * Math.min(spent, 1)));
}

/** Who survives of each pair of parent and trial, which trials are better than their parents, and by how much. */
function compare({ fitness, parents, proposed }: Told) {
  // Those from elsewhere compete with all.
  const kept = ascending(fitness.count).subarray(parents);
  const bettered = new Uint32Array(proposed);
  const gains = new Float64Array(proposed);
  let count = 0;
  for (let i = 0; i < proposed; i++) {
    const gain = gainOf(fitness, i, parents + i);
    if (!(gain >= 0)) kept[i] = i;
    if (gain > 0) {
      bettered[count] = i;
      gains[count++] = gain;
    }
  }
  return { kept, bettered: bettered.subarray(0, count), gains: gains.subarray(0, count) };
}

/** By how much a trial is better than its parent: in violation where either is infeasible, else in value. */
function gainOf({ values, violation }: Fitness, parent: number, trial: number): number {
  if (violation[parent] === violation[trial])
    return violation[parent] > 0 ? 0 : values[parent] - values[trial];
  return violation[parent] - violation[trial];
}

/** The archive with the parents that were bettered; where it is too long, random members leave. */
function archiveAfter(
  { seed, generation, space, parents }: Standing,
  { archive }: LshadeMemory,
  bettered: Uint32Array,
  size: number,
): Uint32Array {
  const width = space.variables.length;
  const held = archive.length / width;
  const draws = new Draws(deriveKey(seed, STREAM.archive, generation), 0);
  // Members by their number: the archive's, then those that were bettered. The last takes the place of one that leaves.
  const members = ascending(held + bettered.length);
  let count = members.length;
  for (; count > size; count--) members[draws.below(count)] = members[count - 1];
  const after = new Uint32Array(count * width);
  after.set(archive.subarray(0, after.length));
  for (let place = 0; place < count; place++) {
    const member = members[place];
    if (member === place && member < held) continue;
    const from = member < held ? archive : parents.genes;
    const start = (member < held ? member : bettered[member - held]) * width;
    for (let i = 0; i < width; i++) after[place * width + i] = from[start + i];
  }
  return after;
}
