/** What each contestant is asked for: a search with one budget, by evaluations or by time. */
export interface Task {
  readonly problem: 'zdt1' | 'zdt4' | 'dtlz2' | 'rosenbrock' | 'rastrigin';
  readonly algorithm: 'nsga2' | 'cmaes' | 'de';
  readonly population: number;
  readonly evaluations?: number;
  readonly seconds?: number;
  readonly seed: number;
}

/**
 * What a run of the task came to, once it had run on another seed: what compiles while it runs had compiled then. How long that
 * first run took stands beside it. `front` [point][objective] where there are several objectives, `best` where there is one.
 */
export interface Found {
  readonly seconds: number;
  readonly firstSeconds: number;
  readonly evaluations: number;
  readonly front?: readonly (readonly number[])[];
  readonly best?: number;
}

/** A problem with both its budgets, and who takes part beside us. */
export interface Contest {
  readonly task: Omit<Task, 'seed' | 'evaluations' | 'seconds'>;
  readonly evaluations: number;
  readonly seconds: number;
  readonly peers: readonly string[];
}

export const CONTESTS: readonly Contest[] = [
  {
    task: { problem: 'zdt1', algorithm: 'nsga2', population: 100 },
    evaluations: 25_000,
    seconds: 0.1,
    peers: ['pymoo', 'pygmo', 'deap'],
  },
  {
    task: { problem: 'zdt4', algorithm: 'nsga2', population: 100 },
    evaluations: 25_000,
    seconds: 0.2,
    peers: ['pymoo', 'pygmo', 'deap'],
  },
  {
    task: { problem: 'dtlz2', algorithm: 'nsga2', population: 100 },
    evaluations: 50_000,
    seconds: 0.2,
    peers: ['pymoo', 'pygmo', 'deap'],
  },
  {
    task: { problem: 'rosenbrock', algorithm: 'cmaes', population: 10 },
    evaluations: 10_000,
    seconds: 0.2,
    peers: ['cma', 'pygmo', 'evosax', 'deap'],
  },
  {
    task: { problem: 'rastrigin', algorithm: 'de', population: 180 },
    evaluations: 100_000,
    seconds: 0.2,
    peers: ['pymoo', 'pygmo', 'evosax'],
  },
];
