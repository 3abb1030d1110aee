import type { Frame, ObjectiveView, ProfilePoint } from '../worker/api';

/** One member of the front, by its row. */
export interface Member {
  readonly index: number;
  readonly objectives: readonly number[];
}

/** Row after row as lists. */
export function rowsOf(objectives: Float64Array, width: number): number[][] {
  return Array.from({ length: objectives.length / width }, (_, i) => [
    ...objectives.subarray(i * width, (i + 1) * width),
  ]);
}

/** The rule-based profile with the least of the first objective; one within the limits, where there is one. */
export function bestRules(profiles: readonly ProfilePoint[]): ProfilePoint | undefined {
  const rules = profiles.filter(({ school }) => school === 'rule-based');
  const feasible = rules.filter((profile) => profile.feasible);
  return least(feasible.length > 0 ? feasible : rules, ({ objectives }) => objectives[0]);
}

/**
 * The member of the front to recommend: of those that cost no more than the best rules, the one with the least of the first
 * objective; of all, where none is as cheap. Undefined while the front is empty.
 */
export function recommend(frame: Frame, objectives: readonly ObjectiveView[]): Member | undefined {
  const members = rowsOf(frame.front.objectives, objectives.length).map((values, index) => ({
    index,
    objectives: values,
  }));
  const cost = objectives.findIndex(({ name }) => name === 'cost');
  const most = cost < 0 ? undefined : bestRules(frame.profiles)?.objectives[cost];
  const cheap = members.filter((member) => most === undefined || member.objectives[cost] <= most);
  return least(cheap.length > 0 ? cheap : members, (member) => member.objectives[0]);
}

function least<T>(things: readonly T[], measure: (thing: T) => number): T | undefined {
  return things.reduce<T | undefined>(
    (best, thing) => (best === undefined || measure(thing) < measure(best) ? thing : best),
    undefined,
  );
}
