import type { Frame, ObjectiveView } from '../worker/api';
import { formatObjective, objectiveLabel } from './format';
import { bestRules, recommend } from './recommend';

/** What the evolution has come to, in words: the recommended policy beside the best fixed rules. */
export interface Headline {
  readonly objective: string;
  readonly evolved: string;
  readonly rules: string;
  readonly rulesLabel: string;
  readonly evolvedCost: string | undefined;
  readonly rulesCost: string | undefined;
  /** How many times less of the first objective; undefined where nothing is left of it, or nothing was won. */
  readonly times: number | undefined;
}

export function headlineOf(frame: Frame, objectives: readonly ObjectiveView[]): Headline | undefined {
  const evolved = recommend(frame, objectives);
  const rules = bestRules(frame.profiles);
  if (!evolved || !rules) return undefined;
  const [{ name, unit }] = objectives;
  const cost = objectives.findIndex((objective) => objective.name === 'cost');
  const costOf = (values: readonly number[]) =>
    cost < 0 ? undefined : formatObjective(values[cost], objectives[cost].unit);
  const [mine, theirs] = [evolved.objectives[0], rules.objectives[0]];
  return {
    objective: objectiveLabel(name),
    evolved: formatObjective(mine, unit),
    rules: formatObjective(theirs, unit),
    rulesLabel: rules.label,
    evolvedCost: costOf(evolved.objectives),
    rulesCost: costOf(rules.objectives),
    times: mine > 0 && theirs > mine ? theirs / mine : undefined,
  };
}
