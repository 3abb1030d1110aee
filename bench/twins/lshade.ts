import { HIGH, LOW, Random, rastrigin, uniform } from './random';

const ENTRIES = 6;
const BEST_SHARE = 0.11;
const ARCHIVE_SHARE = 2.6;

/**
 * L-SHADE at a constant population in plain JavaScript, on typed arrays and with the engine's own mathematics. Advances by a
 * generation a call.
 */
export function lshadeTwin(population: number, width: number, seed: number): () => number {
  const random = new Random(seed);
  const values = uniform(random, population * width);
  const fitness = Float64Array.from({ length: population }, (_, row) => rastrigin(values, row, width));
  const trials = new Float64Array(population * width);
  const scores = new Float64Array(population);
  const capacity = Math.round(ARCHIVE_SHARE * population);
  const archive = new Float64Array(capacity * width);
  let archived = 0;
  const meanFactor = new Float64Array(ENTRIES).fill(0.5);
  const meanRate = new Float64Array(ENTRIES).fill(0.5);
  const factors = new Float64Array(population);
  const rates = new Float64Array(population);
  let entry = 0;
  const best = Math.max(2, Math.round(BEST_SHARE * population));

  return () => {
    const order = Uint32Array.from(fitness.keys()).sort((a, b) => fitness[a] - fitness[b]);
    for (let row = 0; row < population; row++) {
      const memory = random.below(ENTRIES);
      rates[row] = Math.min(Math.max(meanRate[memory] + 0.1 * random.normal(), 0), 1);
      do factors[row] = meanFactor[memory] + 0.1 * Math.tan(Math.PI * (random.next() - 0.5));
      while (factors[row] <= 0);
      factors[row] = Math.min(factors[row], 1);
      const towards = order[random.below(best)] * width;
      const plus = random.below(population) * width;
      const third = random.below(population + archived);
      const pool = third < population ? values : archive;
      const minus = (third < population ? third : third - population) * width;
      const always = random.below(width);
      for (let i = 0; i < width; i++) {
        const own = values[row * width + i];
        let value = own;
        if (i === always || random.next() < rates[row]) {
          value += factors[row] * (values[towards + i] - own + values[plus + i] - pool[minus + i]);
          if (value < LOW) value = (LOW + own) / 2;
          else if (value > HIGH) value = (HIGH + own) / 2;
        }
        trials[row * width + i] = value;
      }
      scores[row] = rastrigin(trials, row, width);
    }
    const sums = { gain: 0, factor: 0, factorSquare: 0, rate: 0, rateSquare: 0 };
    let lowest = Number.POSITIVE_INFINITY;
    for (let row = 0; row < population; row++) {
      const gain = fitness[row] - scores[row];
      if (gain >= 0) {
        if (gain > 0) {
          const slot = archived < capacity ? archived++ : random.below(capacity);
          archive.set(values.subarray(row * width, (row + 1) * width), slot * width);
          sums.gain += gain;
          sums.factor += gain * factors[row];
          sums.factorSquare += gain * factors[row] * factors[row];
          sums.rate += gain * rates[row];
          sums.rateSquare += gain * rates[row] * rates[row];
        }
        values.set(trials.subarray(row * width, (row + 1) * width), row * width);
        fitness[row] = scores[row];
      }
      lowest = Math.min(lowest, fitness[row]);
    }
    if (sums.gain > 0) {
      meanFactor[entry] = sums.factorSquare / sums.factor;
      meanRate[entry] = sums.rate > 0 ? sums.rateSquare / sums.rate : 0;
      entry = (entry + 1) % ENTRIES;
    }
    return lowest;
  };
}
