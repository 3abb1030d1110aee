import { deriveKey, seedKey, threefry2x32 } from '../../math';
import type { EpisodeBlock, Problem, Scores } from '../../problem';
import { decode, defineSpace, type Space } from '../../space';

/** A problem from a function of one candidate's values; NaN and violations pass through. */
export function problemOf(
  space: Space,
  objectives: number,
  score: (
    values: number[],
    episodes: EpisodeBlock,
  ) => { objectives: number[]; violations?: number[]; variance?: number[] },
  constraints = 0,
): Problem {
  return {
    space,
    objectives: Array.from({ length: objectives }, (_, i) => `f${i + 1}`),
    constraints: Array.from({ length: constraints }, (_, i) => `g${i + 1}`),
    async evaluate(genes, episodes): Promise<Scores> {
      const count = genes.length / space.variables.length;
      const rows = Array.from({ length: count }, (_, i) => score(decode(space, genes, i), episodes));
      return {
        objectives: Float64Array.from(rows.flatMap((row) => row.objectives)),
        violations: Float64Array.from(rows.flatMap((row) => row.violations ?? [])),
        samples: new Float64Array(count).fill(episodes.count),
        variance: Float64Array.from(
          rows.flatMap((row) => row.variance ?? new Array<number>(objectives).fill(0)),
        ),
      };
    },
  };
}

/** `variables` floats from 0 to 1. */
export function unitCube(variables: number): Space {
  return defineSpace(
    Array.from({ length: variables }, (_, i) => ({
      name: `x${i + 1}`,
      type: 'float' as const,
      min: 0,
      max: 1,
      scale: 'linear' as const,
    })),
  );
}

/**
 * ZDT1 and ZDT2: Zitzler, Deb and Thiele, Evolutionary Computation 8 (2000). Convex and concave fronts at g =
 * 1.
 */
export function zdt(which: 1 | 2, variables: number): Problem {
  return problemOf(unitCube(variables), 2, ([x, ...rest]) => {
    const g = 1 + (9 * rest.reduce((sum, value) => sum + value, 0)) / rest.length;
    const ratio = x / g;
    return { objectives: [x, g * (1 - (which === 1 ? Math.sqrt(ratio) : ratio * ratio))] };
  });
}

/**
 * DTLZ2 with three objectives (Deb, Thiele, Laumanns, Zitzler 2002), an eighth of a sphere at g = 0. Angles
 * enter by the rational parametrisation of the circle, so that no sine is needed.
 */
export function sphere(variables: number): Problem {
  return problemOf(unitCube(variables), 3, ([s, t, ...rest]) => {
    const radius = 1 + rest.reduce((sum, value) => sum + (value - 0.5) * (value - 0.5), 0);
    const circle = (u: number) => [(1 - u * u) / (1 + u * u), (2 * u) / (1 + u * u)];
    const [cosS, sinS] = circle(s);
    const [cosT, sinT] = circle(t);
    return { objectives: [radius * cosS * cosT, radius * cosS * sinT, radius * sinS] };
  });
}

/** Uniform noise from -1 to 1, the same for all candidates in one replication: common random numbers. */
export function noise(replication: number, stream: number): number {
  return threefry2x32(deriveKey(seedKey(99), stream), [replication, 0])[0] / 2 ** 31 - 1;
}
