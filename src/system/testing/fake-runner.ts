import { type ResolvedPolicy, wordIndex } from '../policy';
import type { Scenario } from '../scenario';
import type { Episode } from '../simulate/records';
import type { EpisodeRunner } from '../study';
import { type EpisodeSketch, recordsOf } from './records';

/** Requests offered in each window. */
const OFFERED = 1000;

/** What a policy does in an episode: bad requests of each window, out of 1000. */
export type Behaviour = (policy: {
  /** The resolved value of a field at a service or edge. */
  readonly value: (field: Parameters<typeof wordIndex>[1], owner: number) => number;
  readonly episode: Episode;
}) => { bad: number; attempts?: number; overflow?: number };

/** A simulator that knows the answer: it fills records from `behaviour`. */
export class FakeRunner implements EpisodeRunner {
  /** Policies times episodes asked for so far. */
  simulated = 0;
  readonly #scenario: Scenario;
  readonly #behaviour: Behaviour;

  constructor(scenario: Scenario, behaviour: Behaviour) {
    this.#scenario = scenario;
    this.#behaviour = behaviour;
  }

  async simulate(policies: readonly ResolvedPolicy[], episodes: readonly Episode[]) {
    this.simulated += policies.length * episodes.length;
    return recordsOf(policies.length, episodes, 1, (p, episode): EpisodeSketch => {
      const {
        bad,
        attempts = OFFERED,
        overflow = 0,
      } = this.#behaviour({
        value: (field, owner) => policies[p].words[wordIndex(this.#scenario, field, owner)],
        episode,
      });
      const window = { offered: OFFERED, good: OFFERED - bad, slow: bad, attempts };
      return { counts: { healthy: window, onset: window, steady: window, recovery: window }, overflow };
    });
  }
}
