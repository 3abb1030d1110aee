import { describe, expect, it } from 'vitest';
import { BUILT_INS } from '../../../demo/state/scenarios';
import { isGraded, strengthened, withConditions } from '../../../demo/worker/conditions';
import { policyFor } from '../../../demo/worker/policies';
import { viewOf } from '../../../demo/worker/scenario-view';
import { loadScenario, lookUp, policySpace } from '../../../src/system';
import { SHOP_YAML } from '../../../src/system/testing/shop';

const shop = loadScenario(SHOP_YAML, 'shop.yaml');
const MESH = { kind: 'mesh' } as const;

describe('the scenarios that come with the page', () => {
  it.each(BUILT_INS.map(({ id, text }) => [id, text] as const))(
    '%s loads, and can be drawn, survived and evolved',
    async (id, text) => {
      const view = viewOf(loadScenario(await text(), `${id}.yaml`));
      expect(view.services.length).toBeGreaterThan(2);
      expect(view.faults.length).toBeGreaterThan(3);
      expect(view.objectives.map(({ name }) => name)).toEqual(['downtime', 'slow-share', 'cost']);
      expect(view.contestants[0].id).toBe('today');
      expect(view.faultStartMs).toBeGreaterThan(0);
    },
  );

  it('what a fault does is told in words', () => {
    expect(viewOf(shop).faults.map(({ name, effect }) => `${name}: ${effect}`)).toEqual([
      'crash: a replica of cart is down',
      'zone: a whole zone is down',
      'slow-link: 213 ms more on frontend -> cart',
      'loss: 5 % of messages lost on frontend -> cart, frontend -> catalog',
      'slow: catalog takes 10 times as long',
      'errors: 30 % of replies of catalog are errors',
      'rush: 3 times the traffic',
      'flood: 50 hostile requests a second',
    ]);
  });
});

describe('when and how hard', () => {
  const fault = (name: string) => shop.faults.find((one) => one.name === name)!;

  it('strength multiplies what is added, and nothing beyond what makes sense', () => {
    expect(strengthened(fault('slow-link'), 2).delayUs).toBe(426_000);
    expect(strengthened(fault('loss'), 30).probability).toBe(1);
    expect(strengthened(fault('slow'), 0.5).factor).toBe(5.5);
    expect(strengthened(fault('rush'), 2).factor).toBe(5);
    expect(strengthened(fault('flood'), 0.5).attackRate).toBe(25);
  });

  it('a strength of one changes nothing, and what is down is down', () => {
    for (const one of shop.faults) expect(strengthened(one, 1)).toEqual(one);
    for (const one of shop.faults.filter((other) => !isGraded(other)))
      expect(strengthened(one, 3)).toEqual(one);
    expect(shop.faults.filter((one) => !isGraded(one)).map(({ kind }) => kind)).toEqual([
      'replica-crash',
      'zone-outage',
    ]);
  });

  it('the fault starts when it is told to', () => {
    const { windows } = withConditions(shop, 9_000, 1);
    expect(windows.warmupUs + windows.healthyUs).toBe(9_000_000);
    expect(withConditions(shop, null, 1).windows).toEqual(shop.windows);
    // Before the warm-up is over there is nothing to be healthy.
    expect(withConditions(shop, 0, 1).windows.healthyUs).toBeGreaterThan(0);
  });
});

describe('the policy that is asked for', () => {
  it('is today’s, a profile, or made of genes', () => {
    expect(policyFor(shop, { kind: 'contestant', id: 'today', retryBudgetPercent: null })).toBe(shop.policy);
    const profile = policyFor(shop, { kind: 'contestant', id: 'istio-defaults-3', retryBudgetPercent: null });
    expect(lookUp(shop, profile, 'replicas', MESH)).toBe(3);
    const { genesOf, policyOf } = policySpace(shop);
    const genes = genesOf(profile);
    expect(policyFor(shop, { kind: 'genes', genes }).values).toEqual(policyOf(genes, 0, 'x').values);
    expect(() => policyFor(shop, { kind: 'contestant', id: 'nobody', retryBudgetPercent: null })).toThrow(
      'no contestant nobody',
    );
  });

  it('a retry budget laid over it takes the place of any of its own', () => {
    const { values } = policyFor(shop, { kind: 'contestant', id: 'today', retryBudgetPercent: 10 });
    expect(shop.policy.values.some(({ field }) => field === 'retryBudget')).toBe(true);
    expect(values.filter(({ field }) => field === 'retryBudget')).toEqual([
      { scope: MESH, field: 'retryBudget', value: 10 },
    ]);
  });
});
