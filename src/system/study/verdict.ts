import type { Objective, Scenario } from '../scenario';
import type { FrontVolumes } from './fronts';
import { OBJECTIVE_UNITS } from './result';
import type { Tested } from './table';
import type { WorkerSensitivity } from './workers';

/** What the verdict is drawn from. */
export interface Findings {
  readonly scenario: Scenario;
  readonly choice: Tested;
  /** The profile and size with the best trade-off, picked on the episodes of the choice. */
  readonly bestProfile: Tested;
  /** Labels of all profiles and sizes, and whether a member of the front was shown to dominate each. */
  readonly profiles: readonly { readonly label: string; readonly dominated: boolean }[];
  readonly hypervolume: FrontVolumes;
  readonly workers: WorkerSensitivity;
  readonly generations: number;
  readonly evaluations: number;
  readonly replications: number;
}

const BEYOND_LIMITS =
  'On the test episodes the choice does not keep within every limit: loosen the limits, widen the knobs or search longer.';

/** The outcome in words, the headline first. It says so when evolution did not win. */
export function verdict(findings: Findings): { won: boolean; sentences: string[] } {
  const { profiles, hypervolume } = findings;
  const undefeated = profiles.filter(({ dominated }) => !dominated);
  const beatsRandom = hypervolume.lead.low > 0;
  const keepsLimits = findings.choice.assessed.violation === 0;
  const won = undefeated.length === 0 && beatsRandom && keepsLimits;
  return {
    won,
    sentences: [
      headline(findings, undefeated.length === 0),
      ...(keepsLimits ? [] : [BEYOND_LIMITS]),
      domination(findings, undefeated),
      random(findings),
      ...unrecovered(findings),
      ...capacity(findings),
    ],
  };
}

function headline({ scenario, choice, bestProfile, generations }: Findings, beatsAll: boolean): string {
  const changes = scenario.objectives.map((name, k) =>
    changeOf(name, bestProfile.assessed.means[k], choice.assessed.means[k]),
  );
  const opening = beatsAll
    ? 'The genetic choice, beside'
    : `Evolution did not beat every profile in ${generations} ${generations === 1 ? 'generation' : 'generations'}. Its choice, beside`;
  return `${opening} ${bestProfile.row.label}: ${changes.join(', ')}.`;
}

function domination({ profiles, replications }: Findings, undefeated: readonly { label: string }[]): string {
  const test = `within the limits, non-inferior on every objective (within 2 %) and better on one, on ${replications} test replications that neither search nor choice saw (paired 95 % limits, Bonferroni over the objectives)`;
  if (undefeated.length === 0)
    return `For each of the ${profiles.length} profiles and sizes, a member of the front is ${test}.`;
  const names = undefeated.map(({ label }) => label).join('; ');
  return `For ${profiles.length - undefeated.length} of the ${profiles.length} profiles and sizes, a member of the front is ${test}. Not for: ${names}.`;
}

function random({ hypervolume, evaluations }: Findings): string {
  const { genetic, random, lead } = hypervolume;
  const figures = `on the test episodes the front dominates ${share(genetic.mean)} of the space of trade-offs (95 %: ${range(genetic)}) against ${share(random.mean)} (${range(random)})`;
  const outcome =
    lead.low > 0 ? 'was worse' : lead.high < 0 ? 'did better' : 'did as well, as far as this shows';
  return `Random search with the same ${evaluations} evaluations ${outcome}: ${figures}.`;
}

/** A choice that has to be mended by hand is no success, whatever else it gains. */
function unrecovered({ choice: { row } }: Findings): string[] {
  const stuck = row.perFault.filter(({ neverRecovered }) => neverRecovered.mean);
  if (stuck.length === 0) return [];
  const faults = stuck.map(({ fault, neverRecovered }) => `${fault} in ${share(neverRecovered.mean!)}`);
  return [`The choice did not recover by itself from ${faults.join(', from ')} of the replications.`];
}

/** Where the choice's advantage hangs on a number of workers that nobody measured. */
function capacity({ workers, bestProfile }: Findings): string[] {
  const failsAt = (factor: number) => workers.scales.some((scale) => scale.factor === factor && !scale.holds);
  const lost = [...(failsAt(0.5) ? ['half'] : []), ...(failsAt(2) ? ['twice'] : [])];
  // Without an advantage at the assumed workers there is none to lose.
  if (failsAt(1) || lost.length === 0) return [];
  return [
    `Its downtime hangs on the workers that are assumed: with ${lost.join(', or with ')} as many, ${workers.faults.join(' and ')} would leave it not shown to be as low as that of ${bestProfile.row.label}.`,
  ];
}

function range({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${share(low)} to ${share(high)}`;
}

function changeOf(name: Objective, from: number, to: number): string {
  const words = `${name} ${quantity(name, from)} to ${quantity(name, to)}`;
  return name === 'slow-share' ? words : `${words} ${OBJECTIVE_UNITS[name]}`;
}

function quantity(name: Objective, value: number): string {
  return name === 'slow-share' ? share(value) : significant(value);
}

function share(value: number): string {
  return `${significant(value * 100)} %`;
}

/** Three significant digits, whole numbers from 100 on. */
function significant(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
