import type { Figure, FinalTest, Frame, ObjectiveView } from '../worker/api';
import { formatNumber, formatObjective, formatRange, objectiveLabel } from './format';
import { bestRules, recommend } from './recommend';

/** One policy in the headline, in words. */
export interface HeadlineFigure {
  readonly value: string;
  /** The 95 % interval; undefined where it was not tested. */
  readonly interval: string | undefined;
  readonly cost: string | undefined;
}

/** What the evolution has come to, in words: the recommended policy beside the best fixed rules. */
export interface Headline {
  /** What is told, and of which episodes. */
  readonly opening: string;
  readonly evolved: HeadlineFigure;
  readonly rules: HeadlineFigure;
  readonly rulesLabel: string;
  /** How the two compare; undefined where it was not tested. */
  readonly verdict: string | undefined;
}

/** @param test of this frame's recommendation, where there is one */
export function headlineOf(
  frame: Frame,
  objectives: readonly ObjectiveView[],
  test?: FinalTest,
): Headline | undefined {
  const evolved = recommend(frame, objectives);
  const rules = bestRules(frame.profiles);
  if (!evolved || !rules) return undefined;
  const [{ name, unit }] = objectives;
  const cost = objectives.findIndex((objective) => objective.name === 'cost');
  const figure = (values: readonly number[], tested: Figure | undefined): HeadlineFigure => ({
    value: formatObjective(tested?.mean ?? values[0], unit),
    interval: tested && formatRange(tested.low, tested.high, unit),
    // What a policy costs needs no episode.
    cost: cost < 0 ? undefined : formatObjective(values[cost], objectives[cost].unit),
  });
  const label = objectiveLabel(name);
  return {
    opening: test
      ? `${label} on fresh test episodes, ${test.replications} of each fault`
      : `${label} so far, on the search’s own episodes`,
    evolved: figure(evolved.objectives, test?.evolved),
    rules: figure(rules.objectives, test?.rules),
    rulesLabel: rules.label,
    verdict: test && verdictOf(test),
  };
}

function verdictOf({ difference, timesLess }: FinalTest): string {
  if (difference.low > 0) return 'That is more: evolution has not won yet.';
  if (difference.high >= 0) return 'Too close to tell apart.';
  const times = timesLess === undefined ? 1 : roundedDown(timesLess);
  return times > 1 ? `At least ${formatNumber(times)} times less.` : 'That is less, beyond chance.';
}

/** A lower limit must not be rounded up. */
function roundedDown(times: number): number {
  return times >= 10 ? Math.floor(times) : Math.floor(times * 10) / 10;
}
