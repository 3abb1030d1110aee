import type { Engine } from '../../gpu';
import type { Space } from '../../space';
import { checkRows, type Design } from '../design';
import type { SeededRows } from './random';
import { sobolPoints } from './sobol';

/**
 * Saltelli's design for Sobol' indices: two independent samples A and B of every variable, and for each variable A with that
 * column from B. Base row i of d variables is rows i (d + 2) and on: A, A with variable 1 from B, ..., A with variable d from
 * B, B. A and B are the halves of Sobol' points in 2d dimensions, scrambled, so there is a power of two of base rows: as many
 * as fit into `rows`, `count` being what they take. Saltelli et al., Computer Physics Communications 181 (2010), section 4.
 *
 * @throws RangeError where `rows` hold no base row, and beyond 256 variables
 */
export function saltelliDesign(engine: Engine, space: Space, { rows, seed = 1 }: SeededRows): Design {
  const name = 'saltelli';
  const variables = space.variables.length;
  const size = variables + 2;
  if (!(rows >= size))
    throw new RangeError(
      `a saltelli design of ${variables} variables takes ${size} rows at least, not ${rows}`,
    );
  const baseRows = 2 ** (31 - Math.clz32(Math.floor(rows / size)));
  const count = baseRows * size;
  const points = sobolPoints(engine, 2 * variables, { rows: baseRows, seed });
  return {
    name,
    count,
    settings: { seed },
    async rows(first, rows, signal) {
      checkRows({ name, count }, first, rows);
      const firstBase = Math.floor(first / size);
      const bases = Math.ceil((first + rows) / size) - firstBase;
      const halves = await points.rows(firstBase, bases, signal);
      const genes = new Uint32Array(rows * variables);
      for (let i = 0; i < rows; i++) {
        const base = Math.floor((first + i) / size) - firstBase;
        const place = (first + i) % size;
        const a = base * 2 * variables;
        const from = place === size - 1 ? a + variables : a;
        genes.set(halves.subarray(from, from + variables), i * variables);
        if (place > 0 && place < size - 1)
          genes[i * variables + place - 1] = halves[a + variables + place - 1];
      }
      return genes;
    },
  };
}
