import { pow } from '../../../math';
import type { Setup } from './functions';
import type { Instance } from './instance';
import { apply } from './matrix';
import { permutation } from './random';

export interface GallagherOptions {
  readonly peaks: number;
  /** Peaks lie within this of the centre in every coordinate; the highest within four fifths of it. */
  readonly box: number;
  /** Of the highest peak: the ratio of its widths, squared. */
  readonly condition: number;
}

/** Heights of the second lowest and the second highest peak; the highest one has 10. */
const LOWEST = 1.1;
const HIGHEST = 9.1;

/** COCO's peaks: for each its height, its widths, and its place in rotated coordinates less that of the highest. */
export function gallagherPeaks(instance: Instance, { peaks, box, condition }: GallagherOptions): Setup {
  const { dimension, seed, q } = instance;
  const numbers = instance.uniform(dimension * peaks);
  const place = (peak: number): number[] =>
    numbers
      .slice(peak * dimension, (peak + 1) * dimension)
      .map((u) => (2 * box * u - box) * (peak === 0 ? 0.8 : 1));
  const optimum = place(0);
  const conditions = permutation(peaks - 1, seed).map((rank) => pow(1000, rank / (peaks - 2)));
  const rest = Array.from({ length: peaks }, (_, peak) => {
    const height = peak === 0 ? 10 : LOWEST + ((peak - 1) / (peaks - 2)) * (HIGHEST - LOWEST);
    const ratio = peak === 0 ? condition : conditions[peak - 1];
    const widths = permutation(dimension, seed + 1000 * peak).map((rank) =>
      pow(ratio, rank / (dimension - 1) - 0.5),
    );
    const away = place(peak).map((x, i) => x - optimum[i]);
    return [height, ...widths, ...apply(q, away)];
  });
  return { optimum, matrices: [q], rest: rest.flat() };
}
