import type { Engine } from '../../gpu';
import { dominance, NON_INFERIORITY_MARGIN, type PairedDifference } from '../measure';
import { sizedProfiles } from '../policy';
import type { Objective, Policy, Scenario } from '../scenario';
import { openSimulator } from '../simulate';
import { openArena } from './arena';
import { objectiveSamples } from './assess';
import { blockOf } from './episodes';
import { EVOLVE_DEFAULTS } from './evolve';
import { OBJECTIVE_UNITS } from './result';
import { type Contestant, type Row, testAll } from './table';

/** Of the limits of paired differences. */
const CONFIDENCE = 0.95;

export interface CompareOptions {
  readonly seed?: number;
  /** Test replications. */
  readonly heldout?: number;
  readonly signal?: AbortSignal;
}

/** A policy brought to the comparison. */
export interface Candidate {
  readonly label: string;
  readonly policy: Policy;
}

/** How another policy stands beside the baseline on common replications. */
export interface Standing {
  readonly rowId: string;
  /** At least as good on every objective, within the margin, and better on one. */
  readonly dominates: boolean;
  /** The baseline is that beside it. */
  readonly dominated: boolean;
  /** Objectives on which it is better, or worse, with confidence. */
  readonly better: readonly string[];
  readonly worse: readonly string[];
  /** It minus the baseline. */
  readonly differences: readonly (PairedDifference & { readonly objective: string })[];
}

/** Policies side by side under the same faults. */
export interface CompareResult {
  readonly objectives: readonly { readonly name: Objective; readonly unit: string }[];
  readonly comparison: {
    readonly replications: number;
    readonly healthyRequests: number;
    readonly rows: readonly Row[];
  };
  /** What the standings are tested at: each by itself, both ways. */
  readonly test: {
    readonly confidence: number;
    /** How much worse still counts as no worse, as a share. */
    readonly margin: number;
    /** Limits of one standing that hold together (Bonferroni): one an objective and direction. */
    readonly comparisons: number;
  };
  /** Every row but the baseline's. */
  readonly standings: readonly Standing[];
}

/**
 * Measures a baseline beside every profile at every size, and other policies, on the same test episodes. Throws
 * RangeError for fewer than two replications.
 */
export async function compareScenario(
  engine: Engine,
  scenario: Scenario,
  baseline: Candidate,
  others: readonly Candidate[] = [],
  { seed = 1, heldout = EVOLVE_DEFAULTS.heldout, signal }: CompareOptions = {},
): Promise<CompareResult> {
  if (heldout < 2) throw new RangeError('an interval takes at least two replications');
  const contestants: Contestant[] = [
    { id: 'baseline', school: 'baseline', headline: true, ...baseline },
    ...others.map((other, i) => ({
      id: `other-${i + 1}`,
      school: 'baseline' as const,
      headline: true,
      ...other,
    })),
    ...sizedProfiles(scenario).map(({ id, label, school, policy }) => ({
      id,
      label,
      school,
      policy,
      headline: true,
    })),
  ];
  const simulator = await openSimulator(engine, scenario, { seed });
  const [own, ...rivals] = await testAll(
    openArena(simulator, scenario),
    contestants,
    blockOf('test', heldout),
    signal,
  );
  const ownSamples = objectiveSamples(scenario, own.assessed);
  const comparisons = 2 * scenario.objectives.length;
  return {
    objectives: scenario.objectives.map((name) => ({ name, unit: OBJECTIVE_UNITS[name] })),
    comparison: {
      replications: heldout,
      healthyRequests: own.assessed.samples.healthyRequests,
      rows: [own, ...rivals].map(({ row }) => row),
    },
    test: { confidence: CONFIDENCE, margin: NON_INFERIORITY_MARGIN, comparisons },
    standings: rivals.map(({ row, assessed }): Standing => {
      const samples = objectiveSamples(scenario, assessed);
      const forward = dominance(scenario.objectives, samples, ownSamples, comparisons);
      const backward = dominance(scenario.objectives, ownSamples, samples, comparisons);
      return {
        rowId: row.id,
        dominates: forward.nonInferior && forward.better.length > 0,
        dominated: backward.nonInferior && backward.better.length > 0,
        better: forward.better,
        worse: backward.better,
        differences: forward.differences,
      };
    }),
  };
}
