/** How children differ from their parents. Probabilities from 0 to 1. */
export interface VariationSettings {
  /** That a child is crossed at all. */
  readonly crossoverProbability: number;
  /** Distribution index of simulated binary crossover. */
  readonly crossoverIndex: number;
  /** That a gene mutates. */
  readonly mutationProbability: number;
  /** Distribution index of polynomial mutation. */
  readonly mutationIndex: number;
}
