import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalProbability } from '../../../math';
import { geneAt } from './coordinates';
import { learn, unitCovariance, whiten } from './covariance';
import { adapt, begin, deviationsOf, sample } from './descent';
import { eigenSymmetric } from './eigen';
import { candidatesAfter, endOf, extended, NO_HISTORY } from './ending';
import { withMargin } from './margin';
import { strategyFor } from './strategy';

describe('eigenSymmetric', () => {
  it('decomposes: vectors are orthonormal and give the matrix back', () => {
    const entry = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.array(entry, { minLength: 49, maxLength: 49 }),
        (n, e) => {
          const matrix = new Float64Array(n * n);
          for (let i = 0; i < n; i++) {
            for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = e[i * 7 + j];
          }
          const { values, vectors } = eigenSymmetric(matrix, n);
          for (let i = 0; i < n; i++) {
            for (let j = 0; j < n; j++) {
              let [product, back] = [0, 0];
              for (let k = 0; k < n; k++) {
                product += vectors[k * n + i] * vectors[k * n + j];
                back += vectors[i * n + k] * values[k] * vectors[j * n + k];
              }
              expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-12);
              expect(Math.abs(back - matrix[i * n + j])).toBeLessThan(1e-10);
            }
          }
        },
      ),
    );
  });

  it('finds small values beside large ones', () => {
    // Turned by 30 degrees: values 1 and 1e-10.
    const [c, s] = [Math.sqrt(3) / 2, 0.5];
    const matrix = Float64Array.of(
      c * c + 1e-10 * s * s,
      c * s * (1 - 1e-10),
      c * s * (1 - 1e-10),
      s * s + 1e-10 * c * c,
    );
    const [a, b] = eigenSymmetric(matrix, 2).values;
    expect(Math.abs(Math.max(a, b) - 1)).toBeLessThan(1e-14);
    expect(Math.abs(Math.min(a, b) / 1e-10 - 1)).toBeLessThan(1e-5);
  });
});

describe('the strategy', () => {
  it('has the constants of the tutorial for 10 variables', () => {
    // pycma 4.0 prints mueff = 3.167 for a population of 10.
    const strategy = strategyFor(10, 10, false);
    expect(strategy.effective).toBeCloseTo(3.167, 3);
    expect(strategy.parents).toBe(5);
    expect(strategy.weights[0]).toBeCloseTo(0.456, 3);
    expect(strategy.weights.slice(0, 5).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it('never forgets more than it knows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 4, max: 500 }),
        fc.boolean(),
        (n, candidates, diagonal) => {
          const { weights, rankOne, rankMany } = strategyFor(n, candidates, diagonal);
          expect(rankOne + rankMany).toBeLessThanOrEqual(1 + 1e-12);
          const negative = weights.reduce((sum, weight) => sum + Math.min(weight, 0), 0);
          // Even if all negative weight fell on one axis, its variance would stay positive.
          expect(1 - rankOne - rankMany + rankMany * n * negative).toBeGreaterThanOrEqual(-1e-9);
        },
      ),
    );
  });
});

