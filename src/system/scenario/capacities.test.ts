import { expect, it } from 'vitest';
import { buildTables } from '../model';
import { layOutState } from '../simulate/layout';
import { SHOP_YAML } from '../testing/shop';
import { standingWords } from './capacities';
import { loadScenario } from './load';

const EVERY_MECHANISM = new Proxy({} as Record<string, boolean>, { get: () => true });

it('the standing state is what the simulator lays out with every mechanism on', () => {
  const shop = loadScenario(SHOP_YAML, 'shop.yaml');
  const layout = layOutState(shop, buildTables(shop), EVERY_MECHANISM, 32 * 1024);
  const events = layout.HEAP_CAPACITY - layout.RECORDS;
  expect(standingWords(shop.services, shop.edges, shop.proxies)).toBe(layout.LINKS_END + 2 * events);
});

it('a system that leaves no room for calls in flight is refused where it is written', () => {
  const big = SHOP_YAML.replace('proxies: 2', 'proxies: 16')
    .replace('maxReplicas: 6', 'maxReplicas: 32')
    .replace('get: { self: { exponential: 3ms } }', 'get: { self: 3ms, calls: [catalog/list] }')
    .replaceAll('workers: 4', 'workers: 4\n    maxReplicas: 32');
  expect(() => loadScenario(big, 'shop.yaml')).toThrow(
    'shop.yaml:11:1: services: proxies, calls and replicas take 37 KiB of state, before any call is in flight; at most 28 KiB',
  );
});
