import { expect, it } from 'vitest';
import { didYouMean, editDistance, nearest } from './nearest';

it.each([
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
  ['retires', 'retries', 1],
  ['timeout', 'timeout', 0],
])('%s is to %s at %i edits', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

it('finds what was meant, and nothing where all is far', () => {
  expect(nearest('Cartservice', ['adservice', 'cartservice'])).toBe('cartservice');
  expect(nearest('database', ['adservice', 'cartservice'])).toBeUndefined();
});

it('lists what there is where nothing is near', () => {
  expect(didYouMean('x', ['alpha', 'beta'], 'zone')).toBe('the zone can be alpha, beta');
  expect(didYouMean('x', [], 'zone')).toBe('there is no zone here');
});
