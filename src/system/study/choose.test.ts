import { describe, expect, it } from 'vitest';
import type { Samples } from '../measure';
import { loadScenario } from '../scenario';
import { SHOP_YAML } from '../testing/shop';
import { type Assessed, assessed } from './assess';
import { bestTradeOff, byDominance, choose, tradeOff } from './choose';

const shop = { ...loadScenario(SHOP_YAML, 'shop.yaml'), limits: [] };

/** Assessed from three replications around each mean, `spread` apart. */
function policyOf(
  name: string,
  downtime: number,
  slow: number,
  cost: number,
  spread = 0,
  healthy = 0,
): Assessed {
  const around = (mean: number) => [mean - spread * mean, mean, mean + spread * mean];
  const objectives = {
    downtime: around(downtime),
    'slow-share': around(slow),
    cost: [cost, cost, cost],
    attempts: [1, 1, 1],
    'attacker-loss': [0, 0, 0],
    unrecovered: [0, 0, 0],
  };
  const samples: Samples = {
    faults: [],
    objectives,
    healthyBadShare: [healthy, healthy, healthy],
    healthyRequests: 1000,
    overflowed: false,
  };
  return assessed(shop, { name, values: [] }, samples, {
    badShares: Array(3).fill(healthy > 0 ? healthy / 2 : 1),
    requests: 1000,
  });
}

describe('trade-off', () => {
  it('is nothing for the reference, and weighs ratios', () => {
    expect(tradeOff([10, 0.5, 100], [10, 0.5, 100])).toBe(0);
    expect(tradeOff([5, 0.5, 100], [10, 0.5, 100])).toBeCloseTo(tradeOff([10, 0.5, 50], [10, 0.5, 100]), 15);
    expect(tradeOff([20, 0.25, 100], [10, 0.5, 100])).toBeCloseTo(0, 15);
  });

  it('does not let one objective near zero pay for everything', () => {
    expect(tradeOff([1e-9, 1, 1], [1, 1, 1])).toBeCloseTo(Math.log(0.01), 12);
    expect(tradeOff([-3, 1, 1], [1, 1, 1])).toBeCloseTo(Math.log(0.01), 12);
    expect(tradeOff([1, 1], [0, 1])).toBe(1);
  });
});

describe('the choice', () => {
  const profiles = [policyOf('poor', 200, 0.9, 100), policyOf('best', 100, 0.5, 100)];

  it('is no worse than the best profile, rather than better on balance', () => {
    const front = [policyOf('lopsided', 10, 0.1, 140), policyOf('dominating', 90, 0.4, 100)];
    expect(choose(front, profiles)).toBe(1);
    expect(choose(front.slice(0, 1), profiles)).toBe(0);
  });

  it('does not trust a lucky mean', () => {
    const front = [policyOf('noisy', 90, 0.4, 100, 0.9), policyOf('steady', 95, 0.45, 100)];
    expect(choose(front, profiles)).toBe(1);
  });

  it('is feasible where anything is', () => {
    const front = [policyOf('spoils', 1, 0.01, 100, 0, 0.2), policyOf('plain', 99, 0.49, 100)];
    expect(front[0].violation).toBeGreaterThan(0);
    expect(choose(front, profiles)).toBe(1);
    expect(bestTradeOff([front[0]], profiles[1].means)).toBe(0);
  });
});

describe('the member that dominates a profile', () => {
  const profile = policyOf('profile', 100, 0.5, 100, 0.01);

  it('is non-inferior on all objectives first, then the best on balance', () => {
    const front = [
      policyOf('dearer', 10, 0.1, 110, 0.01),
      policyOf('a little better', 95, 0.48, 100, 0.01),
      policyOf('better', 60, 0.3, 100, 0.01),
    ];
    expect(byDominance(shop, front, profile)).toEqual([2, 1, 0]);
  });

  it('is the one that loses least where none dominates', () => {
    const front = [policyOf('far', 10, 0.1, 200, 0.01), policyOf('near', 10, 0.1, 110, 0.01)];
    expect(byDominance(shop, front, profile)).toEqual([1, 0]);
  });
});
