import type { Problem, Scores } from '../problem';

/** Widths of a population's rows. */
export interface Shape {
  readonly variables: number;
  readonly objectives: number;
  readonly constraints: number;
}

/** Evaluated candidates: genes and scores, row after row. */
export interface Population extends Scores {
  readonly shape: Shape;
  readonly count: number;
  readonly genes: Uint32Array;
}

export function shapeOf({ space, objectives, constraints }: Problem): Shape {
  return {
    variables: space.variables.length,
    objectives: objectives.length,
    constraints: constraints.length,
  };
}

/** Genes with their scores. Throws where an evaluator returned rows of the wrong number. */
export function evaluated(shape: Shape, genes: Uint32Array, scores: Scores): Population {
  const count = genes.length / shape.variables;
  const expected: [Exclude<keyof Scores, 'notFinite'>, number][] = [
    ['objectives', count * shape.objectives],
    ['violations', count * shape.constraints],
    ['samples', count],
    ['variance', count * shape.objectives],
  ];
  for (const [name, length] of expected) {
    if (scores[name].length !== length) {
      throw new RangeError(
        `evaluate returned ${scores[name].length} ${name} for ${count} candidates, not ${length}`,
      );
    }
  }
  const { objectives, violations, samples, variance } = scores;
  return { shape, count, genes, objectives, violations, samples, variance };
}

export function emptyPopulation(shape: Shape): Population {
  const none = new Float64Array();
  return evaluated(shape, new Uint32Array(), {
    objectives: none,
    violations: none,
    samples: none,
    variance: none,
  });
}

/** The rows with these indices, in their order. */
export function take(population: Population, indices: readonly number[]): Population {
  const { shape } = population;
  const rows = <T extends Uint32Array | Float64Array>(from: T, into: T, width: number): T => {
    for (const [row, index] of indices.entries()) {
      into.set(from.subarray(index * width, (index + 1) * width), row * width);
    }
    return into;
  };
  const floats = (from: Float64Array, width: number) =>
    rows(from, new Float64Array(indices.length * width), width);
  return {
    shape,
    count: indices.length,
    genes: rows(population.genes, new Uint32Array(indices.length * shape.variables), shape.variables),
    objectives: floats(population.objectives, shape.objectives),
    violations: floats(population.violations, shape.constraints),
    samples: floats(population.samples, 1),
    variance: floats(population.variance, shape.objectives),
  };
}

/** One population after the other. */
export function join(a: Population, b: Population): Population {
  const floats = (x: Float64Array, y: Float64Array) => append(x, y, new Float64Array(x.length + y.length));
  return {
    shape: a.shape,
    count: a.count + b.count,
    genes: joinGenes(a.genes, b.genes),
    objectives: floats(a.objectives, b.objectives),
    violations: floats(a.violations, b.violations),
    samples: floats(a.samples, b.samples),
    variance: floats(a.variance, b.variance),
  };
}

export function joinGenes(a: Uint32Array, b: Uint32Array): Uint32Array {
  return append(a, b, new Uint32Array(a.length + b.length));
}

function append<T extends Uint32Array | Float64Array>(a: T, b: T, into: T): T {
  into.set(a);
  into.set(b, a.length);
  return into;
}
