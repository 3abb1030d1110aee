import type { Path, YamlSource } from '../../text';
import { CAPACITIES } from './capacities';
import type { WrittenDistribution } from './schema';
import type { Distribution } from './types';

/** A written distribution, checked. Throws UserError where its quantiles don't ascend from 0 to 1. */
export function distribution(source: YamlSource, path: Path, written: WrittenDistribution): Distribution {
  if (typeof written === 'number') return { kind: 'constant', valueUs: written };
  if ('exponential' in written) return { kind: 'exponential', meanUs: written.exponential };
  if ('lognormal' in written)
    return { kind: 'lognormal', meanUs: written.lognormal.mean, cv2: written.lognormal.cv2 };
  return quantiles(source, [...path, 'quantiles'], written.quantiles);
}

function quantiles(source: YamlSource, path: Path, written: Record<string, number>): Distribution {
  const points = Object.entries(written)
    .map(([key, valueUs]) => ({ key, at: Number(key), valueUs }))
    .sort((a, b) => a.at - b.at);
  for (const { key, at } of points)
    if (!(at >= 0 && at <= 1))
      throw source.keyError(
        [...path, key],
        `'${key}' is no probability`,
        'write quantiles from 0 to 1, such as 0.99',
      );
  if (points[0]?.at !== 0 || points.at(-1)?.at !== 1)
    throw source.error(
      path,
      'the quantiles stop short of 0 and 1',
      'add the least value at 0 and the greatest at 1',
    );
  points.slice(1).forEach(({ key, valueUs }, i) => {
    if (valueUs < points[i].valueUs)
      throw source.error(
        [...path, key],
        `the value falls below that at ${points[i].key}`,
        'let the values ascend',
      );
  });
  if (points.length > CAPACITIES.quantilePoints)
    throw source.error(
      path,
      `${points.length} quantiles`,
      `at most ${CAPACITIES.quantilePoints} are kept: thin them out`,
    );
  return {
    kind: 'quantiles',
    at: points.map(({ at }) => at),
    valuesUs: points.map(({ valueUs }) => valueUs),
  };
}
