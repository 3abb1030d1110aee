import type { Problem } from '../../problem';
import { evaluated, shapeOf } from '../population';
import { fitnessOf } from '../selection/fitness';
import { signedRankPValue } from './wilcoxon';

export interface RaceOptions {
  /** Heats, 1 to 50; in each all candidates that are left meet the same replications. */
  readonly heats: number;
  /** Replications in a heat; default 1. */
  readonly replications?: number;
  /** Heats before the first candidate may be dropped; default 5. */
  readonly unjudged?: number;
  /** The most that any candidate as good as the leader may be dropped by chance in the whole race; default 0.05. */
  readonly falsePositives?: number;
  /** What is compared, lower being better; by default the only objective. */
  readonly score?: (objectives: Float64Array) => number;
  readonly signal?: AbortSignal;
}

/** A candidate's part in a race. */
export interface Runner {
  /** Its index among the candidates given. */
  readonly index: number;
  /** [heat]: its scores; infinite where it was infeasible. */
  readonly scores: readonly number[];
}

/** How a race went. */
export interface Race {
  /** Those that ran all heats, best first, then the dropped ones, the last to be dropped first. */
  readonly ranking: readonly Runner[];
  /** How many of them ran all heats. */
  readonly finished: number;
  /** Candidates times replications that were evaluated. */
  readonly evaluations: number;
}

/**
 * Races candidates on choice episodes: after each heat those that are worse than the leader by a paired test drop out, so
 * that replications go to those that are hard to tell apart (Birattari, Stuetzle, Paquete and Varrentrapp, "A Racing Algorithm
 * for Configuring Metaheuristics", GECCO 2002). Tests are repeated after every heat, and the leader is whoever has been
 * luckiest, so that any of the field may come to be tested against any other: each test is made at the false-positive rate
 * divided by the number of ordered pairs and of heats (Bonferroni). Only heats that both ran are compared.
 *
 * Throws RangeError where there is no candidate, no score to compare, or no number of heats that can be tested exactly.
 */
export async function race(problem: Problem, genes: Uint32Array, options: RaceOptions): Promise<Race> {
  const { heats, replications = 1, unjudged = 5, falsePositives = 0.05, signal } = options;
  const shape = shapeOf(problem);
  const count = genes.length / shape.variables;
  if (count < 1) throw new RangeError('there are no candidates to race');
  if (!(heats >= 1 && heats <= 50 && replications >= 1))
    throw new RangeError(
      `${heats} heats of ${replications} replications are no race: it takes 1 to 50 heats`,
    );
  if (!options.score && shape.objectives !== 1)
    throw new RangeError(`${shape.objectives} objectives cannot be raced without a score`);
  const tests = Math.max(count * (count - 1), 1) * Math.max(heats - unjudged + 1, 1);
  const runners = Array.from({ length: count }, (_, index) => ({ index, scores: [] as number[] }));
  let field = runners;
  let dropped: Runner[] = [];
  let evaluations = 0;
  for (let heat = 0; heat < heats; heat++) {
    const block = {
      index: heat,
      first: heat * replications,
      count: replications,
      purpose: 'choice',
    } as const;
    const running = genesOf(field, genes, shape.variables);
    const scored = evaluated(shape, running, await problem.evaluate(running, block, signal));
    const { values, violation } = fitnessOf(scored, 0);
    for (const [i, { scores }] of field.entries()) {
      const row = values.subarray(i * shape.objectives, (i + 1) * shape.objectives);
      scores.push(violation[i] > 0 ? Number.POSITIVE_INFINITY : (options.score?.(row) ?? row[0]));
    }
    evaluations += field.length * replications;
    if (heat + 1 < unjudged) continue;
    const [leader, ...others] = byMean(field);
    const worse = others.filter((runner) => excessPValue(runner, leader) <= falsePositives / tests);
    dropped = [...worse, ...dropped];
    field = field.filter((runner) => !worse.includes(runner));
  }
  return { ranking: [...byMean(field), ...dropped], finished: field.length, evaluations };
}

function genesOf(field: readonly Runner[], genes: Uint32Array, width: number): Uint32Array {
  const running = new Uint32Array(field.length * width);
  for (const [i, { index }] of field.entries())
    running.set(genes.subarray(index * width, (index + 1) * width), i * width);
  return running;
}

/** Runners by their mean score; ties by index. */
function byMean<R extends Runner>(field: readonly R[]): R[] {
  const mean = ({ scores }: Runner) => scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const means = new Map(field.map((runner) => [runner, mean(runner)]));
  return [...field].sort((a, b) => {
    const [x, y] = [means.get(a)!, means.get(b)!];
    return x < y ? -1 : x > y ? 1 : a.index - b.index;
  });
}

/** How likely a runner would lag the leader as clearly as it does, were it as good. */
function excessPValue({ scores }: Runner, leader: Runner): number {
  return signedRankPValue(
    scores.map((score, heat) => (score === leader.scores[heat] ? 0 : score - leader.scores[heat])),
  );
}
