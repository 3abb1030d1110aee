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

type Arrays = { readonly [name in Exclude<keyof Scores, 'notFinite'>]: Float64Array };

/** Scores of so many candidates, all zero, to be filled in. */
export function zeroScores(count: number, { objectives, constraints }: Widths): Arrays {
  return zeros(count * objectives, count * constraints, count);
}

/** Scores of one batch after another. */
export function joinScores(parts: readonly Scores[]): Scores {
  if (parts.length === 1) return parts[0];
  const length = (name: keyof Arrays) => parts.reduce((sum, part) => sum + part[name].length, 0);
  const whole = zeros(length('objectives'), length('violations'), length('samples'));
  const join = (name: keyof Arrays): void => {
    let at = 0;
    for (const part of parts) {
      whole[name].set(part[name], at);
      at += part[name].length;
    }
  };
  join('objectives');
  join('violations');
  join('samples');
  join('variance');
  return { ...whole, notFinite: parts.reduce((sum, { notFinite = 0 }) => sum + notFinite, 0) };
}

/** Parts of one array: for small populations making four arrays takes longer than filling them. */
function zeros(objectives: number, violations: number, samples: number): Arrays {
  const all = new Float64Array(2 * objectives + violations + samples);
  let end = 0;
  const part = (length: number): Float64Array => {
    const start = end;
    end += length;
    return all.subarray(start, end);
  };
  return {
    objectives: part(objectives),
    violations: part(violations),
    samples: part(samples),
    variance: part(objectives),
  };
}
