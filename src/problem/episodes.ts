import { deriveKey, seedKey, type Words } from '../math';
import type { EpisodeBlock } from './types';

const PURPOSES: readonly EpisodeBlock['purpose'][] = ['search', 'choice', 'test'];

/** The words that a replication's random numbers are keyed by: of its purpose and number, whoever the candidate is. */
export function episodeSeed(seed: number, purpose: EpisodeBlock['purpose'], replication: number): Words {
  return deriveKey(seedKey(seed), PURPOSES.indexOf(purpose), replication);
}
