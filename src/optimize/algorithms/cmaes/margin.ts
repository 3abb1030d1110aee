import { normalProbability, normalQuantile } from '../../../math';

/** A coordinate of a stepped variable: its mean, and the standard deviation of its marginal distribution. */
export interface Marginal {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Moves a marginal so that another level keeps a probability of at least `margin`: else a stepped variable stays
 * where it is once the deviation is small beside a level. Hamano, Saito, Nomura and Shirakawa, "CMA-ES with Margin:
 * Lower-Bounding Marginal Probability for Mixed-Integer Black-Box Optimization", GECCO 2022, section 4.
 *
 * @param levels of the variable, each an equal share of the unit interval; at least 2
 * @param margin a probability, far below a half
 */
export function withMargin({ mean, deviation }: Marginal, levels: number, margin: number): Marginal {
  const level = Math.min(Math.max(Math.floor(mean * levels), 0), levels - 1);
  if (level === 0 || level === levels - 1) {
    // At an end there is one threshold: the mean comes near enough to it.
    const threshold = level === 0 ? 1 / levels : (levels - 1) / levels;
    const reach = -normalQuantile(margin) * deviation;
    const distance = Math.min(Math.abs(mean - threshold), reach);
    return { mean: level === 0 ? threshold - distance : threshold + distance, deviation };
  }
  const low = level / levels;
  const high = (level + 1) / levels;
  const below = normalProbability((low - mean) / deviation);
  const above = normalProbability((mean - high) / deviation);
  if (below >= margin / 2 && above >= margin / 2) return { mean, deviation };
  const [atLeastBelow, atLeastAbove] = [Math.max(below, margin / 2), Math.max(above, margin / 2)];
  // What the two gain is taken in proportion from what is to spare.
  const inside = 1 - below - above;
  const excess = 1 - atLeastBelow - atLeastAbove - inside;
  const spare = atLeastBelow + atLeastAbove + inside - 1.5 * margin;
  const newBelow = atLeastBelow + (excess / spare) * (atLeastBelow - margin / 2);
  const newAbove = atLeastAbove + (excess / spare) * (atLeastAbove - margin / 2);
  const lowQuantile = normalQuantile(newBelow);
  const highQuantile = -normalQuantile(newAbove);
  const widened = (high - low) / (highQuantile - lowQuantile);
  return { mean: low - lowQuantile * widened, deviation: widened };
}
