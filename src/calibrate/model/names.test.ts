import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortNames } from './names';

describe('short names', () => {
  it('are the last part of the traced name, as far as it tells them apart', () => {
    const names = shortNames(['shop.Cart/Get', '/v1/orders/{id}', '/v1/orders/list', '/v2/orders/list']);
    expect([...names.values()]).toEqual(['Get', 'id', 'v1-orders-list', 'v2-orders-list']);
  });

  it('are different, and have no sign that means something in a scenario', () => {
    const part = fc.string({
      minLength: 0,
      maxLength: 4,
      unit: fc.constantFrom('a', 'b', '{', '*', ' ', '>'),
    });
    fc.assert(
      fc.property(fc.uniqueArray(fc.array(part, { maxLength: 3 }).map((parts) => parts.join('/'))), (all) => {
        const names = [...shortNames(all).values()];
        expect(new Set(names).size).toBe(all.length);
        for (const name of names) expect(name).toMatch(/^[\w.-]+$/);
      }),
    );
  });
});
