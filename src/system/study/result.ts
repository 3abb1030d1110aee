import type { LoggedUpdate } from '../../optimize';
import type { Bootstrapped, PairedDifference } from '../measure';
import type { Objective, Policy } from '../scenario';
import type { FrontVolumes } from './fronts';
import type { Row } from './table';
import type { WorkerSensitivity } from './workers';

/**
 * What an evolution found: plain data, the same for the same scenario, seed and number of generations on every engine.
 * No timings and no names of machines are in it.
 */
export interface EvolveResult {
  readonly search: {
    readonly seed: number;
    /** Generations that ran: with the seed and the updates, they remake the result. */
    readonly generations: number;
    readonly population: number;
    /** Candidates evaluated by evolution; random search had as many. */
    readonly evaluations: number;
    /** Variables of the search space. */
    readonly knobs: number;
    /** Replications in one block of search episodes. */
    readonly replications: number;
    /** Replications on which all that the search left were compared; finalists met twice as many more. */
    readonly choiceReplications: number;
    readonly updates: readonly LoggedUpdate[];
  };
  readonly objectives: readonly { readonly name: Objective; readonly unit: string }[];
  /** Every contestant on the same test episodes, which neither search nor choice ever saw. */
  readonly comparison: {
    readonly replications: number;
    /** Requests without a fault, of one policy. */
    readonly healthyRequests: number;
    readonly rows: readonly Row[];
  };
  /** Survivors that no other survivor dominates, with their means on the episodes of the choice. */
  readonly front: readonly FrontMember[];
  readonly randomFront: readonly FrontMember[];
  readonly profilePoints: readonly { readonly rowId: string; readonly objectives: readonly number[] }[];
  readonly convergence: readonly ConvergencePoint[];
  /** Of both fronts, on the first of the test replications. */
  readonly hypervolume: FrontVolumes;
  /** For each profile at each size, the member of the front that was picked to dominate it, and the test of that. */
  readonly dominance: readonly DominanceRow[];
  readonly verdict: { readonly won: boolean; readonly sentences: readonly string[] };
  /** The smallest set of changes to the nearest profile that keeps most of the gain. */
  readonly changes: {
    /** Label of that profile. */
    readonly nearest: string;
    readonly list: readonly ChangeRow[];
    /** On the test episodes. */
    readonly gainKept: Bootstrapped | null;
  };
  /** Under overload and attack, were the assumed workers half or twice as many. */
  readonly workers: WorkerSensitivity;
  /** The genetic choice. */
  readonly choice: Policy;
  /** Policies to show side by side: nothing set, the nearest profile, the choice. */
  readonly columns: readonly { readonly label: string; readonly policy: Policy }[];
  readonly timelines: readonly TimelineRow[];
}

export interface FrontMember {
  /** In the order of `objectives`. */
  readonly objectives: readonly number[];
  readonly chosen: boolean;
  /** Knob (`field`, or `scope: field`) to value, as people write it. */
  readonly knobs: Readonly<Record<string, string | number | boolean>>;
}

/** How far both searches had come after a generation. */
export interface ConvergencePoint {
  readonly generation: number;
  readonly evaluations: number;
  /** Share of the box below the reference point that is dominated, on the generation's own episodes. */
  readonly hypervolume: number;
  readonly randomHypervolume: number;
}

export interface DominanceRow {
  /** The profile's row. */
  readonly rowId: string;
  /** Means of the member on the test episodes. */
  readonly objectives: readonly number[];
  /** Whether the chosen policy itself is that member. */
  readonly isChoice: boolean;
  readonly knobs: FrontMember['knobs'];
  /** Whether the member keeps within every limit on the test episodes. */
  readonly withinLimits: boolean;
  /** On the test episodes: every upper limit within the margin of the profile's mean. */
  readonly nonInferior: boolean;
  /** Objectives on which it is better with confidence. */
  readonly better: readonly string[];
  readonly differences: readonly (PairedDifference & { readonly objective: string })[];
}

export interface ChangeRow {
  readonly scope: string;
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** Traffic through one fault, over the first test replications: mean counts per bucket, in the order of time. */
export interface TimelineRow {
  readonly rowId: string;
  readonly fault: string;
  readonly bucketMs: number;
  readonly faultStartMs: number;
  readonly faultEndMs: number;
  readonly good: readonly number[];
  readonly slow: readonly number[];
  /** Never answered included. */
  readonly failed: readonly number[];
  /** null: no reply in the bucket. */
  readonly p50Ms: readonly (number | null)[];
  readonly p99Ms: readonly (number | null)[];
}

/** The unit of each objective, as it is printed. */
export const OBJECTIVE_UNITS: Readonly<Record<Objective, string>> = {
  downtime: 'min/year',
  'slow-share': 'share',
  cost: '$/month',
  attempts: 'per request',
  'attacker-loss': 'per attack request',
  unrecovered: 'share',
};
