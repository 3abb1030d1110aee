import { describe, expect, it } from 'vitest';
import { templateListStarts } from './template-lists';

/** The text with `«` in place of each `<` that opens a template list. */
function marked(source: string): string {
  const starts = templateListStarts(source);
  return [...source].map((letter, at) => (starts.has(at) ? '«' : letter)).join('');
}

describe('template list discovery', () => {
  it.each([
    ['array<u32, 4>', 'array«u32, 4>'],
    ['array<vec2<f32>>(1)', 'array«vec2«f32>>(1)'],
    ['array<u32, (a > b)>', 'array«u32, (a > b)>'],
    ['if (a < b || c > d) {', 'if (a < b || c > d) {'],
    ['a < b; c > d', 'a < b; c > d'],
    ['select(e, 1, e < 0), 1, e > 0', 'select(e, 1, e < 0), 1, e > 0'],
    ['f(a < b, c > d)', 'f(a « b, c > d)'],
    ['a << b >> c', 'a << b >> c'],
    ['x[i < j] > k', 'x[i < j] > k'],
    ['var<storage, read_write> v', 'var«storage, read_write> v'],
    ['array<u32 /* > */ , /* nested /* > */ */ 4> // <', 'array«u32 /* > */ , /* nested /* > */ */ 4> // <'],
    ['let a: array<u32,4>= b', 'let a: array«u32,4>= b'],
    ['a <= b && c >= d', 'a <= b && c >= d'],
  ])('%s', (source, expected) => {
    expect(marked(source)).toBe(expected);
  });
});
