import type { Domain, Interval, SwarmAlgorithm } from '../worker/api';

/** A fitness of the visitor's own, and how its lowest point is searched for. */
export interface FitnessSettings {
  readonly wgsl: string;
  readonly algorithm: SwarmAlgorithm;
  readonly domain: Domain;
}

export const ALGORITHMS: Readonly<Record<SwarmAlgorithm, string>> = {
  cmaes: 'CMA-ES',
  lshade: 'L-SHADE',
  genetic: 'Genetic algorithm',
  random: 'Random search',
};

/** What ends of a domain may be; it is at least so wide. */
export const REACH = 1_000_000;
export const LEAST_WIDTH = 0.001;

/** A link longer than that is passed on by nobody. */
const LONGEST_TEXT = 8_000;

export function writeFitness(fitness: FitnessSettings): string {
  return JSON.stringify(fitness);
}

/** undefined for what `writeFitness` never writes. */
export function readFitness(text: string): FitnessSettings | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { wgsl, algorithm, domain } = parsed as Partial<FitnessSettings>;
  const makesSense =
    typeof wgsl === 'string' &&
    wgsl.length <= LONGEST_TEXT &&
    Object.hasOwn(ALGORITHMS, String(algorithm)) &&
    isInterval(domain?.x) &&
    isInterval(domain?.y);
  return makesSense ? { wgsl, algorithm: algorithm!, domain: { x: domain!.x, y: domain!.y } } : undefined;
}

function isInterval(ends: unknown): ends is Interval {
  return (
    Array.isArray(ends) &&
    ends.length === 2 &&
    ends.every((end) => typeof end === 'number' && Math.abs(end) <= REACH) &&
    ends[1] - ends[0] >= LEAST_WIDTH
  );
}
