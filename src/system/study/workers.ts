import type { Engine } from '../../gpu';
import type { EpisodeBlock } from '../../problem';
import {
  type Estimate,
  meanAndVariance,
  NON_INFERIORITY_MARGIN,
  pairedDifference,
  type Samples,
} from '../measure';
import type { FaultKind, Scenario } from '../scenario';
import { CAPACITIES } from '../scenario/capacities';
import { openSimulator } from '../simulate';
import { openArena } from './arena';
import { type Contestant, type Tested, testAll } from './table';

/** Under these the assumed number of workers matters most. */
const KINDS: ReadonlySet<FaultKind> = new Set(['overload', 'attack-flood']);

/** Multiples of the assumed workers at which results are shown. */
export const WORKER_FACTORS = [0.5, 1, 2] as const;

/** Policies under overload and attack, were the assumed capacity another. */
export interface WorkerSensitivity {
  /** The faults in question. */
  readonly faults: readonly string[];
  readonly scales: readonly WorkerScale[];
}

export interface WorkerScale {
  /** Of the assumed workers of each replica. */
  readonly factor: number;
  readonly rows: readonly WorkerRow[];
  /**
   * Whether the choice's downtime from all faults, these taken at this number of workers and the others as assumed, is
   * no higher than the best profile's: the upper 95 % limit of the paired difference is within 2 % of the profile's.
   */
  readonly holds: boolean;
}

export interface WorkerRow {
  readonly rowId: string;
  /** [fault] */
  readonly downtimeMinPerYear: readonly Estimate[];
  readonly badShare: readonly Estimate[];
}

/** What is compared at each number of workers. */
export interface SensitivityQuestion {
  readonly engine: Engine;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly block: EpisodeBlock;
  /** As tested with the assumed workers. */
  readonly table: readonly Tested[];
  readonly contestants: readonly Contestant[];
  /** Ids of the choice and of the profile that it is held against. */
  readonly choice: string;
  readonly bestProfile: string;
}

/**
 * Tests the contestants of the short table at half and twice the assumed workers, under overload and attack, on the same
 * replications. Nothing where no capacity is assumed, or there is no such fault.
 */
export async function workerSensitivity(
  question: SensitivityQuestion,
  signal?: AbortSignal,
): Promise<WorkerSensitivity> {
  const { engine, scenario, seed, block, table, choice, bestProfile } = question;
  const faults = scenario.faults.filter(({ kind }) => KINDS.has(kind));
  const assumed = scenario.services.some(({ workersAssumed }) => workersAssumed);
  if (faults.length === 0 || !assumed) return { faults: [], scales: [] };
  const compared = question.contestants.filter(
    ({ id, headline }) => headline || id === choice || id === bestProfile,
  );
  const all = (id: string) => find(table, id).assessed.samples.objectives.downtime;
  const assumedIndices = scenario.faults.flatMap(({ kind }, f) => (KINDS.has(kind) ? [f] : []));
  const scales: WorkerScale[] = [];
  for (const factor of WORKER_FACTORS) {
    const scaled = { ...withWorkers(scenario, factor), faults };
    const tested =
      factor === 1
        ? compared.map(({ id }) => find(table, id))
        : await testAll(
            openArena(await openSimulator(engine, scaled, { seed }), scaled),
            compared,
            block,
            signal,
          );
    const indices = factor === 1 ? assumedIndices : faults.map((_, f) => f);
    const downtime = (id: string) => {
      const before = downtimeOf(find(table, id).assessed.samples, assumedIndices);
      const after = downtimeOf(find(tested, id).assessed.samples, indices);
      return all(id).map((total, r) => total - before[r] + after[r]);
    };
    const rival = downtime(bestProfile);
    const margin = NON_INFERIORITY_MARGIN * Math.abs(meanAndVariance(rival).mean);
    scales.push({
      factor,
      rows: tested.map(({ row }) => ({
        rowId: row.id,
        downtimeMinPerYear: indices.map((f) => row.perFault[f].downtimeMinPerYear),
        badShare: indices.map((f) => row.perFault[f].badShare),
      })),
      holds: pairedDifference(downtime(choice), rival).upper <= margin,
    });
  }
  return { faults: faults.map(({ name }) => name), scales };
}

/** The scenario with other capacities where they are assumed; at least one worker a replica. */
export function withWorkers(scenario: Scenario, factor: number): Scenario {
  return {
    ...scenario,
    services: scenario.services.map((service) =>
      service.workersAssumed
        ? {
            ...service,
            workers: Math.min(
              CAPACITIES.workersPerReplica,
              Math.max(1, Math.round(service.workers * factor)),
            ),
          }
        : service,
    ),
  };
}

/** Minutes a year from some faults together, a sample for each replication. */
function downtimeOf({ faults, healthyBadShare }: Samples, indices: readonly number[]): number[] {
  return healthyBadShare.map((_, r) => indices.reduce((sum, f) => sum + faults[f].downtimeMinPerYear[r], 0));
}

function find(tested: readonly Tested[], id: string): Tested {
  return tested.find(({ row }) => row.id === id)!;
}
