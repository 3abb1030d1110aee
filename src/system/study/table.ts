import type { EpisodeBlock } from '../../problem';
import { type FaultMeasures, type Measures, measure, sampleMeasures } from '../measure';
import type { School } from '../policy';
import type { Policy } from '../scenario';
import { LATENCY_BINS } from '../simulate/histogram';
import type { Arena } from './arena';
import { type Assessed, assessed } from './assess';
import { allFaults, episodesOf, mapPolicies } from './episodes';

/** A policy that stands in a comparison. */
export interface Contestant {
  readonly id: string;
  readonly label: string;
  readonly school: School | 'random' | 'genetic' | 'baseline';
  readonly policy: Policy;
  /** Belongs in the short table. */
  readonly headline: boolean;
}

/** A row of the comparison. */
export interface Row extends Omit<Contestant, 'policy'> {
  readonly measures: Measures;
  readonly perFault: readonly FaultMeasures[];
}

/** A contestant after the test. */
export interface Tested {
  readonly row: Row;
  readonly assessed: Assessed;
}

/** Measures every contestant on the same episodes, control and all faults. */
export async function testAll(
  arena: Arena,
  contestants: readonly Contestant[],
  block: EpisodeBlock,
  signal?: AbortSignal,
): Promise<Tested[]> {
  const { runner, scenario } = arena;
  const limit = await arena.limitOn(block, signal);
  const measured = await mapPolicies(
    runner,
    scenario,
    contestants.map(({ policy }) => policy),
    episodesOf(block, allFaults(scenario)),
    (resolved, reader, index) => {
      const samples = sampleMeasures(scenario, resolved, reader, index);
      return { samples, ...measure(scenario, resolved, reader, index, samples, LATENCY_BINS) };
    },
    signal,
  );
  return measured.map(({ samples, measures, perFault }, i) => {
    const { policy, ...head } = contestants[i];
    return { row: { ...head, measures, perFault }, assessed: assessed(scenario, policy, samples, limit) };
  });
}
