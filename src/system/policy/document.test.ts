import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../scenario/load';
import type { Policy, Scope } from '../scenario/types';
import { SHOP_YAML } from '../testing/shop';
import { fieldFits, loadPolicy, mostReplicas, writePolicy } from './document';
import { FIELD_NAMES, POLICY_FIELDS } from './fields';
import { resolvePolicy } from './resolve';
import { readValue, writeValue } from './values';

const shop = loadScenario(SHOP_YAML, 'shop.yaml');

const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant({ kind: 'mesh' } as const),
  fc.record({ kind: fc.constant('service' as const), service: fc.nat(shop.services.length - 1) }),
  fc.record({ kind: fc.constant('edge' as const), edge: fc.nat(shop.edges.length - 1) }),
);

const entry = fc.tuple(scope, fc.constantFrom(...FIELD_NAMES)).chain(([scope, field]) => {
  const { min, max } = POLICY_FIELDS[field];
  const most = field === 'replicas' ? mostReplicas(scope, shop) : max;
  return fc.integer({ min, max: most }).map((value) => ({ scope, field, value }));
});

const policy: fc.Arbitrary<Policy> = fc
  .uniqueArray(
    entry.filter(({ scope, field }) => fieldFits(field, scope)),
    { selector: ({ scope, field }) => JSON.stringify([scope, field]), maxLength: 40 },
  )
  .map((values) => ({ name: 'drawn', values }));

describe('policy.yaml', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(policy, (drawn) => {
        const read = loadPolicy(writePolicy(shop, drawn), 'policy.yaml', shop);
        expect(resolvePolicy(shop, read)).toEqual(resolvePolicy(shop, drawn));
        expect(read.values).toHaveLength(drawn.values.length);
      }),
      { numRuns: 200 },
    );
  });

  it('reads as a person would write it', () => {
    expect(writePolicy(shop, shop.policy).split('\n').slice(2)).toEqual([
      'name: today',
      'mesh:',
      '  timeout: 15s',
      '  retries: 2',
      'services:',
      '  cart:',
      '    replicas: 2',
      '    queueLimit: 100',
      'calls:',
      '  frontend -> cart:',
      '    timeout: 500ms',
      '    retryBudget: 20%',
      '',
    ]);
  });

  it.each([
    ['mesh: { jitter: ful }', "1:17: mesh.jitter: jitter can't be 'ful'; did you mean 'full'?"],
    ['mesh: { queueLimit: off }', "1:21: mesh.queueLimit: queueLimit can't be off; write 0 to 65535"],
    [
      'mesh: { ejectMaxPercent: 12.5% }',
      "1:26: mesh.ejectMaxPercent: ejectMaxPercent can't be '12.5%'; write whole percents such as 20%",
    ],
    ['mesh: { timeout: 2m }', "1:18: mesh.timeout: timeout can't be 2m; write off to 1m"],
    [
      'services: { kart: { replicas: 2 } }',
      "1:13: services.kart: there is no service 'kart'; did you mean 'cart'?",
    ],
    [
      'services: { cart: { replicas: 4 } }',
      '1:31: services.cart.replicas: 4 replicas are over maxReplicas; stay at or below 3',
    ],
    [
      'calls: { cart -> client: { timeout: 1s } }',
      `1:10: calls["cart -> client"]: there is no call 'cart -> client'; the call can be client -> frontend, frontend -> cart, frontend -> catalog`,
    ],
  ])('%s', (yaml, message) => {
    expect(() => loadPolicy(yaml, 'policy.yaml', shop)).toThrow(`policy.yaml:${message}`);
  });
});

it.each(FIELD_NAMES)('every value of %s is read back as it is written', (field) => {
  const { min, max } = POLICY_FIELDS[field];
  fc.assert(
    fc.property(fc.integer({ min, max }), (value) => {
      expect(readValue(field, writeValue(field, value))).toBe(value);
    }),
    { numRuns: 50 },
  );
});
