import { expect, it } from 'vitest';
import { loadScenario, type Policy } from '../system';
import { SHOP_YAML } from '../system/testing/shop';
import { fieldText, knobRows } from './knobs';

const scenario = loadScenario(SHOP_YAML, 'shop.yaml');
const nothing: Policy = { name: 'nothing', values: [] };

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

it('writes values as people do', () => {
  expect(fieldText('retryOtherHost', 1)).toBe('on');
  expect(fieldText('hedgeDelay', 0)).toBe('off');
  expect(fieldText('loadBalancing', 2)).toBe('least-request');
  expect(fieldText('retryBudget', 20)).toBe('20%');
});
