import { checkScores, joinScores, type Problem, type Scores, zeroScores } from '../problem';

/** Widths of a population's rows. */
export interface Shape {
  readonly variables: number;
  readonly objectives: number;
  readonly constraints: number;
}

/** Evaluated candidates: genes and scores, row after row. Never changed once made; arrays may be parts of larger buffers. */
export interface Population extends Scores {
  readonly shape: Shape;
  readonly count: number;
  readonly genes: Uint32Array;
}

/** Scores of so many candidates. */
export type Scored = Omit<Population, 'genes'>;

/** Indices of rows, in the order wanted. */
export type Rows = readonly number[] | Uint32Array;

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
  checkScores(scores, count, shape);
  const { objectives, violations, samples, variance } = scores;
  return { shape, count, genes, objectives, violations, samples, variance };
}

export function emptyPopulation(shape: Shape): Population {
  return evaluated(shape, new Uint32Array(), noScores());
}

export function noScores(): Scores {
  const none = new Float64Array();
  return { objectives: none, violations: none, samples: none, variance: none };
}

/** The rows with these indices, in their order, of a population and of the one that follows it. */
export function take(population: Population, rows: Rows, next?: Population): Population {
  const { shape, genes } = population;
  return {
    shape,
    count: rows.length,
    genes: takeGenes(genes, rows, shape, next?.genes),
    ...takeScores(population, rows, shape, next),
  };
}

/** Genes of the rows with these indices, in their order; `next` holds those behind the last. */
export function takeGenes(
  genes: Uint32Array,
  rows: Rows,
  { variables }: Shape,
  next?: Uint32Array,
): Uint32Array {
  return copyRows(genes, rows, variables, new Uint32Array(rows.length * variables), next);
}

/** The scores of the rows with these indices, in their order; `next` holds those behind the last. */
export function takeScores(scores: Scores, rows: Rows, shape: Shape, next?: Scores): Scores {
  const taken = zeroScores(rows.length, shape);
  copyRows(scores.objectives, rows, shape.objectives, taken.objectives, next?.objectives);
  copyRows(scores.violations, rows, shape.constraints, taken.violations, next?.violations);
  copyRows(scores.samples, rows, 1, taken.samples, next?.samples);
  copyRows(scores.variance, rows, shape.objectives, taken.variance, next?.variance);
  return taken;
}

/** One population after another; at least one. */
export function join(parts: readonly Population[]): Population {
  const { shape } = parts[0];
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const genes = new Uint32Array(count * shape.variables);
  let at = 0;
  for (const part of parts) {
    genes.set(part.genes, at);
    at += part.genes.length;
  }
  const { objectives, violations, samples, variance } = joinScores(parts);
  return { shape, count, genes, objectives, violations, samples, variance };
}

export function joinGenes(a: Uint32Array, b: Uint32Array): Uint32Array {
  const joined = new Uint32Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/** Copies rows, neighbours at once; `next` holds those behind the last of `from`. */
function copyRows<T extends Uint32Array | Float64Array>(
  from: T,
  rows: Rows,
  width: number,
  into: T,
  next?: T,
): T {
  if (width === 0) return into;
  const split = next ? from.length / width : Number.POSITIVE_INFINITY;
  for (let row = 0; row < rows.length; ) {
    const first = rows[row];
    const start = row++;
    while (row < rows.length && rows[row] === rows[row - 1] + 1 && rows[row] !== split) row++;
    const length = (row - start) * width;
    if (first < split) copy(from, first * width, into, start * width, length);
    else copy(next!, (first - split) * width, into, start * width, length);
  }
  return into;
}

/** From this many elements on, setting up a block copy takes less time than it spares. */
const BLOCK = 64;

function copy<T extends Uint32Array | Float64Array>(
  from: T,
  first: number,
  into: T,
  to: number,
  length: number,
): void {
  if (length >= BLOCK) {
    into.set(from.subarray(first, first + length), to);
    return;
  }
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    into[to + i] = from[first + i];
    into[to + i + 1] = from[first + i + 1];
    into[to + i + 2] = from[first + i + 2];
    into[to + i + 3] = from[first + i + 3];
  }
  for (; i < length; i++) into[to + i] = from[first + i];
}
