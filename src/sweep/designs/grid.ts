import { geneOfLevel, levelsOf, type Space, type Variable } from '../../space';
import { checkCount, checkRows, type Design } from '../design';

export interface GridOptions {
  /** Values of each variable at most, at least 2: all it has where they are no more, otherwise evenly spaced ones, both ends included. */
  readonly levels: number;
}

/** Every combination of the variables' values; the last variable changes fastest. Throws RangeError where they are too many. */
export function gridDesign(space: Space, { levels }: GridOptions): Design {
  if (!(Number.isInteger(levels) && levels >= 2))
    throw new RangeError(`a grid cannot have ${levels} levels: it takes 2 or more`);
  const ladders = space.variables.map((variable) => ladderOf(variable, levels));
  const width = ladders.length;
  const name = 'grid';
  const count = ladders.reduce((product, { length }) => product * length, 1);
  checkCount(count);
  return {
    name,
    count,
    settings: { levels },
    async rows(first, rows) {
      checkRows({ name, count }, first, rows);
      const genes = new Uint32Array(rows * width);
      for (let row = 0; row < rows; row++) {
        let rest = first + row;
        for (let i = width - 1; i >= 0; i--) {
          const ladder = ladders[i];
          genes[row * width + i] = ladder[rest % ladder.length];
          rest = Math.floor(rest / ladder.length);
        }
      }
      return genes;
    },
  };
}

/** Genes of a variable's values on the grid. */
function ladderOf(variable: Variable, most: number): Uint32Array {
  const { count } = levelsOf(variable);
  const chosen = Math.min(count, most);
  return Uint32Array.from({ length: chosen }, (_, i) => {
    const level = chosen === count ? i : Math.round((i * (count - 1)) / (chosen - 1));
    return geneOfLevel(level, count);
  });
}
