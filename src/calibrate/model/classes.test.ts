import { describe, expect, it } from 'vitest';
import { groupRequests } from './classes';
import type { Visit } from './visit';

/** A request to `root` that makes these calls, one after the other. */
function request(root: string, ...calls: string[]): Visit {
  const [service, operation] = root.split('/');
  const steps = calls.map((call) => [{ linkUs: 0, visit: request(call) }]);
  return { service, pod: service, operation, startUs: 0, durationUs: 1, selfUs: 1, steps };
}
const many = (count: number, ...visit: Parameters<typeof request>) =>
  Array.from({ length: count }, () => request(...visit));
const sizes = (roots: Visit[]) => groupRequests(roots).map(({ name, roots }) => [name, roots.length]);

describe('request classes', () => {
  it('are what is called, however often and in whatever order, the most frequent first', () => {
    const roots = [
      ...many(6, 'front/Recv', 'shop.Cart/GetCart', 'ads/GetAds'),
      ...many(4, 'front/Recv', 'ads/GetAds', 'shop.Cart/GetCart', 'shop.Cart/GetCart'),
      ...many(20, 'front/Recv', 'ads/GetAds'),
      ...many(8, 'front/Recv'),
    ];
    expect(sizes(roots)).toEqual([
      ['get-ads', 20],
      ['get-cart', 10],
      ['recv', 8],
    ]);
  });

  it('keep different roots apart', () => {
    const roots = [...many(9, 'front/Home', 'ads/GetAds'), ...many(7, 'front/Cart', 'ads/GetAds')];
    expect(sizes(roots)).toEqual([
      ['get-ads', 9],
      ['get-ads-2', 7],
    ]);
  });

  it('take a rare one in if it is much like another, and leave it alone if not', () => {
    const common = ['a/one', 'b/two', 'c/three'];
    const roots = [
      ...many(50, 'front/Recv', ...common),
      ...many(2, 'front/Recv', ...common, 'd/four'),
      ...many(2, 'front/Recv', 'e/five'),
    ];
    expect(sizes(roots)).toEqual([
      ['one', 52],
      ['five', 2],
    ]);
  });

  it('are never more than a scenario can hold', () => {
    const roots = Array.from({ length: 60 }, (_, i) => many(6, 'front/Recv', `s${i}/op${i}`)).flat();
    const groups = groupRequests(roots);
    expect(groups).toHaveLength(32);
    expect(groups.reduce((sum, group) => sum + group.roots.length, 0)).toBe(360);
  });
});
