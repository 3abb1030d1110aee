import { levelsOf, type Space } from '../../../space';
import { kindOf, STEPPED, UNORDERED } from '../../variation/kinds';

/**
 * Where the search moves: each variable as a coordinate whose range is the unit interval. Continuous ones go on
 * mirrored beyond it, so that bounds need no repair that would mislead the adaptation; stepped ones stay at their end.
 */
export interface Coordinates {
  /** [variable]: the number of levels of a stepped one, 0 for a continuous one. */
  readonly levels: Uint32Array;
}

const known = new WeakMap<Space, Coordinates>();

/** Throws RangeError for a category of more than two values: a Gaussian needs an order. */
export function coordinatesOf(space: Space): Coordinates {
  const coordinates = known.get(space) ?? findCoordinates(space);
  known.set(space, coordinates);
  return coordinates;
}

function findCoordinates({ variables }: Space): Coordinates {
  return {
    levels: Uint32Array.from(variables, (variable) => {
      const kind = kindOf(variable);
      const { count } = levelsOf(variable);
      if (kind === UNORDERED && count > 2)
        throw new RangeError(
          `cmaes needs values in an order, and ${variable.name} has none: use genetic or lshade`,
        );
      return kind === STEPPED || kind === UNORDERED ? count : 0;
    }),
  };
}

/** The gene at a coordinate. */
export function geneAt(x: number, stepped: boolean): number {
  const inside = stepped ? x : mirrored(x);
  return Math.min(Math.max(Math.floor(inside * 2 ** 32), 0), 2 ** 32 - 1);
}

/** The coordinate in the middle of a gene's cell. */
export function coordinateOf(gene: number): number {
  return (gene + 0.5) / 2 ** 32;
}

/** Folds the line onto the unit interval: 1.2 is 0.8, -0.3 is 0.3. */
function mirrored(x: number): number {
  const within = x - 2 * Math.floor(x / 2);
  return within > 1 ? 2 - within : within;
}
