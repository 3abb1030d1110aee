import type { Objective, Scenario } from '../scenario';
import { OBJECTIVE_UNITS } from './result';
import type { Tested } from './table';

/** What the verdict is drawn from. */
export interface Findings {
  readonly scenario: Scenario;
  readonly choice: Tested;
  /** The profile and size with the best trade-off, picked on the episodes of the choice. */
  readonly bestProfile: Tested;
  /** Labels of all profiles and sizes, and whether a member of the front was shown to dominate each. */
  readonly profiles: readonly { readonly label: string; readonly dominated: boolean }[];
  readonly hypervolume: { readonly genetic: number; readonly random: number };
  readonly evaluations: number;
  readonly replications: number;
}

const BEYOND_LIMITS =
  'On the test episodes the choice does not keep within every limit: loosen the limits, widen the knobs or search longer.';

/** The outcome in words, the headline first. It says so when evolution did not win. */
export function verdict(findings: Findings): { won: boolean; sentences: string[] } {
  const { profiles, hypervolume } = findings;
  const undefeated = profiles.filter(({ dominated }) => !dominated);
  const beatsRandom = hypervolume.genetic > hypervolume.random;
  const keepsLimits = findings.choice.assessed.violation === 0;
  const won = undefeated.length === 0 && beatsRandom && keepsLimits;
  return {
    won,
    sentences: [
      headline(findings, undefeated.length === 0),
      ...(keepsLimits ? [] : [BEYOND_LIMITS]),
      domination(findings, undefeated),
      random(findings),
    ],
  };
}

function headline({ scenario, choice, bestProfile }: Findings, beatsAll: boolean): string {
  const changes = scenario.objectives.map((name, k) =>
    changeOf(name, bestProfile.assessed.means[k], choice.assessed.means[k]),
  );
  const opening = beatsAll
    ? 'The genetic choice, beside'
    : 'Evolution did not beat every profile. Its choice, beside';
  return `${opening} ${bestProfile.row.label}: ${changes.join(', ')}.`;
}

function domination({ profiles, replications }: Findings, undefeated: readonly { label: string }[]): string {
  const test = `within the limits, non-inferior on every objective (within 2 %) and better on one, on ${replications} test replications that neither search nor choice saw (paired 95 % limits, Bonferroni over the objectives)`;
  if (undefeated.length === 0)
    return `For each of the ${profiles.length} profiles and sizes, a member of the front is ${test}.`;
  const names = undefeated.map(({ label }) => label).join('; ');
  return `For ${profiles.length - undefeated.length} of the ${profiles.length} profiles and sizes, a member of the front is ${test}. Not for: ${names}.`;
}

function random({ hypervolume: { genetic, random }, evaluations }: Findings): string {
  const figures = `${share(genetic)} of the space of trade-offs against ${share(random)}`;
  return genetic > random
    ? `Random search with the same ${evaluations} evaluations was worse: the front dominates ${figures}.`
    : `Random search with the same ${evaluations} evaluations did as well or better: the front dominates ${figures}.`;
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
