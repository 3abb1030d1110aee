import { binaryGridValue, linearGrid, linearGridValue, logGrid } from './grid';
import { SpaceError, type Variable } from './variable';

/** The values of a variable as a numbered ladder; a gene chooses among them with equal weights. */
export interface Levels {
  /** 1 to 2^32. */
  readonly count: number;
  value(index: number): number;
  /**
   * The index of the closest value; the lower one of two as close. Throws `SpaceError` for what is out of
   * range.
   */
  nearest(value: number): number;
}

const known = new WeakMap<Variable, Levels>();

/** The ladder of a variable, built once: categories and switches count in indices from 0. */
export function levelsOf(variable: Variable): Levels {
  let levels = known.get(variable);
  if (!levels) {
    levels = build(variable);
    known.set(variable, levels);
  }
  return levels;
}

function build(variable: Variable): Levels {
  const { name } = variable;
  switch (variable.type) {
    case 'float': {
      const { min, max, scale } = variable;
      if (scale === 'log') return table(name, logGrid(min, max, false));
      if (variable.grid === 'binary')
        return search(name, 2 ** 32, (index) => binaryGridValue(min, max, index), max);
      const grid = linearGrid(min, max);
      return search(name, grid.last - grid.first + 3, (index) => linearGridValue(grid, min, max, index));
    }
    case 'integer': {
      const { min, max, scale } = variable;
      if (scale === 'log') return table(name, logGrid(min, max, true));
      return search(name, max - min + 1, (index) => min + index);
    }
    case 'ordered':
      return table(name, Float64Array.from(variable.values));
    case 'category':
      return choices(name, variable.values.length);
    case 'switch':
      return choices(name, 2);
  }
}

function table(name: string, values: Float64Array): Levels {
  return search(name, values.length, (index) => values[index]);
}

function choices(name: string, count: number): Levels {
  return {
    count,
    value: (index) => index,
    nearest(value) {
      if (Number.isInteger(value) && value >= 0 && value < count) return value;
      throw new SpaceError(name, `${value} is not the index of one of its ${count} values`);
    },
  };
}

/** Levels whose values ascend with the index. */
function search(
  name: string,
  count: number,
  value: (index: number) => number,
  highest = value(count - 1),
): Levels {
  return {
    count,
    value,
    nearest(wanted) {
      if (!(wanted >= value(0) && wanted <= highest)) {
        throw new SpaceError(name, `${wanted} is not between ${value(0)} and ${highest}`);
      }
      let below = 0;
      let above = count - 1;
      while (above - below > 1) {
        const middle = Math.floor((below + above) / 2);
        if (value(middle) <= wanted) below = middle;
        else above = middle;
      }
      return wanted - value(below) <= value(above) - wanted ? below : above;
    },
  };
}
