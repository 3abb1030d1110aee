import type { Standing } from '../algorithm';

/**
 * The function with its last result kept, for what an algorithm needs twice in a generation: to propose and to learn.
 * It must be a pure function of its arguments.
 */
export function remembered<Memory extends object, Result>(
  find: (standing: Standing, memory: Memory) => Result,
): (standing: Standing, memory: Memory) => Result {
  let last: { memory: Memory; generation: number; seed: string; result: Result } | undefined;
  return (standing, memory) => {
    const { generation } = standing;
    const seed = standing.seed.join();
    if (last?.memory !== memory || last.generation !== generation || last.seed !== seed)
      last = { memory, generation, seed, result: find(standing, memory) };
    return last.result;
  };
}
