import type { EpisodeBlock } from '../../problem';
import type { Scenario } from '../scenario';
import type { EpisodeRunner } from './episodes';
import { type HealthyLimit, healthyLimit } from './limits';

/** Where policies of one scenario meet the same episodes and are held to the same limits. */
export interface Arena {
  readonly runner: EpisodeRunner;
  readonly scenario: Scenario;
  /** What healthy traffic a policy may spoil on a block; measured once for each block. */
  limitOn(block: EpisodeBlock, signal?: AbortSignal): Promise<HealthyLimit>;
}

export function openArena(runner: EpisodeRunner, scenario: Scenario): Arena {
  const limits = new Map<string, Promise<HealthyLimit>>();
  return {
    runner,
    scenario,
    limitOn(block, signal) {
      const key = `${block.purpose} ${block.first} ${block.count}`;
      const known = limits.get(key);
      if (known) return known;
      const limit = healthyLimit(runner, scenario, block, signal);
      // An aborted measurement must not fail the next one.
      limit.catch(() => limits.delete(key));
      limits.set(key, limit);
      return limit;
    },
  };
}
