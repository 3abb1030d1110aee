import type { EpisodeBlock } from '../../problem';
import { RecordReader } from '../measure';
import { type ResolvedPolicy, resolvePolicy } from '../policy';
import type { Policy, Scenario } from '../scenario';
import type { Episode, EpisodeRecords } from '../simulate/records';

/** What the study needs of a simulator. */
export interface EpisodeRunner {
  simulate(
    policies: readonly ResolvedPolicy[],
    episodes: readonly Episode[],
    options?: { signal?: AbortSignal },
  ): Promise<EpisodeRecords>;
}

/** Search, choice and final test draw from streams of their own: none sees another's episodes. */
const FIRST_REPLICATION = { search: 0, choice: 1_000_000, test: 2_000_000 } as const;

/** The first `count` replications of a purpose. */
export function blockOf(purpose: EpisodeBlock['purpose'], count: number): EpisodeBlock {
  return { index: 0, first: 0, count, purpose };
}

/** The control and every given fault (indices), for each replication of the block. */
export function episodesOf(block: EpisodeBlock, faults: readonly number[]): Episode[] {
  return Array.from(
    { length: block.count },
    (_, i) => FIRST_REPLICATION[block.purpose] + block.first + i,
  ).flatMap((replication) => [-1, ...faults].map((fault) => ({ fault, replication })));
}

/** Rows (policy, episode) whose records are held at once: about 80 MB. */
const ROWS_AT_ONCE = 16_384;

/**
 * Lets every policy meet every episode, a bounded number of rows at a time, and maps each policy's records.
 * @param visit gets the records' reader and the policy's index in it
 */
export async function mapPolicies<T>(
  runner: EpisodeRunner,
  scenario: Scenario,
  policies: readonly Policy[],
  episodes: readonly Episode[],
  visit: (resolved: ResolvedPolicy, reader: RecordReader, index: number) => T,
  signal?: AbortSignal,
): Promise<T[]> {
  const atOnce = Math.max(1, Math.floor(ROWS_AT_ONCE / episodes.length));
  const results: T[] = [];
  for (let first = 0; first < policies.length; first += atOnce) {
    const resolved = policies.slice(first, first + atOnce).map((policy) => resolvePolicy(scenario, policy));
    const reader = new RecordReader(await runner.simulate(resolved, episodes, { signal }));
    resolved.forEach((policy, index) => results.push(visit(policy, reader, index)));
  }
  return results;
}

/** Indices of all faults. */
export function allFaults(scenario: Scenario): number[] {
  return scenario.faults.map((_, fault) => fault);
}
