import parameters from './joe-kuo-6.txt?raw';

/** The parameters of one dimension: a primitive polynomial's inner coefficients, and its initial direction numbers. */
interface Parameters {
  readonly coefficients: number;
  readonly initial: readonly number[];
}

let known: readonly Parameters[] | undefined;

function allParameters(): readonly Parameters[] {
  known ??= parameters
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [coefficients, ...initial] = line.split(' ').map(Number);
      return { coefficients, initial };
    });
  return known;
}

/** Dimensions that there are parameters for. */
export const MOST_DIMENSIONS = 512;

/**
 * The 32 direction numbers of a dimension (from 0), as fractions of 2^32, by the recurrence of Bratley and Fox, "Algorithm 659",
 * ACM Trans. Math. Softw. 14 (1988), with the parameters of Joe and Kuo. Throws RangeError beyond `MOST_DIMENSIONS`.
 */
export function directionNumbers(dimension: number): Uint32Array {
  if (dimension >= MOST_DIMENSIONS)
    throw new RangeError(`Sobol' points are to be had in up to ${MOST_DIMENSIONS} dimensions`);
  // The first dimension is van der Corput's sequence.
  if (dimension === 0) return Uint32Array.from({ length: 32 }, (_, bit) => 2 ** (31 - bit));
  const { coefficients, initial } = allParameters()[dimension - 1];
  const degree = initial.length;
  const numbers = new Uint32Array(32);
  for (let bit = 0; bit < 32; bit++) {
    if (bit < degree) {
      numbers[bit] = initial[bit] << (31 - bit);
      continue;
    }
    let number = numbers[bit - degree] ^ (numbers[bit - degree] >>> degree);
    for (let k = 1; k < degree; k++) if ((coefficients >>> (degree - 1 - k)) & 1) number ^= numbers[bit - k];
    numbers[bit] = number;
  }
  return numbers;
}
