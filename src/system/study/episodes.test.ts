import { expect, it } from 'vitest';
import { loadScenario, type Policy } from '../scenario';
import { FakeRunner } from '../testing/fake-runner';
import { SHOP_YAML } from '../testing/shop';
import { blockOf, episodesOf, mapPolicies } from './episodes';

const shop = loadScenario(SHOP_YAML, 'shop.yaml');

it('a block is its replications, each with the control and the faults', () => {
  expect(episodesOf({ index: 2, first: 4, count: 2, purpose: 'search' }, [0, 3])).toEqual([
    { fault: -1, replication: 4 },
    { fault: 0, replication: 4 },
    { fault: 3, replication: 4 },
    { fault: -1, replication: 5 },
    { fault: 0, replication: 5 },
    { fault: 3, replication: 5 },
  ]);
});

it('search, choice and test never meet', () => {
  const seen = (['search', 'choice', 'test'] as const).flatMap((purpose) =>
    episodesOf(blockOf(purpose, 1000), []).map(({ replication }) => replication),
  );
  expect(new Set(seen).size).toBe(3000);
});

it('many policies are simulated some at a time, and stay in order', async () => {
  const policies = Array.from(
    { length: 50 },
    (_, i): Policy => ({
      name: `${i}`,
      values: [{ scope: { kind: 'mesh' }, field: 'queueLimit', value: i }],
    }),
  );
  let largest = 0;
  const runner = new FakeRunner(shop, ({ value }) => ({ bad: value('queueLimit', 0) }));
  const bad = await mapPolicies(
    runner,
    shop,
    policies,
    episodesOf(blockOf('test', 1000), []),
    (_, reader, index) => {
      largest = Math.max(largest, reader.records.policies);
      return reader.count(index, 0, ['steady'], 'slow');
    },
  );
  expect(bad).toEqual(policies.map((_, i) => i));
  expect(largest).toBeLessThan(50);
});
