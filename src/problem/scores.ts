import type { Widths } from './moments';
import type { Scores } from './types';

/** Throws RangeError where an evaluator returned rows of the wrong number. */
export function checkScores(scores: Scores, count: number, { objectives, constraints }: Widths): void {
  const expected: [Exclude<keyof Scores, 'notFinite'>, number][] = [
    ['objectives', count * objectives],
    ['violations', count * constraints],
    ['samples', count],
    ['variance', count * objectives],
  ];
  for (const [name, length] of expected) {
    if (scores[name].length !== length) {
      throw new RangeError(
        `evaluate returned ${scores[name].length} ${name} for ${count} candidates, not ${length}`,
      );
    }
  }
}

/** Scores of one batch after another. */
export function joinScores(parts: readonly Scores[]): Scores {
  if (parts.length === 1) return parts[0];
  const join = (of: (part: Scores) => Float64Array): Float64Array => {
    const arrays = parts.map(of);
    const whole = new Float64Array(arrays.reduce((length, array) => length + array.length, 0));
    let at = 0;
    for (const array of arrays) {
      whole.set(array, at);
      at += array.length;
    }
    return whole;
  };
  return {
    objectives: join((part) => part.objectives),
    violations: join((part) => part.violations),
    samples: join((part) => part.samples),
    variance: join((part) => part.variance),
    notFinite: parts.reduce((sum, { notFinite = 0 }) => sum + notFinite, 0),
  };
}
