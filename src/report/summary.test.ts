import { expect, it } from 'vitest';
import { loadScenario } from '../system';
import { SHOP_YAML } from '../system/testing/shop';
import { resultDocument } from './document';
import { summarize } from './summary';

const scenario = loadScenario(SHOP_YAML, 'shop.yaml');

it('tells the system by its names', () => {
  const summary = summarize(scenario);
  expect(resultDocument.shape.scenario.parse(summary)).toEqual(summary);
  expect(summary.calls).toContainEqual({ from: null, to: 'frontend' });
  expect(summary.calls).toContainEqual({ from: 'frontend', to: 'cart' });
  expect(summary.services.filter((service) => service.workersAssumed).map(({ name }) => name)).toEqual([
    'frontend',
  ]);
  expect(summary.classes).toContainEqual({ name: 'browse', share: 0.75, objectiveMs: 500 });
});

it('describes every kind of fault', () => {
  expect(Object.fromEntries(summarize(scenario).faults.map(({ kind, what }) => [kind, what]))).toEqual({
    'replica-crash': 'one replica of cart',
    'zone-outage': 'one zone of 3',
    'link-latency': '+213ms on frontend -> cart',
    'link-loss': '5 % of messages on frontend -> cart, frontend -> catalog',
    'slow-replica': '50 % of catalog, 10 times slower',
    'error-replies': '30 % errors from one replica of catalog',
    overload: '3 times the traffic',
    'attack-flood': '50 hostile requests/s of browse',
  });
});
