import { threefry2x32 } from '../../../math';
import type { TestFunction } from './functions';

/** The values of a function on the rows of a Saltelli design with independent random points, base row by base row. */
export function* baseRows({ variables, evaluate }: TestFunction, count: number): Generator<number[]> {
  for (let row = 0; row < count; row++) {
    const pairs = Array.from({ length: variables }, (_, i) =>
      threefry2x32([7, 7], [row, i]).map((word) => (word + 0.5) / 2 ** 32),
    );
    const a = pairs.map(([x]) => x);
    const b = pairs.map(([, y]) => y);
    yield [a, ...a.map((_, i) => a.with(i, b[i])), b].map(evaluate);
  }
}
