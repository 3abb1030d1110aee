import { HIGH, LOW, Random, rastrigin, uniform } from './random';

/** Crossover and mutation as in the library: probability, and distribution indices. */
const CROSSOVER = 0.9;
const CROSSOVER_EXPONENT = 1 / 16;
const MUTATION_EXPONENT = 1 / 21;

/**
 * The genetic algorithm in plain JavaScript, on typed arrays and with the engine's own mathematics: tournaments, simulated
 * binary crossover, polynomial mutation, the better half of parents and children. Advances by a generation a call.
 */
export function geneticTwin(population: number, width: number, seed: number): () => number {
  const random = new Random(seed);
  let values = uniform(random, population * width);
  let fitness = Float64Array.from({ length: population }, (_, row) => rastrigin(values, row, width));
  const children = new Float64Array(population * width);
  const tournament = () => Math.min(random.below(population), random.below(population));
  return () => {
    const both = new Float64Array(2 * population);
    both.set(fitness);
    for (let child = 0; child < population; child++) {
      const first = tournament() * width;
      const second = tournament() * width;
      const crosses = random.next() < CROSSOVER;
      for (let i = 0; i < width; i++) {
        const a = values[first + i];
        let value = crosses && random.next() < 0.5 ? crossed(random, a, values[second + i]) : a;
        if (random.next() * width < 1) value += polynomial(random) * (HIGH - LOW);
        children[child * width + i] = Math.min(Math.max(value, LOW), HIGH);
      }
      both[population + child] = rastrigin(children, child, width);
    }
    const order = Uint32Array.from(both.keys()).sort((a, b) => both[a] - both[b]);
    const next = new Float64Array(population * width);
    for (let row = 0; row < population; row++) {
      const from = order[row] < population ? values : children;
      const at = (order[row] % population) * width;
      for (let i = 0; i < width; i++) next[row * width + i] = from[at + i];
    }
    values = next;
    fitness = Float64Array.from({ length: population }, (_, row) => both[order[row]]);
    return fitness[0];
  };
}

function crossed(random: Random, a: number, b: number): number {
  const u = random.next();
  const beta = u < 0.5 ? (2 * u) ** CROSSOVER_EXPONENT : (1 / (2 - 2 * u)) ** CROSSOVER_EXPONENT;
  const sign = random.next() < 0.5 ? 1 : -1;
  return 0.5 * (a + b + sign * beta * (a - b));
}

function polynomial(random: Random): number {
  const u = random.next();
  return u < 0.5 ? (2 * u) ** MUTATION_EXPONENT - 1 : 1 - (2 - 2 * u) ** MUTATION_EXPONENT;
}
