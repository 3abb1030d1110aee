import type { Problem } from '../../problem';
import { decode, defineSpace } from '../../space';

/** A problem with a variable of each kind that is scored on the host. */
export function bowl() {
  const space = defineSpace([
    { name: 'x', type: 'float', min: -2, max: 3, scale: 'linear' },
    { name: 'n', type: 'integer', min: 1, max: 40, scale: 'log' },
    { name: 'kind', type: 'category', values: ['a', 'b', 'c'] },
    { name: 'on', type: 'switch' },
  ]);
  /** The objective and the constraint of decoded values. */
  const score = ([x, n, kind, on]: readonly number[]): [number, number] => [
    x * x + n * (kind + 1) + on,
    Math.max(0, n - 30),
  ];
  return {
    space,
    score,
    objectives: ['value'],
    constraints: ['limit'],
    async evaluate(genes: Uint32Array) {
      const count = genes.length / space.variables.length;
      const rows = Array.from({ length: count }, (_, i) => score(decode(space, genes, i)));
      return {
        objectives: Float64Array.from(rows, ([value]) => value),
        violations: Float64Array.from(rows, ([, violation]) => violation),
        samples: new Float64Array(count).fill(1),
        variance: new Float64Array(count),
      };
    },
  } satisfies Problem & { score: unknown };
}
