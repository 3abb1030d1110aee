import { describe, expect, it } from 'vitest';
import { loadScenario, type Policy, type Scope } from '../system';
import { SHOP_YAML } from '../system/testing/shop';
import { knobRows, knobValue } from './knobs';

const scenario = loadScenario(SHOP_YAML, 'shop.yaml');
const nothing: Policy = { name: 'nothing', values: [] };
const edge: Scope = {
  kind: 'edge',
  edge: scenario.edges.findIndex(({ name }) => name === 'frontend -> cart'),
};
const mesh: Scope = { kind: 'mesh' };
const catalog: Scope = {
  kind: 'service',
  service: scenario.services.findIndex(({ name }) => name === 'catalog'),
};

describe('knobValue', () => {
  it('takes the narrowest value that reaches the scope', () => {
    expect(knobValue(scenario, scenario.policy, 'timeout', edge)).toBe('500ms');
    expect(knobValue(scenario, scenario.policy, 'retries', edge)).toBe('2');
    expect(knobValue(scenario, scenario.policy, 'timeout', mesh)).toBe('15s');
  });

  it('falls back on the default, and on what is deployed', () => {
    expect(knobValue(scenario, nothing, 'hedgeDelay', edge)).toBe('off');
    expect(knobValue(scenario, nothing, 'loadBalancing', mesh)).toBe('round-robin');
    expect(knobValue(scenario, nothing, 'retryOtherHost', mesh)).toBe('off');
    expect(knobValue(scenario, nothing, 'replicas', catalog)).toBe('2');
  });
});

it('lists each knob and each set value once, mesh-wide ones first', () => {
  const rows = knobRows(scenario, [nothing, scenario.policy]);
  const names = rows.map(({ scope, field }) => `${scope} ${field}`);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('cart queueLimit');
  expect(names.findLastIndex((name) => name.startsWith('mesh'))).toBeLessThan(
    names.indexOf('cart queueLimit'),
  );
  expect(
    rows.find(({ scope, field }) => scope === 'frontend -> cart' && field === 'timeout')?.values,
  ).toEqual(['15s', '500ms']);
});