describe('a descent', () => {
  it('whitens what it stretched', () => {
    const strategy = strategyFor(3, 8, false);
    const steps = Float64Array.from({ length: 24 }, (_, i) => ((i * 7) % 11) / 5 - 1);
    const lesson = {
      strategy,
      path: Float64Array.of(0.3, -0.2, 0.5),
      held: false,
      steps,
      ranking: Uint32Array.of(3, 1, 0, 2, 4, 7, 6, 5),
      lengths: new Float64Array(8).fill(3),
    };
    let covariance = unitCovariance(3, false);
    for (let i = 0; i < 5; i++) covariance = learn(covariance, lesson);
    expect(covariance.age).toBe(0);
    const z = Float64Array.of(0.5, -1, 2);
    const { steps: stretched, lengths } = sample(
      { ...begin(new Float64Array(3), 1, false), covariance },
      z,
      1,
    );
    expect(lengths[0]).toBe(5.25);
    const white = whiten(covariance, stretched);
    expect(white.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(5.25, 9);
  });

  it('grows its step while steps agree, and shrinks it while they cancel', () => {
    const strategy = strategyFor(2, 6, false);
    const ranking = Uint32Array.of(0, 1, 2, 3, 4, 5);
    const ahead = sample(
      begin(new Float64Array(2), 0.01, false),
      Float64Array.from({ length: 12 }, (_, i) => 1 - i / 12),
      6,
    );
    let descent = begin(new Float64Array(2), 0.01, false);
    for (let i = 0; i < 5; i++) descent = adapt(descent, ahead, ranking, strategy);
    expect(descent.size).toBeGreaterThan(0.01);
    expect(descent.mean[0]).toBeGreaterThan(0);
    const idle = { steps: new Float64Array(12), lengths: new Float64Array(6).fill(1) };
    let resting = begin(new Float64Array(2), 0.01, false);
    for (let i = 0; i < 5; i++) resting = adapt(resting, idle, ranking, strategy);
    expect(resting.size).toBeLessThan(0.01);
  });

  it('never spreads over more than the range', () => {
    const strategy = strategyFor(2, 6, false);
    let descent = begin(Float64Array.of(0.5, 0.5), 0.4, false);
    const ahead = { steps: new Float64Array(12).fill(9), lengths: new Float64Array(6).fill(162) };
    for (let i = 0; i < 50; i++) descent = adapt(descent, ahead, Uint32Array.of(0, 1, 2, 3, 4, 5), strategy);
    for (const deviation of deviationsOf(descent)) expect(deviation).toBeLessThanOrEqual(0.5 + 1e-12);
  });

  it('ends on a plateau, not on infeasible ground', () => {
    const descent = { ...begin(new Float64Array(2), 0.1, false), generations: 40 };
    const same = new Float64Array(8).fill(3);
    let flat = NO_HISTORY;
    for (let i = 0; i < 40; i++) flat = extended(flat, same, i + 1);
    expect(endOf(descent, flat, same)).toBe('flat');
    const none = new Float64Array(8).fill(Number.POSITIVE_INFINITY);
    let infeasible = NO_HISTORY;
    for (let i = 0; i < 40; i++) infeasible = extended(infeasible, none, i + 1);
    expect(endOf(descent, infeasible, none)).toBeUndefined();
    expect(endOf({ ...descent, size: 1e-12 }, NO_HISTORY, same)).toBe('steps below a gene');
    const falling = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    expect(endOf({ ...descent, generations: 5000 }, NO_HISTORY, falling)).toBe('too many generations');
  });
});

it('restarts with twice the candidates, but never with more than memory holds', () => {
  expect([0, 1, 2, 3].map((restarts) => candidatesAfter(restarts, 10))).toEqual([10, 20, 40, 80]);
  expect(candidatesAfter(90, 10)).toBe(131_072);
  expect(candidatesAfter(3, 200_000)).toBe(200_000);
  expect(candidatesAfter(0, 2)).toBe(4);
});

describe('coordinates', () => {
  it('mirror what is continuous and stop what is stepped', () => {
    expect(geneAt(0.25, false)).toBe(2 ** 30);
    expect(geneAt(-0.25, false)).toBe(2 ** 30);
    expect(geneAt(2.25, false)).toBe(2 ** 30);
    expect(geneAt(1.75, false)).toBe(2 ** 30);
    expect(geneAt(-0.25, true)).toBe(0);
    expect(geneAt(1.75, true)).toBe(2 ** 32 - 1);
    expect(geneAt(1, false)).toBe(2 ** 32 - 1);
  });
});

describe('the margin', () => {
  it('keeps the probability of another level, whatever the mean', () => {
    const mean = fc.double({ min: 0, max: 1, noNaN: true });
    const deviation = fc.double({ min: 1e-9, max: 1, noNaN: true });
    fc.assert(
      fc.property(mean, deviation, fc.integer({ min: 2, max: 50 }), (m, d, levels) => {
        const margin = 0.01;
        const { mean: at, deviation: wide } = withMargin({ mean: m, deviation: d }, levels, margin);
        const level = Math.min(Math.max(Math.floor(at * levels + 1e-9 * Math.sign(0.5 - m)), 0), levels - 1);
        const below = normalProbability((level / levels - at) / wide);
        const above = normalProbability((at - (level + 1) / levels) / wide);
        const leaves = (level > 0 ? below : 0) + (level < levels - 1 ? above : 0);
        expect(leaves).toBeGreaterThanOrEqual(margin * 0.999);
      }),
    );
  });

  it('leaves alone what is mobile', () => {
    const marginal = { mean: 0.5, deviation: 0.3 };
    expect(withMargin(marginal, 5, 0.01)).toEqual(marginal);
  });
});
