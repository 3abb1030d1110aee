import { expect, it } from 'vitest';
import { fixture } from '../testing/fixture';
import { callGraph, layersOf } from './graph';

it('puts callers left of what they call, by the longest way', () => {
  const layers = layersOf(fixture().scenario.calls);
  expect(Object.fromEntries(layers)).toEqual({
    frontend: 0,
    checkoutservice: 1,
    cartservice: 2,
    currencyservice: 2,
    productcatalogservice: 1,
    redis: 3,
  });
});

it('draws every service and every call between services', () => {
  const { scenario } = fixture();
  const { markup } = callGraph(scenario);
  for (const { name } of scenario.services) expect(markup).toContain(name);
  expect(markup.match(/<path/g)).toHaveLength(scenario.calls.length - 1);
});
