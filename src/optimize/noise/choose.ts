import type { Problem, Scores } from '../../problem';
import { evaluated, type Population, shapeOf, take } from '../population';
import { feasible, fitnessOf, infeasible } from '../selection/fitness';

export interface ChoiceOptions {
  /** Replications that every candidate is tried on, and that the finalists are tried on. */
  readonly prefix: number;
  readonly episodes: number;
  /** Standard errors added to each objective before comparing. */
  readonly pessimism?: number;
  /** How much each objective counts; all the same by default. */
  readonly weights?: readonly number[];
  readonly signal?: AbortSignal;
}

/** The candidate chosen, and how. */
export interface Choice {
  /** Its index among the candidates given. */
  readonly index: number;
  /** Its scores on all choice episodes. */
  readonly chosen: Population;
  /** After each round, the replications that its candidates had all met, and their indices, best first. */
  readonly rounds: readonly { readonly episodes: number; readonly ranking: readonly number[] }[];
}

/**
 * Chooses from a front, on episodes that the search never saw: whoever looks best on the search's own
 * episodes has also been lucky on them. Candidates race: all meet the prefix, then the better half goes on to
 * twice as many replications, and so forth (successive halving; Jamieson and Talwalkar, AISTATS 2016). In a
 * round all have met the same replications, so comparisons are paired. The best is the knee: closest to the
 * ideal point, each objective scaled to the extent it had in the first round. Infeasible candidates come
 * last, by violation.
 */
export async function chooseFromFront(
  problem: Problem,
  genes: Uint32Array,
  { prefix, episodes, pessimism = 1, weights = problem.objectives.map(() => 1), signal }: ChoiceOptions,
): Promise<Choice> {
  const shape = shapeOf(problem);
  const count = genes.length / shape.variables;
  if (count === 0) throw new RangeError('there are no candidates to choose from');
  if (!(prefix >= 1 && episodes >= prefix)) {
    throw new RangeError(`${episodes} episodes with a prefix of ${prefix} are no race`);
  }
  const rounds: { episodes: number; ranking: number[] }[] = [];
  let field = Array.from({ length: count }, (_, i) => i);
  let scored: Population | undefined;
  let distance: Distance | undefined;
  for (let met = 0; met < episodes; ) {
    const next = Math.min(met === 0 ? prefix : 2 * met, episodes);
    const block = { index: rounds.length, first: met, count: next - met, purpose: 'choice' } as const;
    const running = field.flatMap((i) => [...genes.subarray(i * shape.variables, (i + 1) * shape.variables)]);
    const fresh = evaluated(
      shape,
      Uint32Array.from(running),
      await problem.evaluate(Uint32Array.from(running), block, signal),
    );
    scored = scored ? { ...fresh, ...pool(scored, fresh, met, next - met) } : fresh;
    distance ??= distanceFromIdeal(scored, pessimism, weights);
    const ranking = rank(scored, pessimism, distance);
    // The last round only ranks; earlier ones also halve the field.
    const kept = next < episodes ? ranking.slice(0, Math.ceil(ranking.length / 2)) : ranking;
    scored = take(scored, kept);
    rounds.push({ episodes: next, ranking: ranking.map((row) => field[row]) });
    field = kept.map((row) => field[row]);
    met = next;
  }
  return { index: field[0], chosen: take(scored!, [0]), rounds };
}

type Distance = (objectives: Float64Array) => number;

/**
 * The squared, weighted distance from the best value of each objective, in units of its extent among the
 * feasible.
 */
function distanceFromIdeal(field: Population, pessimism: number, weights: readonly number[]): Distance {
  const fitness = fitnessOf(field, pessimism);
  const rows = feasible(fitness);
  const axes = weights.map((weight, axis) => {
    const values = rows.map((i) => fitness.values[i * fitness.objectives + axis]);
    const ideal = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const extent = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - ideal;
    return { weight, ideal: rows.length > 0 ? ideal : 0, scale: extent > 0 ? extent : 1 };
  });
  return (objectives) =>
    axes.reduce((sum, { weight, ideal, scale }, axis) => {
      const away = (weight * (objectives[axis] - ideal)) / scale;
      return sum + away * away * Math.sign(away);
    }, 0);
}

function rank(field: Population, pessimism: number, distance: Distance): number[] {
  const fitness = fitnessOf(field, pessimism);
  const { objectives, values } = fitness;
  const away = Array.from({ length: field.count }, (_, i) =>
    distance(values.subarray(i * objectives, (i + 1) * objectives)),
  );
  return [...feasible(fitness).sort((a, b) => away[a] - away[b] || a - b), ...infeasible(fitness)];
}

/** Scores on two disjoint stretches of episodes as scores on both, weighted by their lengths. */
function pool(before: Scores, after: Scores, m: number, n: number): Scores {
  const total = m + n;
  const weighted = (a: Float64Array, b: Float64Array, power: 1 | 2) =>
    a.map((value, i) =>
      power === 1 ? (value * m + b[i] * n) / total : (value * m * m + b[i] * n * n) / (total * total),
    );
  return {
    objectives: weighted(before.objectives, after.objectives, 1),
    violations: weighted(before.violations, after.violations, 1),
    samples: before.samples.map((samples, i) => samples + after.samples[i]),
    variance: weighted(before.variance, after.variance, 2),
  };
}
