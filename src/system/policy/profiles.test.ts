import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../scenario/load';
import type { Scenario } from '../scenario/types';
import { SHOP_YAML } from '../testing/shop';
import { applyChanges, changesBetween } from './changes';
import { type FieldName, POLICY_FIELDS } from './fields';
import { policySpace } from './genes';
import { lookUp } from './lookup';
import { PROFILES, sizedProfiles } from './profiles';
import { resolvePolicy, wordIndex } from './resolve';

const shop = loadScenario(SHOP_YAML, 'shop.yaml');

describe('profiles', () => {
  it.each(PROFILES)('$label keeps within the bounds of its fields', ({ values }) => {
    for (const [field, value] of Object.entries(values)) {
      const { min, max } = POLICY_FIELDS[field as FieldName];
      expect.soft(value, field).toBeGreaterThanOrEqual(min);
      expect.soft(value, field).toBeLessThanOrEqual(max);
    }
  });

  it('come at every size, within what a service may have', () => {
    const tight: Scenario = { ...shop, services: shop.services.map((s) => ({ ...s, maxReplicas: 2 })) };
    const profiles = sizedProfiles(tight);
    expect(profiles.map(({ id }) => id)).toEqual(
      [1, 2, 3].flatMap((size) => PROFILES.map(({ id }) => `${id}-${size}`)),
    );
    const replicas = profiles.map(
      ({ policy }) => resolvePolicy(tight, policy).words[wordIndex(tight, 'replicas', 1)],
    );
    expect(replicas).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2]);
  });
});

describe('genes', () => {
  const { space, policyOf, genesOf } = policySpace(shop);
  const drawn = fc.array(fc.nat(0xffff_ffff), {
    minLength: space.variables.length,
    maxLength: space.variables.length,
  });

  it('have a switch before each knob that may be off', () => {
    expect(space.variables.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'timeout on: switch',
      'timeout: integer',
      'retries: integer',
      'ejectMaxPercent: ordered',
      'loadBalancing: category',
      'cart: replicas: integer',
      'frontend -> cart: timeout: integer',
    ]);
  });

  it('become policies within every knob, and lead back to the same policy', () => {
    fc.assert(
      fc.property(drawn, (numbers) => {
        const policy = policyOf(Uint32Array.from(numbers), 0, 'drawn');
        for (const { field, scope, min, max, allowOff } of shop.knobs) {
          const value = lookUp(shop, policy, field, scope);
          expect((allowOff && value === 0) || (value >= min && value <= max)).toBe(true);
        }
        expect(policyOf(genesOf(policy), 0, 'drawn')).toEqual(policy);
      }),
      { numRuns: 200 },
    );
  });

  it('are not held fast by exceptions of today to what a knob turns for the whole mesh', () => {
    const exception = { field: 'loadBalancing', scope: { kind: 'edge', edge: 1 }, value: 2 } as const;
    const { policyOf: policyBeside } = policySpace({
      ...shop,
      policy: { ...shop.policy, values: [...shop.policy.values, exception] },
    });
    const least = policyBeside(new Uint32Array(space.variables.length), 0, 'least');
    expect(lookUp(shop, least, 'loadBalancing', exception.scope)).toBe(
      lookUp(shop, least, 'loadBalancing', { kind: 'mesh' }),
    );
  });

  it('keep what runs today where no knob reaches', () => {
    const policy = policyOf(new Uint32Array(space.variables.length), 0, 'least');
    expect(lookUp(shop, policy, 'queueLimit', { kind: 'service', service: 1 })).toBe(100);
    expect(lookUp(shop, policy, 'timeout', { kind: 'mesh' })).toBe(0);
    expect(lookUp(shop, policy, 'replicas', { kind: 'service', service: 1 })).toBe(1);
  });

  it('come as near to a profile as the knobs allow', () => {
    const istio = sizedProfiles(shop).find(({ id }) => id === 'istio-defaults-3')!.policy;
    const nearest = policyOf(genesOf(istio), 0, 'near Istio');
    const at = (field: FieldName) => lookUp(shop, nearest, field, { kind: 'mesh' });
    expect([at('timeout'), at('retries'), at('loadBalancing')]).toEqual([0, 2, 2]);
    expect(lookUp(shop, nearest, 'replicas', { kind: 'service', service: 1 })).toBe(3);
    // No time-out at all is beyond this knob's range: the longest is nearest.
    expect(lookUp(shop, nearest, 'timeout', { kind: 'edge', edge: 1 })).toBe(2_000_000);
  });
});

describe('changes', () => {
  const profiles = sizedProfiles(shop);

  it('made to the first policy give the second', () => {
    const pair = fc.tuple(
      fc.constantFrom(...profiles),
      fc.constantFrom(...profiles, { policy: shop.policy }),
    );
    fc.assert(
      fc.property(pair, ([{ policy: from }, { policy: to }]) => {
        const changed = applyChanges(from, changesBetween(shop, from, to), 'changed');
        expect(resolvePolicy(shop, changed).words).toEqual(resolvePolicy(shop, to).words);
      }),
      { numRuns: 100 },
    );
  });

  it('are none between a policy and itself', () => {
    expect(changesBetween(shop, profiles[0].policy, profiles[0].policy)).toEqual([]);
  });
});
