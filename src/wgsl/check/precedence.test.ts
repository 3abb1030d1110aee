import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseModule } from '..';
import { runBody } from '../testing/run';

const errorsOf = (expression: string, type = 'bool') =>
  parseModule(
    `fn f(a: u32, b: u32, c: u32, p: bool, q: bool) { let x: ${type} = ${expression}; }`,
  ).diagnostics.map(({ message, column }) => `${column}: ${message}`);

describe('operators bind as the specification says', () => {
  it.each([
    'p || b + a > 3u',
    'p && a != 0u && a + b < c',
    'a == b * 2u + a - 1u',
    'p || a == b * c + b % a - 1u || q',
    'p && b * c - a >= 7u && q',
    'p || a << 2u == b',
  ])('%s is right', (expression) => {
    expect(errorsOf(expression)).toEqual([]);
  });

  it.each([
    ['p || q && p', "'||' needs parentheses around its right operand, which is a '&&'"],
    ['p || a * b + c < a && q', "'||' needs parentheses around its right operand, which is a '&&'"],
    ['a + b << c', "'<<' needs parentheses around its left operand, which is a '+'"],
  ])('%s is refused', (expression, message) => {
    const [error] = errorsOf(expression, expression.includes('p') ? 'bool' : 'u32');
    expect(error).toMatch(/^\d+: /);
    expect(error.includes(message) || /requires parentheses|mix/.test(error)).toBe(true);
  });

  it('conditions come out as JavaScript, which binds these operators alike, has them', () => {
    const product = fc
      .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 })
      .map((n) => n.join(' * '));
    const signed = fc.tuple(fc.constantFrom(' + ', ' - '), product).map((parts) => parts.join(''));
    const sum = fc
      .tuple(product, fc.array(signed, { maxLength: 3 }))
      .map(([first, rest]) => first + rest.join(''));
    const relation = fc
      .tuple(sum, fc.constantFrom(' < ', ' <= ', ' > ', ' >= ', ' == ', ' != '), sum)
      .map((parts) => parts.join(''));
    const condition = fc
      .tuple(fc.array(relation, { minLength: 1, maxLength: 4 }), fc.constantFrom(' || ', ' && '))
      .map(([relations, logical]) => relations.join(logical));
    fc.assert(
      fc.property(condition, (text) => {
        // From a variable, so that it is not decided at compile time.
        const body = `var zero = 0i; out[0] = u32(${text.replace(/^\d/, 'zero + $&')});`;
        expect([...runBody(body, 1)]).toEqual([Number(new Function(`return ${text}`)())]);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});
