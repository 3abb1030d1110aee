import { decode, type Space } from '../space';
import { episodeSeed } from './episodes';
import { momentsOf } from './moments';
import type { EpisodeBlock, Problem } from './types';

/** What a fitness function returns: one number to minimise, or objectives and violations in the order of their names. */
export type Outcome =
  | number
  | { readonly objectives: readonly number[]; readonly violations?: readonly number[] };

/** A replication, as a fitness function meets it. */
export interface FunctionEpisode {
  readonly block: number;
  readonly replication: number;
  /** Two u32 that random numbers may be keyed by; the same for every candidate. */
  readonly seed: readonly [number, number];
}

/** A problem whose fitness is a JavaScript function. */
export interface FunctionProblemOptions {
  readonly name?: string;
  readonly space: Space;
  /** Default: one, `value`. */
  readonly objectives?: readonly string[];
  readonly constraints?: readonly string[];
  /** Whether replications differ. Else each candidate is evaluated once. */
  readonly noisy?: boolean;
  /** Seed of the replications' streams. Default 1. */
  readonly seed?: number;
  /** Values by variable name: numbers, a category's own value, a switch's boolean. NaN or infinity: infeasible. */
  evaluate(
    values: Record<string, number | string | boolean>,
    episode: FunctionEpisode,
  ): Outcome | Promise<Outcome>;
}

/**
 * A problem whose fitness is a function in JavaScript. Slower than WGSL by the whole of a GPU, and as exact as the
 * function is. Throws `RangeError` where it returns a wrong number of objectives or violations.
 */
export function functionProblem(options: FunctionProblemOptions): Problem {
  const { name, space, objectives = ['value'], constraints = [], noisy = false, seed = 1 } = options;
  const widths = { objectives: objectives.length, constraints: constraints.length };

  async function evaluate(genes: Uint32Array, episodes: EpisodeBlock, signal?: AbortSignal) {
    const count = genes.length / space.variables.length;
    const replications = noisy ? episodes.count : 1;
    const samples: number[] = [];
    for (let candidate = 0; candidate < count; candidate++) {
      signal?.throwIfAborted();
      const values = namedValues(space, genes, candidate);
      for (let i = 0; i < replications; i++) {
        const replication = episodes.first + i;
        const episode = {
          block: episodes.index,
          replication,
          seed: episodeSeed(seed, episodes.purpose, replication),
        };
        samples.push(...row(await options.evaluate(values, episode), widths));
      }
    }
    return momentsOf(Float64Array.from(samples), replications, widths);
  }

  return { name, space, objectives, constraints, precision: 'exact', noisy, evaluate };
}

function namedValues(
  space: Space,
  genes: Uint32Array,
  candidate: number,
): Record<string, number | string | boolean> {
  const decoded = decode(space, genes, candidate);
  return Object.fromEntries(
    space.variables.map((variable, i) => {
      if (variable.type === 'category') return [variable.name, variable.values[decoded[i]]];
      return [variable.name, variable.type === 'switch' ? decoded[i] === 1 : decoded[i]];
    }),
  );
}

function row(outcome: Outcome, widths: { objectives: number; constraints: number }): number[] {
  const { objectives, violations = [] } = typeof outcome === 'number' ? { objectives: [outcome] } : outcome;
  if (objectives.length !== widths.objectives || violations.length !== widths.constraints) {
    throw new RangeError(
      `the fitness function returned ${objectives.length} objectives and ${violations.length} violations, ` +
        `not ${widths.objectives} and ${widths.constraints}`,
    );
  }
  return [...objectives, ...violations];
}
