import { exp, normalQuantile, studentQuantile } from '../../math';
import { type Estimate, meanAndVariance, UNMEASURED } from './estimate';

/**
 * 95 % intervals that stay where the quantity can be. Each is Student's t on a scale without ends (the logarithm of
 * what has one end, the logit of what has two), its standard error carried over by the delta method, and taken back.
 */

/** Mean of samples from `least` to `most`, one a replication. */
export function boundedMean(samples: readonly number[], least: number, most: number): Estimate {
  return interval(samples, (mean, reach) => {
    const above = mean - least;
    const below = most - mean;
    if (above <= 0 || below <= 0) return [mean, mean];
    // d logit(p) = dp / (p (1 - p)), here with p = above / (above + below).
    const factor = exp((reach * (most - least)) / (above * below));
    const at = (odds: number) => least + (most - least) / (1 + 1 / odds);
    return [at(above / below / factor), at((above / below) * factor)];
  });
}

/** Mean of a quantity that cannot be below zero; samples that noise put there count, a mean there is zero. */
export function nonNegativeMean(samples: readonly number[]): Estimate {
  const { mean } = meanAndVariance(samples);
  const estimate = interval(samples, (_, reach) => {
    if (mean <= 0) return [0, Math.max(0, mean + reach)];
    const factor = exp(reach / mean);
    return [mean / factor, mean * factor];
  });
  return mean <= 0 ? { ...estimate, mean: 0 } : estimate;
}

/**
 * A share of requests or of episodes, one sample a replication. None of n does not mean that none can be: at 95 % it may
 * still be 3 / n (the rule of three; Hanley and Lippman-Hand, JAMA 249, 1983), and likewise for all of them.
 * @param trials requests or episodes in all replications together
 */
export function pooledShare(samples: readonly number[], trials: number): Estimate {
  const estimate = boundedMean(samples, 0, 1);
  const { mean } = estimate;
  if (mean === 0) return { ...estimate, low: 0, high: Math.min(1, 3 / trials) };
  if (mean === 1) return { ...estimate, low: Math.max(0, 1 - 3 / trials), high: 1 };
  return estimate;
}

/** Share of replications in which something happened, with Wilson's score interval (JASA 22, 1927). */
export function proportion(happened: readonly boolean[]): Estimate {
  const n = happened.length;
  if (n === 0) return UNMEASURED;
  const share = happened.filter(Boolean).length / n;
  const z = normalQuantile(0.975);
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return {
    mean: share,
    standardError: Math.sqrt((share * (1 - share)) / n),
    // At the ends the score interval ends there too, but for rounding.
    low: share === 0 ? 0 : centre - half,
    high: share === 1 ? 1 : centre + half,
  };
}

/** @param limits the interval of a mean, given the half-width of Student's */
function interval(
  samples: readonly number[],
  limits: (mean: number, reach: number) => [number, number],
): Estimate {
  const n = samples.length;
  if (n === 0) return UNMEASURED;
  const { mean, variance } = meanAndVariance(samples);
  if (n === 1) return { mean, standardError: null, low: null, high: null };
  const standardError = Math.sqrt(variance);
  const [low, high] = limits(mean, studentQuantile(0.975, n - 1) * standardError);
  return { mean, standardError, low, high };
}
