import { expect, it } from 'vitest';
import { lookUp, PROFILES, profilePolicy } from '../policy';
import { loadScenario, type Policy } from '../scenario';
import { FakeRunner } from '../testing/fake-runner';
import { SHOP_YAML } from '../testing/shop';
import { openArena } from './arena';
import { assess } from './assess';
import { blockOf } from './episodes';
import { minimalChanges, nearestPolicy } from './minimal-changes';

const shop = { ...loadScenario(SHOP_YAML, 'shop.yaml'), limits: [] };
const MESH = { kind: 'mesh' } as const;

// Three retries halve what faults spoil, hedging takes a tenth more; nothing else matters.
const runner = new FakeRunner(shop, ({ value, episode }) => {
  if (episode.fault < 0) return { bad: 0 };
  const retries = value('retries', 0) === 3 ? 0.5 : 1;
  const hedging = value('hedgeDelay', 0) > 0 ? 0.97 : 1;
  return { bad: Math.round(800 * retries * hedging) };
});
const arena = openArena(runner, shop);
const assessAll = (policies: readonly Policy[]) => assess(arena, policies, blockOf('choice', 2));

const profile = profilePolicy(shop, PROFILES[0], 1, 'profile');
const choice: Policy = {
  name: 'choice',
  values: [
    ...profile.values.filter(({ field }) => field !== 'retries' && field !== 'panicThreshold'),
    { scope: MESH, field: 'retries', value: 3 },
    { scope: MESH, field: 'hedgeDelay', value: 50_000 },
    { scope: MESH, field: 'breakerFailures', value: 5 },
    { scope: MESH, field: 'panicThreshold', value: 20 },
    { scope: { kind: 'service', service: 1 }, field: 'queueLimit', value: 9 },
  ],
};

it('what does not matter is left out, what matters stays', async () => {
  const [before, after] = await assessAll([profile, choice]);
  const { changes, gainKept } = await minimalChanges(shop, before, after, assessAll);
  expect(changes).toEqual([{ field: 'retries', scope: MESH, from: 1, to: 3 }]);
  expect(gainKept).toBeGreaterThan(0.9);
  expect(gainKept).toBeLessThan(1);
});

it('an exception starts from the profile where the change for the whole mesh is left out', async () => {
  const scope = { kind: 'edge', edge: 0 } as const;
  const values = choice.values.map((one) => (one.field === 'retries' ? { ...one, value: 2 } : one));
  const excepted = { name: 'choice', values: [...values, { scope, field: 'retries' as const, value: 3 }] };
  const [before, after] = await assessAll([profile, excepted]);
  const { changes } = await minimalChanges(shop, before, after, assessAll);
  expect(changes).toEqual([{ field: 'retries', scope, from: 1, to: 3 }]);
});

it('a choice without a gain keeps all its changes', async () => {
  const [before, after] = await assessAll([choice, profile]);
  const { changes, gainKept } = await minimalChanges(shop, before, after, assessAll);
  expect(changes).toHaveLength(5);
  expect(gainKept).toBeNull();
});

it('the nearest profile is the one from which the fewest changes lead', () => {
  const profiles = PROFILES.map((one) => profilePolicy(shop, one, 1, one.label));
  expect(nearestPolicy(shop, profiles, choice)).toBe(0);
  expect(lookUp(shop, profiles[0], 'retries', MESH)).toBe(1);
});
