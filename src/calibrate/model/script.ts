import type { Visit, VisitCall } from './visit';

/** One step of an operation's script: what is called, in parallel where there are several, how often and how likely. */
export interface ScriptStep {
  readonly targets: readonly string[];
  readonly times: number;
  readonly probability: number;
}

/** A step of the common script, and the visits (by index) that took it. */
interface SharedStep {
  readonly key: string;
  readonly visits: Set<number>;
}

const SEPARATOR = '\n';

/**
 * The one script that stands for many visits of an operation: their sequences of steps are aligned, the most frequent
 * first, and a step that only some visits took gets their share as its probability.
 *
 * Steps are drawn independently of each other when the script is run: which ones go together is lost, except that
 * equal steps in a row that the same visits took become one step made several times.
 * @param nameOf names what a call calls
 */
export function commonScript(visits: readonly Visit[], nameOf: (call: VisitCall) => string): ScriptStep[] {
  const variants = new Map<string, { keys: string[]; visits: number[] }>();
  visits.forEach((visit, index) => {
    const keys = visit.steps.map((step) => step.map(nameOf).sort().join(SEPARATOR));
    const id = keys.join(SEPARATOR + SEPARATOR);
    const variant = variants.get(id);
    if (variant) variant.visits.push(index);
    else variants.set(id, { keys, visits: [index] });
  });
  let common: SharedStep[] = [];
  for (const variant of [...variants.values()].sort((a, b) => b.visits.length - a.visits.length))
    common = align(common, variant.keys, variant.visits);

  const steps: { step: SharedStep; times: number }[] = [];
  for (const step of common) {
    const last = steps.at(-1);
    if (last && last.step.key === step.key && sameVisits(last.step.visits, step.visits)) last.times++;
    else steps.push({ step, times: 1 });
  }
  return steps.map(({ step, times }) => ({
    targets: step.key.split(SEPARATOR),
    times,
    probability: step.visits.size / visits.length,
  }));
}

/** Lays a sequence along the common one by their longest common subsequence; what is new goes in between. */
function align(
  common: readonly SharedStep[],
  keys: readonly string[],
  visits: readonly number[],
): SharedStep[] {
  // longest[i][j]: length of the longest common subsequence of common[i..] and keys[j..]
  const longest = Array.from({ length: common.length + 1 }, () => new Uint32Array(keys.length + 1));
  for (let i = common.length - 1; i >= 0; i--)
    for (let j = keys.length - 1; j >= 0; j--)
      longest[i][j] =
        common[i].key === keys[j]
          ? longest[i + 1][j + 1] + 1
          : Math.max(longest[i + 1][j], longest[i][j + 1]);

  const result: SharedStep[] = [];
  let i = 0;
  let j = 0;
  while (i < common.length || j < keys.length) {
    if (i < common.length && j < keys.length && common[i].key === keys[j]) {
      for (const visit of visits) common[i].visits.add(visit);
      result.push(common[i++]);
      j++;
    } else if (j === keys.length || (i < common.length && longest[i + 1][j] >= longest[i][j + 1]))
      result.push(common[i++]);
    else result.push({ key: keys[j++], visits: new Set(visits) });
  }
  return result;
}

function sameVisits(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  return a.size === b.size && [...a].every((visit) => b.has(visit));
}
